//! An account with one member of every shape, and the records that a sync makes of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cloudflare::{AccountId, Client};
use cloudflare_sim::state::{
    AddressPlace, Effect, GroupMembership, Member, MemberStatus, PendingForm, PermissionGroup, Person,
    Picture, Policy, ResourceGroup, State,
};
use cloudflare_sim::{Options, Running, Spec};
use connector::{AccessRequest, Changed, ConnectorError, Effect as End, Mode, Provisioner};
use connector_cloudflare::{CloudflareConnector, Rules};
use model::{Entitlement, Resource};

use crate::support::{File, client, simulate_with, sync};

/// Everybody: the local part of the address says what the member is.
pub(crate) const EVERYBODY: [&str; 12] = [
    "roles",
    "one-role",
    "scoped",
    "one-scope",
    "both",
    "cross",
    "grouped",
    "super",
    "self",
    "null",
    "zeros",
    "absent",
];

/// The group that everybody may join.
pub(crate) const GROUP: &str = "Night watch";

/// A group that may do everything where a test says so.
pub(crate) const KEEPERS: &str = "Keepers";

/// Quick, and kind to nobody.
pub(crate) fn rules() -> Rules {
    Rules {
        pause: Duration::from_millis(2),
        ..Rules::default()
    }
}

/// A running account, a connector for it, and what a sync wrote about it.
pub(crate) struct World {
    pub(crate) sim: Running,
    client: Client,
    pub(crate) connector: Arc<CloudflareConnector>,
    pub(crate) file: File,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(rules(), Options::unlimited()).await
    }

    pub(crate) async fn with(rules: Rules, options: Options) -> Self {
        Self::of(state(), rules, options).await
    }

    /// The account as this state has it. The credential is a token of the user `self@example.com`.
    pub(crate) async fn of(state: State, rules: Rules, options: Options) -> Self {
        let sim = simulate_with(state, options).await;
        let account = AccountId::new(sim.account_id());
        let client = client(&sim, &sim.token());
        let connector = CloudflareConnector::with_rules(client.clone(), account, rules);
        let file = sync(&connector).await.unwrap();
        Self {
            sim,
            client,
            connector: Arc::new(connector),
            file,
        }
    }

    /// An account that is like the one `file` was made of, without reading it again.
    pub(crate) async fn like(file: File, state: State) -> Self {
        let sim = simulate_with(state, Options::unlimited()).await;
        let account = AccountId::new(sim.account_id());
        let client = client(&sim, &sim.token());
        let connector = CloudflareConnector::with_rules(client.clone(), account, rules());
        Self {
            sim,
            client,
            connector: Arc::new(connector),
            file,
        }
    }

    /// The same account, with a new connector: as after a restart of the program.
    pub(crate) fn anew(&self, rules: Rules) -> CloudflareConnector {
        let account = AccountId::new(self.sim.account_id());
        CloudflareConnector::with_rules(self.client.clone(), account, rules)
    }

    pub(crate) fn picture(&self) -> Picture {
        self.sim.picture()
    }

    /// The picture's lines.
    pub(crate) fn lines(&self) -> BTreeSet<String> {
        self.picture().to_string().lines().map(str::to_owned).collect()
    }

    /// The person or invitation with this address.
    pub(crate) fn principal(&self, local: &str) -> Resource {
        let email = format!("{local}@example.com");
        let rows = self.file.rows();
        let mut people = rows.resources.values();
        people
            .find(|resource| resource.profile_text("email") == Some(&email))
            .unwrap_or_else(|| panic!("nobody is {email}"))
            .clone()
    }

    /// The entitlement with this title.
    pub(crate) fn entitlement(&self, title: &str) -> Entitlement {
        let rows = self.file.rows();
        let titles = [
            title.to_owned(),
            format!("{title} Member Role"),
            format!("{title} Group Member"),
        ];
        let mut all = rows.entitlements.values();
        all.find(|entitlement| titles.contains(&entitlement.display_name))
            .unwrap_or_else(|| panic!("there is no entitlement {title}"))
            .clone()
    }

    pub(crate) fn request(&self, title: &str, local: &str, mode: Mode) -> AccessRequest {
        AccessRequest {
            entitlement: self.entitlement(title),
            principal: self.principal(local),
            mode,
        }
    }

    pub(crate) async fn grant(&self, title: &str, local: &str) -> Result<Changed, ConnectorError> {
        self.connector
            .grant(&self.request(title, local, Mode::Make))
            .await
    }

    pub(crate) async fn revoke(&self, title: &str, local: &str) -> Result<Changed, ConnectorError> {
        self.connector
            .revoke(&self.request(title, local, Mode::Make))
            .await
    }

    /// The member's id, read from the account itself.
    pub(crate) fn member_id(&self, local: &str) -> String {
        self.sim.read(|state| by_local(state, local).id.clone())
    }
}

/// `made`, `already so`, `planned`, or the code of the error.
pub(crate) fn word(end: &Result<Changed, ConnectorError>) -> String {
    match end {
        Ok(changed) => match changed.effect {
            End::Made => "made",
            End::AlreadySo => "already so",
            End::Planned => "planned",
        },
        Err(error) => error.code,
    }
    .to_owned()
}

/// What a person reads, without the number of the exchange.
pub(crate) fn said(error: &ConnectorError) -> String {
    let (before, after) = error.message.split_once(", ray ").unwrap_or((&error.message, ""));
    let after = after.split_once(')').map_or("", |(_, rest)| rest);
    let closing = if before.len() < error.message.len() {
        ")"
    } else {
        ""
    };
    format!("{}\n{before}{closing}{after}\n{}", error.code, error.hint)
}

/// How the picture of an account says that somebody holds what has this title, or is in this group.
pub(crate) fn line(title: &str, local: &str) -> String {
    let (access, held) = title
        .strip_prefix("Denied: ")
        .map_or(("allow", title), |held| ("deny", held));
    match title {
        GROUP | KEEPERS => format!("group {title}: has {local}@example.com"),
        _ => format!(
            "member {local}@example.com: {access} {}",
            held.replace(" on ", " @ ")
        ),
    }
}

pub(crate) fn by_local<'a>(state: &'a State, local: &str) -> &'a Member {
    let email = format!("{local}@example.com");
    let mut members = state.members.iter();
    members.find(|member| member.person.email == email).unwrap()
}

/// Two more Super Administrators than Cloudflare's own two, so that each can be spared.
pub(crate) fn state() -> State {
    let spec = Spec {
        members: 3,
        roles: 14,
        permission_groups: 30,
        user_groups: 2,
        group_members: 1,
        ..Spec::default()
    };
    let mut state = spec.build();
    for local in EVERYBODY {
        let member = member(&state, local);
        state.members.push(member);
    }
    let own = by_local(&state, "self").person.clone();
    state.user.id = own.user_id;
    state.user.email = own.email;
    let grouped = by_local(&state, "grouped").id.clone();
    let group = state.user_groups.first_mut().unwrap();
    GROUP.clone_into(&mut group.name);
    group.members.push(GroupMembership {
        member_id: grouped,
        created_at: "2026-09-01T00:00:00Z".to_owned(),
    });
    state
}

fn member(state: &State, local: &str) -> Member {
    let person = Person {
        user_id: invented(state, &format!("user {local}")),
        email: format!("{local}@example.com"),
        first_name: None,
        last_name: None,
        two_factor: true,
    };
    let status = match local {
        "null" => MemberStatus::Pending(PendingForm::Null, AddressPlace::Both),
        "zeros" => MemberStatus::Pending(PendingForm::Zeros, AddressPlace::TopLevel),
        "absent" => MemberStatus::Pending(PendingForm::Absent, AddressPlace::User),
        _ => MemberStatus::Accepted,
    };
    let id = invented(state, &format!("member {local}"));
    Member::new(id, person, status, policies(state, local))
}

/// What a member of that shape holds.
fn policies(state: &State, local: &str) -> Vec<Policy> {
    let allow = |groups: &[&str], places: &[usize]| policy(state, local, Effect::Allow, groups, places);
    match local {
        "roles" | "null" => vec![allow(&["Billing"], &[0]), allow(&["DNS"], &[0])],
        "one-role" | "zeros" | "absent" => vec![allow(&["Billing"], &[0])],
        "scoped" => vec![allow(&["Domain DNS"], &[1]), allow(&["Domain Page Shield"], &[2])],
        "one-scope" => vec![allow(&["Domain DNS"], &[1])],
        "both" => {
            let mut odd = policy(state, local, Effect::Deny, &["Domain API Gateway"], &[2]);
            odd.extra
                .insert("later".to_owned(), serde_json::json!({ "kept": [1, null] }));
            vec![
                allow(&["Billing", "Analytics"], &[0]),
                allow(&["Domain DNS"], &[1, 2]),
                odd,
            ]
        }
        "cross" => vec![allow(&["Domain DNS", "Domain Page Shield"], &[1, 2])],
        "grouped" => vec![allow(&["Analytics"], &[0])],
        _ => vec![
            allow(&["Super Administrator - All Privileges"], &[0]),
            allow(&["Billing"], &[0]),
        ],
    }
}

fn policy(state: &State, local: &str, access: Effect, groups: &[&str], places: &[usize]) -> Policy {
    let find = |name: &&str| {
        let mut all = state.permission_groups.iter();
        let found = all.find(|group: &&Arc<PermissionGroup>| group.name == *name);
        found.unwrap_or_else(|| panic!("there is no {name}")).clone()
    };
    let place = |index: &usize| -> Arc<ResourceGroup> { state.resource_groups[*index].clone() };
    let id = invented(state, &format!("policy {local} {access:?} {groups:?} {places:?}"));
    Policy::new(
        id,
        access,
        groups.iter().map(find).collect(),
        places.iter().map(place).collect(),
    )
}

/// 32 hex characters that are the same every time.
fn invented(state: &State, text: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, text, &state.account.id).hash(&mut hasher);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(1), half(2))
}
