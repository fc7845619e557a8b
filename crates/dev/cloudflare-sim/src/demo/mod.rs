//! "Example Retail": the small company of the demo, invented person by person.
//!
//! The tables beside this file are the account; dates are counted back from the moment of asking, so the
//! demo never grows old.

mod events;
mod members;
mod places;
mod policies;
mod story;
mod tokens;

use chrono::{DateTime, Duration, Utc};

use crate::{
    catalogue,
    chance::Chance,
    spec::{access::access, account, credentials, timestamp},
    state::{
        Account, AccountSettings, Credential, Grants, GroupMembership, Member, ParentOrganization,
        PermissionGroup, State, Token, UserGroup,
    },
};
use policies::Policies;

pub use story::{Event, STORY};

use std::{collections::BTreeSet, sync::Arc};

/// Id of the demo's account.
const ACCOUNT: &str = "bd4a016a06b15839978fe790cd939c3e";
/// Name, age in days, policies, members.
const GROUPS: &str = include_str!("groups.tsv");

/// The account of Example Retail as it is at `now`.
pub fn example_retail(now: DateTime<Utc>) -> State {
    let account = example_account(now);
    let (zones, places) = places::places(now);
    let groups = permission_groups();
    let policies = Policies {
        groups: &groups,
        places: &places,
    };
    let members = members::members(&policies);
    let user = account::user(&members);
    let tokens = tokens::tokens(now);
    State {
        credentials: demo_credentials(&user.email, &tokens),
        expired_invitations: BTreeSet::new(),
        other_accounts: vec![account::other()],
        roles: groups.iter().filter_map(|group| group.role.clone()).collect(),
        user_groups: rows(GROUPS)
            .map(|row| user_group(now, &policies, &members, &row))
            .collect(),
        audit_log: events::entries(now, &account, &members),
        token_permission_groups: catalogue::token_permissions(),
        access: access(&account.name),
        resource_groups: places.all(),
        now,
        chance: Chance::new(1),
        permission_groups: groups,
        user_tokens: Vec::new(),
        account,
        user,
        members,
        tokens,
        zones,
    }
}

fn example_account(now: DateTime<Utc>) -> Account {
    Account {
        id: ACCOUNT.to_owned(),
        name: "Example Retail".to_owned(),
        kind: "enterprise".to_owned(),
        created_on: days_ago(now, 1600),
        settings: AccountSettings {
            enforce_twofactor: false,
            abuse_contact_email: Some("abuse@example.com".to_owned()),
        },
        managed_by: Some(ParentOrganization {
            parent_org_id: "eab43b4b22b8e79f24f4a60d100fa567".to_owned(),
            parent_org_name: "Example Group".to_owned(),
        }),
    }
}

fn permission_groups() -> Vec<Arc<PermissionGroup>> {
    let roles = catalogue::known_roles();
    roles
        .into_iter()
        .chain(catalogue::domain_roles())
        .chain([catalogue::worker_editor()])
        .collect()
}

/// The usual ways, and a token that may not read tokens: what a first attempt often has.
fn demo_credentials(email: &str, tokens: &[Token]) -> Vec<Credential> {
    let mut all = credentials(email, tokens);
    all.push(Credential::account_token(
        &id("narrow token"),
        "cfat_0000000000000000000000000000000000000000narrow0",
        Grants::only([
            "Account Settings Read",
            "Access: Organizations, Identity Providers, and Groups Read",
        ]),
    ));
    all
}

fn user_group(now: DateTime<Utc>, policies: &Policies<'_>, members: &[Member], row: &Row<'_>) -> UserGroup {
    let name = row.text(0);
    let made = row.number(1).unwrap_or_default();
    let addresses = row.text(3).split(' ').map(address);
    let found = addresses.filter_map(|email| members.iter().find(|m| m.person.email == email));
    UserGroup {
        id: id(&format!("group {name}")),
        created_on: days_ago(now, made),
        modified_on: days_ago(now, made / 2),
        policies: policies.parse(&format!("group {name}"), row.text(2)),
        members: found
            .map(|m| GroupMembership {
                member_id: m.id.clone(),
                created_at: days_ago(now, made / 2),
            })
            .collect(),
        name: name.to_owned(),
        managed_by_scim: false,
    }
}

fn address(local: &str) -> String {
    format!("{local}@example.com")
}

fn id(text: &str) -> String {
    catalogue::stable_id(&format!("demo {text}"))
}

fn days_ago(now: DateTime<Utc>, days: i64) -> String {
    timestamp(now - Duration::days(days))
}

/// A line of one of the tables.
struct Row<'a>(Vec<&'a str>);

fn rows(table: &'static str) -> impl Iterator<Item = Row<'static>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| Row(line.split('\t').collect()))
}

impl<'a> Row<'a> {
    fn text(&self, column: usize) -> &'a str {
        self.0.get(column).copied().unwrap_or_default()
    }

    /// Nothing for `-`.
    fn number(&self, column: usize) -> Option<i64> {
        self.text(column).parse().ok()
    }
}
