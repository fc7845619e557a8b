//! What the rows of a page name by number.

use std::collections::{BTreeSet, HashMap};

use governance::access::{ListedEntitlement, ListedResource, Through};
use governance::repository::{RepositoryError, Stored};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::entity::access::{entitlement, grant, resource};
use crate::errors::failed;

/// How many are asked for at once.
const AT_ONCE: usize = 2000;

/// Resources and entitlements of a snapshot, by number.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    resources: HashMap<i64, resource::Model>,
    entitlements: HashMap<i64, entitlement::Model>,
}

impl Lookup {
    /// All that grants name.
    pub(super) async fn of_grants(
        connection: &impl ConnectionTrait,
        snapshot: i64,
        grants: &[grant::Model],
    ) -> Stored<Self> {
        let mut resources = BTreeSet::new();
        let mut entitlements = BTreeSet::new();
        for grant in grants {
            resources.insert(grant.principal);
            entitlements.insert(grant.entitlement);
            entitlements.extend(grant.sources()?.iter().map(|source| source.entitlement));
        }
        let mut lookup = Self::default();
        lookup
            .add_entitlements(connection, snapshot, &entitlements)
            .await?;
        resources.extend(lookup.entitlements.values().map(|one| one.resource));
        lookup.add_resources(connection, snapshot, &resources).await?;
        Ok(lookup)
    }

    /// What entitlements are on.
    pub(super) async fn of_entitlements(
        connection: &impl ConnectionTrait,
        snapshot: i64,
        entitlements: &[entitlement::Model],
    ) -> Stored<Self> {
        let resources = entitlements.iter().map(|one| one.resource).collect();
        let mut lookup = Self::default();
        lookup.add_resources(connection, snapshot, &resources).await?;
        Ok(lookup)
    }

    async fn add_entitlements(
        &mut self,
        connection: &impl ConnectionTrait,
        snapshot: i64,
        numbers: &BTreeSet<i64>,
    ) -> Stored<()> {
        let numbers: Vec<i64> = numbers.iter().copied().collect();
        for some in numbers.chunks(AT_ONCE) {
            let found = entitlement::Entity::find()
                .filter(entitlement::Column::Snapshot.eq(snapshot))
                .filter(entitlement::Column::Number.is_in(some.iter().copied()));
            let found = found.all(connection).await.map_err(failed)?;
            self.entitlements
                .extend(found.into_iter().map(|one| (one.number, one)));
        }
        Ok(())
    }

    async fn add_resources(
        &mut self,
        connection: &impl ConnectionTrait,
        snapshot: i64,
        numbers: &BTreeSet<i64>,
    ) -> Stored<()> {
        let numbers: Vec<i64> = numbers.iter().copied().collect();
        for some in numbers.chunks(AT_ONCE) {
            let found = resource::Entity::find()
                .filter(resource::Column::Snapshot.eq(snapshot))
                .filter(resource::Column::Number.is_in(some.iter().copied()));
            let found = found.all(connection).await.map_err(failed)?;
            self.resources
                .extend(found.into_iter().map(|one| (one.number, one)));
        }
        Ok(())
    }

    pub(super) fn resource(&self, number: i64) -> Result<&resource::Model, RepositoryError> {
        self.resources
            .get(&number)
            .ok_or_else(|| missing("access_resources", number))
    }

    pub(super) fn listed_resource(&self, number: i64) -> Result<ListedResource, RepositoryError> {
        self.resource(number)?.clone().try_into()
    }

    pub(super) fn entitlement(&self, number: i64) -> Result<&entitlement::Model, RepositoryError> {
        self.entitlements
            .get(&number)
            .ok_or_else(|| missing("access_entitlements", number))
    }

    pub(super) fn listed_entitlement(&self, number: i64) -> Result<ListedEntitlement, RepositoryError> {
        let found = self.entitlement(number)?.clone();
        let on = self.resource(found.resource)?;
        found.on(on)
    }

    /// What leads to a grant, other than itself.
    pub(super) fn through(&self, grant: &grant::Model) -> Result<Vec<Through>, RepositoryError> {
        let sources = grant.sources()?;
        let others = sources.iter().filter(|one| one.entitlement != grant.entitlement);
        others
            .map(|source| {
                let found = self.entitlement(source.entitlement)?;
                Ok(Through {
                    entitlement: found.id.as_str().into(),
                    on: self.resource(found.resource)?.called()?,
                    direct: source.direct,
                })
            })
            .collect()
    }
}

fn missing(table: &str, number: i64) -> RepositoryError {
    RepositoryError::Impossible {
        what: format!("something names number {number} in `{table}`, which is missing"),
    }
}
