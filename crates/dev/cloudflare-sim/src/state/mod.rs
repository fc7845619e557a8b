//! What the simulated account holds: plain typed structs in listing order.
//!
//! Members, groups and tokens carry policies; roles are never stored with a member, they are derived from
//! the policies when an answer is written, as Cloudflare does it.

mod access;
mod account;
mod audit;
mod credential;
mod edit;
mod group;
mod member;
mod picture;
mod policy;
mod power;
mod resource_group;
mod role;
mod token;
mod zone;

pub use access::Access;
pub use account::{Account, AccountSettings, ParentOrganization, User};
pub use audit::{AuditEntry, MemberEvent};
pub(crate) use audit::{Event, Subject};
pub use credential::{Credential, Grants, Holder};
pub use group::{GroupMembership, UserGroup};
pub use member::{AddressPlace, Member, MemberStatus, PendingForm, Person};
pub use picture::Picture;
pub use policy::{Effect, Policy};
pub use resource_group::{ResourceGroup, Scope, ScopeObject, ScopeShape};
pub use role::{PermissionGroup, Permissions, Role, SUPER_ADMINISTRATOR};
pub use token::{Token, TokenPermission, TokenPermissionGroup, TokenPolicy, TokenStatus};
pub use zone::Zone;

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};

use crate::chance::Chance;

/// One simulated account with everything in it, each list in the order in which it is served.
#[derive(Debug, Clone)]
pub struct State {
    /// The account whose contents are served.
    pub account: Account,
    /// Further accounts of the caller: listed, but without contents.
    pub other_accounts: Vec<Account>,
    /// The person behind user tokens and the global key.
    pub user: User,
    /// Ways to authenticate.
    pub credentials: Vec<Credential>,
    /// Members, pending ones included.
    pub members: Vec<Member>,
    /// Addresses of invitations that expired: no listing shows them, and they cannot be invited again.
    pub expired_invitations: BTreeSet<String>,
    /// The deprecated catalogue of account-wide roles.
    pub roles: Vec<Arc<Role>>,
    /// The IAM permission groups.
    pub permission_groups: Vec<Arc<PermissionGroup>>,
    /// Resource groups, the account-wide one first.
    pub resource_groups: Vec<Arc<ResourceGroup>>,
    /// User groups.
    pub user_groups: Vec<UserGroup>,
    /// Account-owned tokens.
    pub tokens: Vec<Token>,
    /// The caller's own tokens.
    pub user_tokens: Vec<Token>,
    /// The catalogue of token permissions.
    pub token_permission_groups: Vec<TokenPermissionGroup>,
    /// Zones of the account.
    pub zones: Vec<Zone>,
    /// The Zero Trust side.
    pub access: Access,
    /// Audit log entries, newest first.
    pub audit_log: Vec<AuditEntry>,
    /// The time as the account was made; the simulator's clock counts on from there.
    pub now: DateTime<Utc>,
    /// Where ids of new things come from.
    pub(crate) chance: Chance,
}
