//! Apps, and where connectors belong.

use async_trait::async_trait;

use super::{Stored, Versioned};
use crate::{App, AppId, AppName, Checked, ConnectorId, ConnectorSettings, Installation};

/// Apps, and where connectors belong.
#[async_trait]
pub trait Places {
    /// The app with that id.
    async fn app(&self, id: &AppId) -> Stored<Option<Versioned<App>>>;
    /// The app with that name.
    async fn app_named(&self, name: &AppName) -> Stored<Option<Versioned<App>>>;
    /// All of them, by name.
    async fn apps(&self) -> Stored<Vec<App>>;
    /// Where a connector belongs.
    async fn installation(&self, connector: &ConnectorId) -> Stored<Option<Versioned<Installation>>>;
    /// Where all of them belong.
    async fn installations(&self) -> Stored<Vec<Installation>>;
    /// How one reaches its account.
    async fn settings(&self, connector: &ConnectorId) -> Stored<Option<ConnectorSettings>>;
    /// How all of those that have any do.
    async fn all_settings(&self) -> Stored<Vec<ConnectorSettings>>;
    /// Notes what a test of settings said, if they are still those of that revision.
    async fn note_check(&self, connector: &ConnectorId, revision: i64, checked: &Checked) -> Stored<()>;
}
