//! Changes that people make: written with their audit entries, all or none.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Stored, Versioned, Written};
use crate::access::{RunChange, RunChanges, SnapshotId, Verdict};
use crate::{
    ApiKey, ApiKeyId, App, AuditDraft, AuditEntry, Connector, ConnectorId, ConnectorSettings, Credential,
    CredentialId, Group, GroupId, Identity, Installation, Letter, Link, LinkId, Operator, OperatorId,
    Passkey, PasskeyId, PasskeyUse, Provisioning, ServiceId, Session, SessionId, SignIn, SingleSignOn, Task,
    UploadId,
};

/// Something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// A new user of the console; taken when the address is.
    AddOperator(Operator),
    /// A changed one.
    ReplaceOperator(Versioned<Operator>),
    /// What somebody signs in with, whether there was something before or not.
    PutSignIn(SignIn),
    /// Somebody is known by what a provider says; taken when somebody else is.
    AddIdentity(Identity),
    /// They are no more.
    RemoveIdentity(Identity),
    /// A new passkey; taken when there is one of that credential.
    AddPasskey(Passkey),
    /// It was used, with the count before still there.
    UsePasskey(PasskeyUse),
    /// It is removed.
    RemovePasskey(PasskeyId),
    /// That somebody has something left to show besides a password, once what stands before this is written: else
    /// nothing is.
    SecondFactorLeft(OperatorId),
    /// A challenge was answered: nothing is written when it was before.
    UseChallenge([u8; 32], DateTime<Utc>),
    /// How people sign in with a provider: over the revision before, or the first.
    SaveSingleSignOn(SingleSignOn),
    /// They do not any more: over that revision.
    RemoveSingleSignOn(i64),
    /// A new session.
    AddSession(Session),
    /// The end of a session that is not over.
    EndSession(SessionId, DateTime<Utc>),
    /// The end of all sessions of somebody, but for one perhaps.
    EndSessionsOf {
        /// Whose.
        operator: OperatorId,
        /// Not this one.
        except: Option<SessionId>,
        /// When.
        at: DateTime<Utc>,
    },
    /// A new API key.
    AddApiKey(ApiKey),
    /// An API key that was not taken back is.
    RevokeApiKey(ApiKeyId, DateTime<Utc>),
    /// All of somebody's API keys that were not taken back are.
    RevokeApiKeysOf(OperatorId, DateTime<Utc>),
    /// How directories are let in. Whatever follows from it is written with it, so that of two such changes at once the
    /// second is worked out anew.
    SaveProvisioning(Versioned<Provisioning>),
    /// A new group of a directory; taken when the name is.
    AddGroup(Group),
    /// A changed one; taken when its new name is.
    ReplaceGroup(Versioned<Group>),
    /// It is there no more.
    RemoveGroup(GroupId),
    /// A new link.
    AddLink(Link),
    /// The use of a link that is good.
    UseLink(LinkId, DateTime<Utc>),
    /// The end of all links that somebody got to choose a password with, and has not used.
    EndWelcomesOf(OperatorId, DateTime<Utc>),
    /// The end of all links to the first start that are good: there is one at a time, and none once there is a user.
    EndFirstStarts(DateTime<Utc>),
    /// That there is no user yet: else nothing is written.
    OnlyAsFirst,
    /// That somebody is left who may do everything, once what stands before this is written: else nothing is.
    SuperAdministratorLeft,
    /// A new app; taken when the name is.
    AddApp(App),
    /// A changed one; taken when its new name is.
    ReplaceApp(Versioned<App>),
    /// A new connector and where it belongs; taken when the name is.
    AddConnector(Connector, Installation),
    /// When it reads, or how it is called, is changed; taken when its new name is.
    ReplaceConnector(Versioned<Connector>),
    /// Where it belongs is changed.
    ReplaceInstallation(Versioned<Installation>),
    /// It and everything about it is removed; files stay until the object store has let go of them.
    RemoveConnector(ConnectorId),
    /// How it reaches its account: over the revision before, or the first.
    SaveSettings(ConnectorSettings),
    /// A new credential.
    AddCredential(Credential),
    /// That a service holds the lease of a connector: else nothing is written.
    HoldsLease(ConnectorId, ServiceId, DateTime<Utc>),
    /// A credential that was not taken back is.
    RevokeCredential(CredentialId, DateTime<Utc>),
    /// A new task.
    AddTask(Task),
    /// A changed one.
    ReplaceTask(Versioned<Task>),
    /// A candidate becomes what everybody sees; its base and the other candidates are retired. It is not when it is no
    /// candidate, or when its base is not current any more.
    MakeCurrent(SnapshotId, DateTime<Utc>),
    /// A candidate that is not believed is retired.
    RetireCandidate(SnapshotId, DateTime<Utc>),
    /// What a run changed, in the place of what was kept of it before.
    PutChanges(RunChanges, Vec<RunChange>),
    /// What became of a run whose changes are kept; of another nothing is written.
    SetVerdict(UploadId, Verdict),
    /// A file that was on its way is in the object store.
    KeepUpload(UploadId, DateTime<Utc>),
    /// A letter.
    AddLetter(Letter),
}

/// Which entries of the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only those with this in the actor's, the action's or the object's name, or the object's id.
    pub text: Option<String>,
    /// Only those about things of this kind.
    pub object_kind: Option<String>,
    /// Only those about this thing.
    pub object_id: Option<String>,
    /// Only those before the one with this number.
    pub before: Option<i64>,
}

/// Changes, and the trail that they leave.
#[async_trait]
pub trait Ledger {
    /// Writes all of it, with the audit entries chained to the trail, or nothing: [`Written::Outdated`] when one of
    /// the things has changed meanwhile or is not there.
    async fn commit(&self, writes: &[Write], audit: &[AuditDraft]) -> Stored<Written>;
    /// So many entries after the one with that number, in their order.
    async fn audit_after(&self, number: i64, at_most: u64) -> Stored<Vec<AuditEntry>>;
    /// The newest entries first, past some, and how many there are.
    async fn audit_newest(
        &self,
        filter: &AuditFilter,
        past: u64,
        at_most: u64,
    ) -> Stored<(Vec<AuditEntry>, u64)>;
}
