//! Typed additions to resources, entitlements and grants, and to answers about them; unknown ones are kept as bytes.

use chrono::{DateTime, Utc};

use crate::Profile;
use crate::resource::Status;

/// An addition to a record or to an answer: one `google.protobuf.Any` on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum Annotation {
    /// The resource is a person's account.
    User(UserTrait),
    /// The resource is a role.
    Role,
    /// The resource is a group.
    Group,
    /// The resource is a credential.
    Secret(SecretTrait),
    /// The id under which an older connector knew the same thing.
    V1Identifier(String),
    /// A page about it for people.
    ExternalLink(String),
    /// The permissions that a connector needs to read or change such resources.
    CapabilityPermissions(Vec<String>),
    /// Resources of this type have no entitlements and no grants of their own.
    SkipEntitlementsAndGrants,
    /// Large changes in the number of such resources are normal.
    SkipSyncAnomalyDetection,
    /// The grant follows from others and cannot be taken back by itself.
    GrantImmutable,
    /// The entitlement cannot be granted or revoked through this connector.
    EntitlementImmutable,
    /// In an answer: what was to be granted was held already.
    GrantAlreadyExists,
    /// In an answer: what was to be revoked was not held any more.
    GrantAlreadyRevoked,
    /// In an answer: there was nothing to delete.
    ResourceDoesNotExist,
    /// One that this version has no type for, kept as it was read.
    Other(RawAnnotation),
}

/// An annotation as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAnnotation {
    /// `type.googleapis.com/<full message name>`.
    pub type_url: String,
    /// The encoded message.
    pub value: Vec<u8>,
}

/// What makes a resource a person's account (`c1.connector.v2.UserTrait`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserTrait {
    /// The addresses, the primary one first.
    pub emails: Vec<String>,
    /// The name to sign in with; may be empty.
    pub login: String,
    /// The state of the account, in the trait's own place (older readers look here).
    pub status: Option<Status>,
    /// Attributes in the trait's own place.
    pub profile: Option<Profile>,
    /// Whether a second factor is set up; `None` when not known.
    pub has_second_factor: Option<bool>,
    /// When the account was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last used.
    pub last_login: Option<DateTime<Utc>>,
}

/// What makes a resource a credential (`c1.connector.v2.SecretTrait`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecretTrait {
    /// When it stops working; `None` when never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used; `None` when never or not known.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Who made it, when that account is known.
    pub created_by: Option<crate::ResourceId>,
    /// What kind of static secret it is, such as `cloudflare.account_api_token`; may be empty.
    pub credential_detail: String,
}
