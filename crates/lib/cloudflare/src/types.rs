//! What Cloudflare's answers hold, as far as access is concerned.
//!
//! Fields that this version does not know are ignored, except where a later write would have to send them back
//! ([`Policy::other`], [`ResourceGroup::other`]). Secrets that some answers carry (a member's activation code, a
//! token's value, an identity provider's client secret) are dropped while decoding.

mod access;
mod account;
mod audit;
mod caller;
mod member;
mod policy;
mod token;
mod user_group;
mod zone;

pub use access::{AccessGroup, AccessOrganization, AccessRule, IdentityProvider, ScimConfig};
pub use account::{Account, AccountSettings, ManagedBy};
pub use audit::{AuditAction, AuditActor, AuditLogEntry, AuditRequest, AuditResource, AuditZone};
pub use caller::{CallerUser, Membership, MembershipStatus};
pub use member::{Member, MemberStatus, Role, User};
pub use policy::{Access, PermissionGroup, PermissionGroupMeta, Policy, ResourceGroup, Scope, ScopeObject};
pub use token::{
    AccountToken, IpCondition, TokenCondition, TokenDocument, TokenPolicy, TokenResource, TokenStatus,
    VerifiedToken,
};
pub use user_group::{UserGroup, UserGroupMember};
pub use zone::{Zone, ZoneAccount};
