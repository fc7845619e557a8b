//! Apps that a connector finds in what it reads.

use super::{Office, OfficeError};
use crate::access::{PageRequest, ResourceKind, ResourceQuery, Snapshot};
use crate::repository::{RepositoryError, Write};
use crate::{Actor, App, AppId, AppName, AppSource, AppState, AuditAction, ConnectorId};

/// How many apps a connector can find.
const APPS: u64 = 1000;

impl Office {
    /// Apps that a directory's connector reads become known, as unmanaged ones.
    pub(super) async fn find_apps(&self, id: &ConnectorId, snapshot: &Snapshot) -> Result<(), OfficeError> {
        let query = ResourceQuery {
            kind: Some(ResourceKind::App),
            ..ResourceQuery::default()
        };
        let page = PageRequest::new(0, APPS);
        let Some(found) = self.store.resources(snapshot.id, &query, page).await? else {
            return Ok(());
        };
        for one in found.rows {
            let Ok(name) = AppName::parse(&one.resource.name) else {
                continue;
            };
            if self.store.app_named(&name).await?.is_none() {
                self.add_found_app(id, name, one.resource.id.object.to_string())
                    .await?;
            }
        }
        Ok(())
    }

    async fn add_found_app(
        &self,
        id: &ConnectorId,
        name: AppName,
        resource: String,
    ) -> Result<(), OfficeError> {
        let (now, bytes) = self.fresh();
        let app = App {
            id: AppId::new(now, bytes),
            name,
            state: AppState::Unmanaged,
            source: AppSource::Connector {
                connector: id.clone(),
                resource,
            },
            owners: Vec::new(),
            created_at: now,
        };
        let entry = self.draft(&Actor::service(), AuditAction::AppAdded, app.object());
        match self.commit(&[Write::AddApp(app)], &[entry]).await {
            // Somebody else added one of that name meanwhile.
            Ok(_) | Err(OfficeError::Store(RepositoryError::Taken { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
