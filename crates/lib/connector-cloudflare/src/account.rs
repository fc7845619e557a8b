//! The account as it is read: listings, parts that may be refused, and what several feeds share.

use std::sync::Arc;

use cloudflare::endpoint::{GetMember, Paged, PermissionGroups, Zones};
use cloudflare::types::{Member, PermissionGroup, Policy};
use cloudflare::{AccountId, Client, ErrorKind, MemberId};
use connector::{ConnectorError, Known, Output};
use model::{Resource, ResourceTypeId};
use tokio::sync::OnceCell;

use crate::directory::Directory;
use crate::errors::failed;
use crate::events::Faces;
use crate::names::{self, Names, ZoneNames};
use crate::notes;
use crate::part::Part;
use crate::people::People;
use crate::types::{RESOURCE_GROUP, ROLE};

/// One account, read by one run.
///
/// What is kept here is a copy of what the lists or the file hold: a run that was interrupted reads it again.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) id: AccountId,
    permission_groups: OnceCell<Part<Arc<Vec<PermissionGroup>>>>,
    zones: OnceCell<Part<Arc<ZoneNames>>>,
    people: OnceCell<Arc<People>>,
    /// Goes on from run to run.
    pub(crate) faces: Arc<Faces>,
}

impl Account {
    pub(crate) fn new(client: Client, id: AccountId) -> Self {
        Self {
            client,
            id,
            permission_groups: OnceCell::new(),
            zones: OnceCell::new(),
            people: OnceCell::new(),
            faces: Arc::default(),
        }
    }

    /// The same account for the next run: nothing that was looked up, but whom we have seen.
    pub(crate) fn anew(&self) -> Self {
        Self {
            faces: Arc::clone(&self.faces),
            ..Self::new(self.client.clone(), self.id.clone())
        }
    }

    /// A short listing, whole; says so when it would not hold still.
    pub(crate) async fn list<E: Paged>(
        &self,
        endpoint: E,
        out: &mut dyn Output,
    ) -> Result<Part<Vec<E::Item>>, ConnectorError> {
        match self.client.list(endpoint).collect().await {
            Ok((items, outcome)) => {
                if !outcome.settled {
                    out.note(notes::unsettled(E::WHAT)).await?;
                }
                Ok(Part::Read(items))
            }
            Err(error) => Part::absent(error),
        }
    }

    /// One member; `None` when there is none of that id.
    pub(crate) async fn member(&self, member: MemberId) -> Result<Option<Member>, ConnectorError> {
        let account = self.id.clone();
        match self.client.call(&GetMember { account, member }).await {
            Ok(member) => Ok(Some(member)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// The catalogue of permission groups, read once.
    pub(crate) async fn permission_groups(&self) -> Result<&Part<Arc<Vec<PermissionGroup>>>, ConnectorError> {
        let read = || async {
            let account = self.id.clone();
            let list = self.client.list(PermissionGroups { account });
            Part::of(
                list.collect()
                    .await
                    .map(|(groups, _)| Arc::new(names::catalogue(groups))),
            )
        };
        self.permission_groups.get_or_try_init(read).await
    }

    /// The names of zones, read once, when something needs them.
    async fn zones(&self) -> Result<&Part<Arc<ZoneNames>>, ConnectorError> {
        let read = || async {
            let account = self.id.clone();
            let list = self.client.list(Zones { account });
            let zones = list.collect().await;
            Part::of(zones.map(|(zones, _)| Arc::new(names::of_zones(zones))))
        };
        self.zones.get_or_try_init(read).await
    }

    /// Who is who, as the members feed wrote it; read once.
    pub(crate) async fn people(&self, known: &dyn Known) -> Result<Arc<People>, ConnectorError> {
        let people = self
            .people
            .get_or_try_init(|| async { People::load(known).await.map(Arc::new) });
        people.await.cloned()
    }

    /// The roles and scopes that earlier feeds wrote, and the names of permission groups.
    pub(crate) async fn directory(
        &self,
        known: &dyn Known,
        out: &mut dyn Output,
    ) -> Result<Directory, ConnectorError> {
        Ok(Directory::new(self.names(out).await?)
            .with_roles(all(known, ROLE).await?)
            .with_scopes(all(known, RESOURCE_GROUP).await?))
    }

    /// The names of permission groups; says so when there are none to be had.
    pub(crate) async fn names(&self, out: &mut dyn Output) -> Result<Names, ConnectorError> {
        let mut names = Names::new(self.id.clone());
        match self.permission_groups().await? {
            Part::Read(groups) => names.permission_groups = Arc::clone(groups),
            Part::Gone(error) => return Err(failed(error.clone())),
            Part::Refused(error) => {
                let absent = "permission groups are shown by the names that policies give them";
                out.note(notes::missing_permission(absent, error)).await?;
            }
        }
        Ok(names)
    }

    /// Adds the names of zones; says so when there are none to be had.
    pub(crate) async fn add_zones(
        &self,
        names: &mut Names,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        let zones = match self.zones().await? {
            Part::Read(zones) => Arc::clone(zones),
            Part::Refused(_) => Arc::default(),
            Part::Gone(error) => return Err(failed(error.clone())),
        };
        if zones.is_empty() {
            out.note(notes::zones_unnamed()).await?;
        }
        names.zones = Some(zones);
        Ok(())
    }

    /// Adds the names of zones when describing these policies takes them.
    pub(crate) async fn add_zones_for<'a>(
        &self,
        directory: &mut Directory,
        policies: impl Iterator<Item = &'a Policy> + Send,
        out: &mut dyn Output,
    ) -> Result<(), ConnectorError> {
        if directory.lacks_zones(policies) {
            self.add_zones(directory.names_mut(), out).await?;
        }
        Ok(())
    }
}

/// All resources of a type that earlier feeds wrote. For types of which there are few.
pub(crate) async fn all(known: &dyn Known, kind: &str) -> Result<Vec<Arc<Resource>>, ConnectorError> {
    let kind = ResourceTypeId::from(kind);
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let (page, next) = known.resources(&kind, cursor).await?;
        all.extend(page.into_iter().map(Arc::new));
        cursor = next;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}
