//! Apps that a directory's connector reads: known from then on as unmanaged ones, called as they are called there, and
//! told apart when they are gone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Office, OfficeError, ROUNDS};
use crate::access::{PageRequest, ResourceKind, ResourceQuery, Snapshot};
use crate::repository::{RepositoryError, Write, Written};
use crate::{
    Actor, App, AppId, AppName, AppSource, AppState, AuditAction, AuditDraft, Connector, ConnectorId,
};

/// How many apps are read at a time.
const PORTION: u64 = 500;
/// How many apps a connector can find.
const MOST: usize = 10_000;

impl Office {
    /// Takes over which apps there are in what is believed now. The same again changes nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn find_apps(&self, id: &ConnectorId, snapshot: &Snapshot) -> Result<(), OfficeError> {
        let Some(connector) = self.store.connector(id).await? else {
            return Ok(());
        };
        let Some(found) = self.apps_in(snapshot).await? else {
            return Ok(());
        };
        for _ in 0..ROUNDS {
            let (writes, entries) = self.differences(&connector.value, &found).await?;
            if writes.is_empty() {
                return Ok(());
            }
            match self.commit(&writes, &entries).await {
                Ok(Written::Yes) => return Ok(()),
                // Somebody else changed one, or added one of that name, meanwhile.
                Ok(Written::Outdated) | Err(OfficeError::Store(RepositoryError::Taken { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        Err(OfficeError::Contended)
    }

    /// The names of the apps in a snapshot, by what they are as resources; nothing when it is gone.
    async fn apps_in(&self, snapshot: &Snapshot) -> Result<Option<BTreeMap<String, AppName>>, OfficeError> {
        let query = ResourceQuery {
            kind: Some(ResourceKind::App),
            ..ResourceQuery::default()
        };
        let mut all = BTreeMap::new();
        let mut past = 0;
        loop {
            let page = PageRequest::new(past, PORTION);
            let Some(found) = self.store.resources(snapshot.id, &query, page).await? else {
                return Ok(None);
            };
            let count = found.rows.len() as u64;
            for one in found.rows.into_iter().filter(|one| one.known) {
                if let Ok(name) = AppName::parse(&one.resource.name) {
                    all.insert(one.resource.id.object.to_string(), name);
                }
            }
            past += count;
            if count < PORTION || all.len() >= MOST {
                return Ok(Some(all));
            }
        }
    }

    async fn differences(
        &self,
        connector: &Connector,
        found: &BTreeMap<String, AppName>,
    ) -> Result<(Vec<Write>, Vec<AuditDraft>), OfficeError> {
        let apps = self.store.apps().await?;
        let mut names: BTreeSet<AppName> = apps.iter().map(|app| app.name.clone()).collect();
        let (mut writes, mut entries, mut known) = (Vec::new(), Vec::new(), BTreeSet::new());
        let own = |app: &App| resource(app, &connector.id).map(str::to_owned);
        let mut called_so = BTreeSet::new();
        for (app, resource) in apps.iter().filter_map(|app| Some((app, own(app)?))) {
            let after = self.as_found(connector, app, found.get(&resource), &names);
            known.insert(resource);
            called_so.insert(app.name.clone());
            if after == *app {
                continue;
            }
            // Whoever changed it meanwhile wins: the next sync says it again.
            let Some(stored) = self
                .store
                .app(&app.id)
                .await?
                .filter(|stored| stored.value == *app)
            else {
                continue;
            };
            names.insert(after.name.clone());
            entries.push(self.found_otherwise(app, &after));
            writes.push(Write::ReplaceApp(stored.with(after)));
        }
        for (resource, name) in found.iter().filter(|(resource, _)| !known.contains(*resource)) {
            // One of that name that somebody else has made known is the same app.
            let is_known = names.contains(name) && !called_so.contains(name);
            let Some(name) = free(name, resource, &names).filter(|_| !is_known) else {
                continue;
            };
            names.insert(name.clone());
            called_so.insert(name.clone());
            let app = self.found_app(connector, name, resource);
            let entry = self.draft(&Actor::service(), AuditAction::AppAdded, app.object());
            entries.push(entry.change("found by", None, Some(connector.name.to_string())));
            writes.push(Write::AddApp(app));
        }
        Ok((writes, entries))
    }

    /// An app as the connector finds it now. What somebody sees to is called as they call it.
    fn as_found(
        &self,
        connector: &Connector,
        app: &App,
        found: Option<&AppName>,
        names: &BTreeSet<AppName>,
    ) -> App {
        let AppSource::Connector {
            resource, gone_since, ..
        } = &app.source
        else {
            return app.clone();
        };
        let is_told_apart = |name: &AppName| told_apart(name, resource).as_ref() == Some(&app.name);
        let renamed = found
            .filter(|name| app.state == AppState::Unmanaged && **name != app.name && !is_told_apart(name));
        let name = renamed.and_then(|name| free(name, resource, names));
        let gone_since = match found {
            Some(_) => None,
            None => Some(gone_since.unwrap_or_else(|| self.now())),
        };
        App {
            name: name.unwrap_or_else(|| app.name.clone()),
            source: AppSource::Connector {
                connector: connector.id.clone(),
                resource: resource.clone(),
                gone_since,
            },
            ..app.clone()
        }
    }

    fn found_app(&self, connector: &Connector, name: AppName, resource: &str) -> App {
        let (now, bytes) = self.fresh();
        App {
            id: AppId::new(now, bytes),
            name,
            state: AppState::Unmanaged,
            source: AppSource::Connector {
                connector: connector.id.clone(),
                resource: resource.to_owned(),
                gone_since: None,
            },
            owners: Vec::new(),
            created_at: now,
        }
    }

    fn found_otherwise(&self, before: &App, after: &App) -> AuditDraft {
        let is_there = |app: &App| {
            let is_gone = matches!(
                app.source,
                AppSource::Connector {
                    gone_since: Some(_),
                    ..
                }
            );
            Some(if is_gone { "no" } else { "yes" }.to_owned())
        };
        self.draft(&Actor::service(), AuditAction::AppChanged, before.object())
            .change(
                "name",
                Some(before.name.to_string()),
                Some(after.name.to_string()),
            )
            .change("found", is_there(before), is_there(after))
    }
}

/// What an app is there as, if that connector found it.
fn resource<'a>(app: &'a App, by: &ConnectorId) -> Option<&'a str> {
    match &app.source {
        AppSource::Connector {
            connector, resource, ..
        } if connector == by => Some(resource),
        _ => None,
    }
}

/// The name, or that with the resource's id where another app has it; nothing when both are taken.
fn free(name: &AppName, resource: &str, names: &BTreeSet<AppName>) -> Option<AppName> {
    if !names.contains(name) {
        return Some(name.clone());
    }
    told_apart(name, resource).filter(|name| !names.contains(name))
}

fn told_apart(name: &AppName, resource: &str) -> Option<AppName> {
    AppName::parse(&format!("{name} ({resource})")).ok()
}
