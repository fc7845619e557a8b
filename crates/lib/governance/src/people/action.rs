//! What may be done, and who may: decided here and nowhere else. What is not allowed by a line is refused.

use super::{Actor, KeyScope, Role, Via};
use crate::{App, Installation, OperatorId};

use Role::{
    ApplicationAdministrator, Auditor, CampaignAdministrator, ConnectorAdministrator, SuperAdministrator,
};

/// Something that somebody wants to do, with what it is done to.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// See who there is.
    SeeOperators,
    /// Add somebody, change what they are, let them in no more.
    ManageOperators,
    /// Decide how people sign in.
    ManageSignIn,
    /// Say who there is as a directory does: its own people and groups, and nothing else.
    Provision,
    /// See and end one's own sessions and keys, change one's password.
    ManageOneself,
    /// Use the API with a key.
    UseApi,
    /// Read the audit trail.
    SeeAudit,
    /// Add an app.
    AddApp,
    /// See an app and who has access in it.
    SeeApp(&'a App),
    /// Change an app.
    ManageApp(&'a App),
    /// Make an app that was found one that is managed.
    PromoteApp,
    /// Add a connector.
    AddConnector,
    /// See a connector, its runs and its log.
    SeeConnector(&'a Installation),
    /// See how it reaches the account, and its credentials; never a secret.
    SeeSetUp(&'a Installation),
    /// Change how it reaches the account, when it reads, who owns it; make and take back credentials.
    ConfigureConnector(&'a Installation),
    /// Let it read now, pause, go on; believe a sync that was held.
    RunConnector(&'a Installation),
    /// Take the files that it handed over, which hold all that it read.
    DownloadFiles(&'a Installation),
    /// Remove it.
    RemoveConnector,
}

/// Somebody may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("you may not {what}: {who} can")]
pub struct Denied {
    /// What they may not do.
    pub what: &'static str,
    /// Who can.
    pub who: &'static str,
}

impl Actor {
    /// Whether this actor may do that: by their roles and by what they own, and when they act with a key, by its scope
    /// as well.
    ///
    /// # Errors
    /// [`Denied`], which says who can.
    pub fn may(&self, action: Action<'_>) -> Result<(), Denied> {
        let allowed = self.roles.has(SuperAdministrator) || self.is_allowed(action);
        allowed.then_some(()).ok_or_else(|| action.denied())?;
        let Via::Key { scope, .. } = &self.via else {
            return Ok(());
        };
        let covered = scope.covers(action);
        covered.then_some(()).ok_or_else(|| action.beyond(*scope))
    }

    fn is_allowed(&self, action: Action<'_>) -> bool {
        use Action as A;
        match action {
            A::SeeOperators => self
                .roles
                .any(&[Auditor, ConnectorAdministrator, ApplicationAdministrator]),
            A::ManageOperators | A::ManageSignIn | A::Provision | A::PromoteApp => false,
            A::ManageOneself | A::UseApi => self.operator().is_some(),
            A::SeeAudit => self.roles.has(Auditor),
            A::AddApp => self.roles.has(ApplicationAdministrator),
            A::SeeApp(app) => {
                self.roles.any(&[
                    ApplicationAdministrator,
                    CampaignAdministrator,
                    ConnectorAdministrator,
                    Auditor,
                ]) || self.is_among(&app.owners)
            }
            A::ManageApp(app) => self.roles.has(ApplicationAdministrator) || self.is_among(&app.owners),
            A::AddConnector | A::RemoveConnector => self.roles.has(ConnectorAdministrator),
            A::SeeConnector(installation) => {
                self.roles
                    .any(&[ConnectorAdministrator, ApplicationAdministrator, Auditor])
                    || self.is_among(&installation.owners)
            }
            A::SeeSetUp(installation)
            | A::ConfigureConnector(installation)
            | A::RunConnector(installation) => {
                self.roles.has(ConnectorAdministrator) || self.is_among(&installation.owners)
            }
            A::DownloadFiles(installation) => {
                self.roles.any(&[ConnectorAdministrator, Auditor]) || self.is_among(&installation.owners)
            }
        }
    }

    fn is_among(&self, owners: &[OperatorId]) -> bool {
        self.operator().is_some_and(|operator| owners.contains(operator))
    }
}

impl KeyScope {
    /// Whether a key of this scope may do that when its owner may. What is somebody's own is for themselves alone: a
    /// key that was stolen makes no other key, and ends no session.
    fn covers(self, action: Action<'_>) -> bool {
        use Action as A;
        match (self, action) {
            (_, A::ManageOneself) | (Self::Everything, A::Provision) => false,
            (Self::Everything, _)
            | (
                Self::ReadOnly,
                A::UseApi
                | A::SeeOperators
                | A::SeeAudit
                | A::SeeApp(_)
                | A::SeeConnector(_)
                | A::SeeSetUp(_)
                | A::DownloadFiles(_),
            )
            | (Self::Users, A::SeeOperators | A::ManageOperators | A::Provision) => true,
            (Self::ReadOnly | Self::Users, _) => false,
        }
    }
}

impl Action<'_> {
    /// What is said when a key's owner may do it and the key may not.
    fn beyond(self, scope: KeyScope) -> Denied {
        let denied = self.denied();
        let who = match (self, scope) {
            (Action::ManageOneself | Action::Provision, _) => denied.who,
            (_, KeyScope::Users) => "a key of another scope than users by SCIM",
            (_, KeyScope::ReadOnly | KeyScope::Everything) => "a key that is not for reading only",
        };
        Denied { who, ..denied }
    }

    fn denied(self) -> Denied {
        use Action as A;
        let (what, who) = match self {
            A::SeeOperators => ("see who uses this console", "an administrator or auditor"),
            A::ManageOperators => ("change who uses this console", "a Super Administrator"),
            A::ManageSignIn => ("decide how people sign in", "a Super Administrator"),
            A::Provision => (
                "provision users",
                "a key for users by SCIM, of a Super Administrator",
            ),
            A::ManageOneself => ("do that without signing in", "somebody who is signed in"),
            A::UseApi => ("use the API", "somebody with an API key"),
            A::SeeAudit => ("read the audit trail", "an Auditor or Super Administrator"),
            A::AddApp => ("add an app", "an Application Administrator"),
            A::SeeApp(_) => ("see this app", "one of its owners or an administrator"),
            A::ManageApp(_) => (
                "change this app",
                "one of its owners or an Application Administrator",
            ),
            A::PromoteApp => ("make this app a managed one", "a Super Administrator"),
            A::AddConnector => ("add a connector", "a Connector Administrator"),
            A::SeeConnector(_) => ("see this connector", "one of its owners or an administrator"),
            A::SeeSetUp(_) => (
                "see how this connector is set up",
                "one of its owners or a Connector Administrator",
            ),
            A::ConfigureConnector(_) => (
                "change this connector",
                "one of its owners or a Connector Administrator",
            ),
            A::RunConnector(_) => (
                "decide what this connector does",
                "one of its owners or a Connector Administrator",
            ),
            A::DownloadFiles(_) => (
                "take files of this connector",
                "one of its owners, an Auditor or a Connector Administrator",
            ),
            A::RemoveConnector => ("remove a connector", "a Connector Administrator"),
        };
        Denied { what, who }
    }
}
