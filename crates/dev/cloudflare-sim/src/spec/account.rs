//! The account itself, the caller, and the Zero Trust side.

use crate::{
    catalogue::stable_id,
    chance::Chance,
    state::{Account, AccountSettings, Member, ParentOrganization, User},
};

/// The account whose contents are served.
pub(super) fn account(chance: &mut Chance) -> Account {
    Account {
        id: chance.id(),
        name: "Example Group Holding".to_owned(),
        kind: "enterprise".to_owned(),
        created_on: "2021-03-04T09:12:44.551234Z".to_owned(),
        settings: AccountSettings {
            enforce_twofactor: false,
            abuse_contact_email: Some("abuse@example.com".to_owned()),
        },
        managed_by: Some(ParentOrganization {
            parent_org_id: stable_id("parent organization"),
            parent_org_name: "Example Group".to_owned(),
        }),
    }
}

/// A second account of the caller, listed but without contents.
pub(crate) fn other() -> Account {
    Account {
        id: stable_id("other account"),
        name: "Example Labs".to_owned(),
        kind: "standard".to_owned(),
        created_on: "2023-08-19T16:01:07Z".to_owned(),
        settings: AccountSettings {
            enforce_twofactor: true,
            abuse_contact_email: Some("abuse@example.com".to_owned()),
        },
        managed_by: None,
    }
}

/// The person behind user tokens and the key: the first member, or a stranger in an empty account.
pub(crate) fn user(members: &[Member]) -> User {
    let first = members.first().map(|member| &member.person);
    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
    User {
        id: first.map_or_else(|| stable_id("nobody"), |person| person.user_id.clone()),
        email: first.map_or_else(|| "nobody@example.com".to_owned(), |person| person.email.clone()),
        first_name: name(first.and_then(|person| person.first_name.as_ref())),
        last_name: name(first.and_then(|person| person.last_name.as_ref())),
        two_factor: first.is_some_and(|person| person.two_factor),
    }
}
