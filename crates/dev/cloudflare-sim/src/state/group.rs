//! User groups.

use super::Policy;

/// A named set of members with policies of its own.
#[derive(Debug, Clone)]
pub struct UserGroup {
    /// 32 hex characters.
    pub id: String,
    /// Display name.
    pub name: String,
    /// RFC 3339.
    pub created_on: String,
    /// RFC 3339.
    pub modified_on: String,
    /// What every member of the group gets.
    pub policies: Vec<Policy>,
    /// Who is in it, in listing order.
    pub members: Vec<GroupMembership>,
    /// Filled by SCIM: name, membership and deletion are locked. No answer tells it.
    pub managed_by_scim: bool,
}

/// One member's place in a group.
#[derive(Debug, Clone)]
pub struct GroupMembership {
    /// Id of a member of the account.
    pub member_id: String,
    /// When the member joined, RFC 3339.
    pub created_at: String,
}
