//! A member as answers show it, roles derived from its policies.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::state::{
    AddressPlace, Effect, Member, MemberStatus, PendingForm, PermissionGroup, Permissions, Policy, Role,
};

const ZEROS: &str = "00000000000000000000000000000000";

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut member = serializer.serialize_struct("Member", 6)?;
        member.serialize_field("id", &self.id)?;
        if shows_address(self.status, AddressPlace::TopLevel) {
            member.serialize_field("email", &self.person.email)?;
        }
        member.serialize_field("user", &UserView::of(self))?;
        member.serialize_field("status", self.status_name())?;
        member.serialize_field("roles", &derived_roles(&self.policies))?;
        member.serialize_field("policies", &self.policies)?;
        member.end()
    }
}

#[expect(
    clippy::option_option,
    reason = "absent, null and given are three forms that answers have shown"
)]
#[derive(Debug, Serialize)]
struct UserView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    two_factor_authentication_enabled: bool,
}

impl<'a> UserView<'a> {
    fn of(member: &'a Member) -> Self {
        let person = &member.person;
        let id = match member.status {
            MemberStatus::Accepted => Some(Some(person.user_id.as_str())),
            MemberStatus::Pending(PendingForm::Zeros, _) => Some(Some(ZEROS)),
            MemberStatus::Pending(PendingForm::Null, _) => Some(None),
            MemberStatus::Pending(PendingForm::Absent, _) => None,
        };
        Self {
            id,
            email: shows_address(member.status, AddressPlace::User).then_some(person.email.as_str()),
            first_name: person.first_name.as_deref(),
            last_name: person.last_name.as_deref(),
            two_factor_authentication_enabled: person.two_factor,
        }
    }
}

fn shows_address(status: MemberStatus, place: AddressPlace) -> bool {
    match status {
        MemberStatus::Accepted => true,
        MemberStatus::Pending(_, shown) => shown == AddressPlace::Both || shown == place,
    }
}

/// A role as it stands in a member: a legacy role, or a permission group in its place.
#[derive(Debug, Serialize)]
pub(super) struct RoleView<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    description: &'a str,
    pub(super) permissions: PermissionsView<'a>,
}

/// The permissions of a legacy role, or the empty map of a derived one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum PermissionsView<'a> {
    Legacy(&'a Permissions),
    Derived {},
}

impl<'a> RoleView<'a> {
    fn legacy(role: &'a Role) -> Self {
        let permissions = PermissionsView::Legacy(&role.permissions);
        Self {
            id: &role.id,
            name: &role.name,
            description: &role.description,
            permissions,
        }
    }

    /// A domain role carries the id of its permission group.
    fn derived(group: &'a PermissionGroup) -> Self {
        let permissions = PermissionsView::Derived {};
        Self {
            id: &group.id,
            name: &group.name,
            description: &group.description,
            permissions,
        }
    }
}

/// The legacy view of policies: each allowed permission group once. What acts on single Workers has none.
pub(super) fn derived_roles(policies: &[Policy]) -> Vec<RoleView<'_>> {
    let mut roles: Vec<RoleView<'_>> = Vec::new();
    let allowed = policies.iter().filter(|policy| policy.access == Effect::Allow);
    for group in allowed.flat_map(|policy| &policy.permission_groups) {
        let role = match &group.role {
            Some(role) => RoleView::legacy(role),
            None if group.is_for_zones() => RoleView::derived(group),
            None => continue,
        };
        if roles.iter().all(|known| known.id != role.id) {
            roles.push(role);
        }
    }
    roles
}
