//! One entry of the audit trail.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{Actor, Via};

/// What is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDraft {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who did it, as they were called then; and with which key, when it was with one.
    pub actor: String,
    /// The person's id, when it is one or acts for one.
    pub actor_id: Option<String>,
    /// How the actor came here: `session`, `command`, `service`, `stranger`, or `api-key:` and the id of the key.
    pub via: String,
    /// From which address.
    pub from: Option<String>,
    /// With which request.
    pub request: Option<String>,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: Object,
    /// What changed by it. Secrets are never among it, only that they changed.
    pub changes: Vec<Difference>,
    /// Why, when somebody said so.
    pub reason: Option<String>,
}

/// What something was done to, as it was called then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Such as `connector`.
    pub kind: String,
    /// Which.
    pub id: String,
    /// How it was called.
    pub name: String,
}

/// A thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// A SHA-256 over an entry and all before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AuditHash(pub [u8; 32]);

/// An entry that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counted from 1 without gaps.
    pub number: i64,
    /// What it says.
    pub draft: AuditDraft,
    /// Over the entry before and this one.
    pub hash: AuditHash,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident, $text:literal, $says:literal;)*) => {
        /// What is written down. The names are stable: they are stored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AuditAction {$(
            $(#[$doc])*
            $name,
        )*}

        impl AuditAction {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its stored name.
            pub fn as_str(self) -> &'static str {
                match self {$(Self::$name => $text,)*}
            }

            /// What it says of the object, after the actor's name.
            pub fn says(self) -> &'static str {
                match self {$(Self::$name => $says,)*}
            }
        }
    };
}

actions! {
    /// The console was set up, by its first user.
    SetUp, "console.set-up", "set up";
    /// Somebody signed in.
    SignedIn, "session.begun", "signed in";
    /// Somebody tried to, and was not who they said.
    SignInFailed, "session.refused", "was not let in";
    /// Somebody who may do everything signed in past the provider.
    BrokeGlass, "session.past-single-sign-on", "signed in without single sign-on:";
    /// A session was ended.
    SessionEnded, "session.ended", "ended a session of";
    /// Somebody was added.
    OperatorAdded, "user.added", "added the user";
    /// Somebody is something else, or called otherwise.
    OperatorChanged, "user.changed", "changed the user";
    /// Somebody may not come in any more.
    OperatorDeactivated, "user.deactivated", "deactivated the user";
    /// Somebody may come in again.
    OperatorReactivated, "user.reactivated", "let the user in again:";
    /// A password was chosen.
    PasswordChanged, "user.password-changed", "chose a password for";
    /// A second factor was set up.
    SecondFactorAdded, "user.second-factor-added", "set up a second factor for";
    /// A recovery code was used in its place.
    RecoveryCodeUsed, "user.recovery-code-used", "used a recovery code of";
    /// Somebody made a key for a program.
    ApiKeyAdded, "api-key.added", "made the API key";
    /// A key was taken back.
    ApiKeyRevoked, "api-key.revoked", "revoked the API key";
    /// A passkey was added.
    PasskeyAdded, "user.passkey-added", "added a passkey of";
    /// A passkey was removed.
    PasskeyRemoved, "user.passkey-removed", "removed a passkey of";
    /// Somebody is known by what a provider says.
    IdentityLinked, "user.identity-linked", "linked single sign-on to the user";
    /// Somebody is known by it no more.
    IdentityUnlinked, "user.identity-unlinked", "unlinked single sign-on from the user";
    /// How people sign in with a provider was saved.
    SingleSignOnSaved, "single-sign-on.saved", "saved";
    /// People may sign in with it.
    SingleSignOnEnabled, "single-sign-on.enabled", "turned on";
    /// People may not sign in with it any more.
    SingleSignOnDisabled, "single-sign-on.disabled", "turned off";
    /// It was removed.
    SingleSignOnRemoved, "single-sign-on.removed", "removed";
    /// A directory has a new group.
    GroupAdded, "group.added", "added the group";
    /// Its name or its members changed.
    GroupChanged, "group.changed", "changed the group";
    /// A directory has it no more.
    GroupRemoved, "group.removed", "removed the group";
    /// How directories are let in was changed.
    ProvisioningChanged, "provisioning.changed", "changed the";
    /// An app was added.
    AppAdded, "app.added", "added the app";
    /// An app was changed.
    AppChanged, "app.changed", "changed the app";
    /// An app is seen to from now on.
    AppPromoted, "app.promoted", "made managed the app";
    /// A connector was added.
    ConnectorAdded, "connector.added", "added the connector";
    /// Where it belongs, who owns it or when it reads was changed.
    ConnectorChanged, "connector.changed", "changed the connector";
    /// How it reaches its account was saved.
    SettingsSaved, "connector.settings-saved", "saved the settings of the connector";
    /// A colleague was asked to finish it.
    HelpAsked, "connector.help-asked", "asked for help with the connector";
    /// It was asked to read.
    SyncAsked, "connector.sync-asked", "asked for a sync of the connector";
    /// A task was asked to stop.
    TaskCancelled, "task.cancelled", "cancelled a task of the connector";
    /// It was paused.
    ConnectorPaused, "connector.paused", "paused the connector";
    /// It goes on.
    ConnectorResumed, "connector.resumed", "resumed the connector";
    /// A sync lost a suspicious share and waits for a person.
    SyncHeld, "connector.sync-held", "held a sync of the connector";
    /// A person believed it.
    SyncConfirmed, "connector.sync-confirmed", "confirmed a sync of the connector";
    /// A person did not.
    SyncDiscarded, "connector.sync-discarded", "discarded a sync of the connector";
    /// It was removed.
    ConnectorRemoved, "connector.removed", "removed the connector";
    /// It was given a credential.
    CredentialAdded, "credential.added", "gave a credential to the connector";
    /// A credential was taken back.
    CredentialRevoked, "credential.revoked", "revoked a credential of the connector";
    /// Somebody brought a file for it.
    FileBrought, "file.brought", "brought a file for the connector";
    /// A file was taken.
    FileDownloaded, "file.downloaded", "downloaded a file of the connector";
    /// The trail itself was taken.
    AuditExported, "audit.exported", "exported the audit trail";
    /// Everything was written into a backup.
    BackedUp, "backup.made", "made a backup of";
    /// A backup was put back.
    Restored, "backup.restored", "put a backup back into";
    /// A key was added with which secrets can be sealed.
    KeyAdded, "key.added", "added the key";
    /// Secrets are sealed with this key from now on.
    KeyUsed, "key.used", "seals secrets from now on with the key";
    /// Stored secrets were sealed again, with the current key.
    SecretsResealed, "key.resealed", "sealed all secrets again with the key";
    /// A key was forgotten.
    KeyRetired, "key.retired", "retired the key";
    /// Somebody wanted to do what they may not.
    Refused, "access.refused", "was refused:";
}

impl AuditDraft {
    /// What an actor did to something.
    pub fn new(at: DateTime<Utc>, actor: &Actor, action: AuditAction, object: Object) -> Self {
        let via = match &actor.via {
            Via::Session { .. } => "session".to_owned(),
            Via::Key { key, .. } => format!("api-key:{key}"),
            Via::Command => "command".to_owned(),
            Via::Service => "service".to_owned(),
            Via::Stranger => "stranger".to_owned(),
        };
        let name = match &actor.via {
            Via::Key { name, .. } => format!("{} (API key {name})", actor.name),
            _ => actor.name.clone(),
        };
        Self {
            at,
            actor: name,
            actor_id: actor.operator().map(ToString::to_string),
            via,
            from: actor.from.clone(),
            request: actor.request.clone(),
            action: action.as_str().to_owned(),
            object,
            changes: Vec::new(),
            reason: None,
        }
    }

    /// With something that changed, if it did.
    pub fn change(mut self, field: &str, before: Option<String>, after: Option<String>) -> Self {
        if before != after {
            self.changes.push(Difference {
                field: field.to_owned(),
                before,
                after,
            });
        }
        self
    }

    /// With the reason that somebody gave.
    pub fn because(self, reason: impl Into<String>) -> Self {
        Self {
            reason: Some(reason.into()),
            ..self
        }
    }

    /// What it says of its object; the stored name when a newer version wrote it.
    pub fn says(&self) -> &str {
        let known = AuditAction::ALL
            .iter()
            .find(|known| known.as_str() == self.action);
        known.map_or(self.action.as_str(), |known| known.says())
    }
}

impl Object {
    /// A thing of that kind.
    pub fn new(kind: &str, id: impl fmt::Display, name: impl fmt::Display) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.to_string(),
            name: name.to_string(),
        }
    }
}

impl fmt::Display for AuditHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AuditHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuditHash({self})")
    }
}
