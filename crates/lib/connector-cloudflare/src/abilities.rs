//! What can be changed, by resource type; known without any account.

use connector::{Ability, AccountField};
use model::ResourceTypeId;

use crate::provision::{POLICIES, ROLES};
use crate::types::{API_TOKEN, INVITATION, RESOURCE_GROUP, ROLE, USER, USER_GROUP};

/// What can be done with resources of a type besides reading them.
pub fn of(kind: &ResourceTypeId) -> &'static [Ability] {
    match kind.as_str() {
        USER => &[Ability::CreateAccount, Ability::Delete],
        INVITATION => &[Ability::Delete],
        ROLE | USER_GROUP | RESOURCE_GROUP => &[Ability::Provision],
        API_TOKEN => &[Ability::Delete, Ability::RotateCredential],
        _ => &[],
    }
}

/// What an invitation can be given: the Go connector's fields, and scoped permissions.
pub const ACCOUNT_FIELDS: &[AccountField] = &[
    AccountField {
        name: "first_name",
        display_name: "First Name",
        description: "The first name, until the person fills in their own",
        placeholder: "Jane",
        required: true,
        is_list: false,
    },
    AccountField {
        name: "last_name",
        display_name: "Last Name",
        description: "The last name, until the person fills in their own",
        placeholder: "Smith",
        required: true,
        is_list: false,
    },
    AccountField {
        name: ROLES,
        display_name: "Role IDs",
        description: "The roles that wait for the person, by id or by name",
        placeholder: "role-id-1",
        required: true,
        is_list: true,
    },
    AccountField {
        name: POLICIES,
        display_name: "Scoped permissions",
        description: "Permissions on scopes that wait for the person, each by name or id",
        placeholder: "Domain DNS on Production domains",
        required: false,
        is_list: true,
    },
];
