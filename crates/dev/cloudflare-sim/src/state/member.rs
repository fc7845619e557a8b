//! Members, accepted and pending.

use super::Policy;

/// The tie between a person and the account.
#[derive(Debug, Clone)]
pub struct Member {
    /// Member id; other endpoints refer to this, not to the user id.
    pub id: String,
    /// Who it is.
    pub person: Person,
    /// Accepted or pending.
    pub status: MemberStatus,
    /// Everything the member was given directly.
    pub policies: Vec<Policy>,
    /// Pushed by SCIM: not to be deleted here. No answer tells it.
    pub managed_by_scim: bool,
    /// Cannot be in user groups ("do not have DSR enabled"). No answer tells it.
    pub lacks_domain_roles: bool,
}

/// A person as a member object shows it.
#[derive(Debug, Clone)]
pub struct Person {
    /// The user id; hidden in one of three ways while the member is pending.
    pub user_id: String,
    /// Address.
    pub email: String,
    /// Null until filled in.
    pub first_name: Option<String>,
    /// Null until filled in.
    pub last_name: Option<String>,
    /// Two-factor authentication at Cloudflare's dashboard.
    pub two_factor: bool,
}

/// State of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberStatus {
    /// In use.
    Accepted,
    /// Invited, in one of the forms that answers have shown.
    Pending(PendingForm, AddressPlace),
}

/// How a pending member shows that there is no user id yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PendingForm {
    /// `user.id` is null.
    #[default]
    Null,
    /// `user.id` is 32 zeros.
    Zeros,
    /// `user.id` is absent.
    Absent,
}

/// Where a pending member's address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressPlace {
    /// `email` and `user.email`.
    #[default]
    Both,
    /// Only `email`.
    TopLevel,
    /// Only `user.email`.
    User,
}

impl Member {
    /// A member without peculiarities.
    pub fn new(id: String, person: Person, status: MemberStatus, policies: Vec<Policy>) -> Self {
        Self {
            id,
            person,
            status,
            policies,
            managed_by_scim: false,
            lacks_domain_roles: false,
        }
    }

    /// Whether the invitation is still open.
    pub fn is_pending(&self) -> bool {
        matches!(self.status, MemberStatus::Pending(..))
    }

    /// `status` as the API names it.
    pub fn status_name(&self) -> &'static str {
        if self.is_pending() { "pending" } else { "accepted" }
    }
}
