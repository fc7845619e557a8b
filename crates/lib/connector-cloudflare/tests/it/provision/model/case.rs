//! One sequence of operations: an account, and what it should be.

use std::collections::{BTreeMap, BTreeSet};

use cloudflare::AccountId;
use cloudflare_sim::State;
use cloudflare_sim::state::GroupMembership;
use connector::{AccessRequest, AccountRequest, DeleteRequest, Mode, Provisioner};
use connector_cloudflare::{CloudflareConnector, Rules};
use model::{Profile, ProfileValue, Resource};

use super::super::world::{self, by_local, word};
use super::access::{Access, Membership, local};
use super::{Act, KEEPERS, Operation, Setting, World};
use crate::support::{File, client, sync};

/// One Super Administrator, `self`, and a group that makes more of them.
pub(super) fn beginning() -> State {
    let mut state = world::state();
    for member in &mut state.members {
        let is_spare = member.person.email != "self@example.com";
        member
            .policies
            .retain(|policy| !(is_spare && policy.gives_super_administrator()));
    }
    while let Some(index) = state.members.iter().position(|member| member.policies.is_empty()) {
        state.remove_member(index);
    }
    let power = by_local(&state, "self").policies[0].clone();
    let group = state.user_groups.last_mut().unwrap();
    KEEPERS.clone_into(&mut group.name);
    group.policies.push(power);
    for member in &mut state.members {
        for policy in &mut member.policies {
            policy.extra.clear();
        }
    }
    state
}

/// Makes somebody a Super Administrator through the group.
fn keep(state: &mut State, local: &str) {
    let member_id = by_local(state, local).id.clone();
    let created_at = "2026-09-01T00:00:00Z".to_owned();
    let group = state.user_groups.last_mut().unwrap();
    group.members.push(GroupMembership {
        member_id,
        created_at,
    });
}

/// A case under way: the account, and what should be.
pub(super) struct Case<'a> {
    world: &'a World,
    connector: CloudflareConnector,
    setting: Setting,
    /// People as the account named them when it was last read, and what they were then.
    records: BTreeMap<String, (Resource, Membership)>,
    /// User ids by address.
    users: BTreeMap<String, String>,
    access: Access,
    /// What no operation here touches.
    rest: BTreeSet<String>,
}

impl<'a> Case<'a> {
    pub(super) fn new(world: &'a World, setting: Setting) -> Self {
        let token = if setting.owned {
            world.sim.account_token()
        } else {
            world.sim.token()
        };
        let (account, client) = (AccountId::new(world.sim.account_id()), client(&world.sim, &token));
        world
            .sim
            .change(|state| setting.keepers.iter().for_each(|local| keep(state, local)));
        let lines = world.lines();
        let access = Access::of(&lines);
        let mut case = Self {
            world,
            connector: CloudflareConnector::with_rules(client, account, setting.rules()),
            setting,
            records: BTreeMap::new(),
            users: world.sim.read(|state| {
                let people = state.members.iter().map(|member| &member.person);
                people
                    .map(|person| (person.email.clone(), person.user_id.clone()))
                    .collect()
            }),
            rest: lines.difference(&access.lines()).cloned().collect(),
            access,
        };
        case.name(&world.file);
        case
    }

    /// Takes over whom records name; who is gone stays as known before.
    fn name(&mut self, file: &File) {
        for record in ["user", "invitation"].map(|kind| file.of_type(kind)).concat() {
            let local = local(record.profile_text("email").unwrap()).to_owned();
            let membership = self.access.members[&local];
            self.records.insert(local, (record, membership));
        }
    }

    /// The word that should come out; the account becomes what it should be.
    pub(super) fn expect(&mut self, operation: &Operation) -> &'static str {
        let nobody = Membership {
            number: 0,
            accepted: false,
        };
        let record = self.records.get(operation.local);
        let named = record.map_or(nobody, |(_, named)| *named);
        match self.setting.after(&self.access, operation, named) {
            Err(code) => code,
            Ok(None) => "already so",
            Ok(Some(_)) if operation.mode == Mode::DryRun => "planned",
            Ok(Some(after)) => {
                self.access = after;
                "made"
            }
        }
    }

    /// What comes out, in a word.
    pub(super) async fn run(&mut self, operation: &Operation) -> String {
        let (mode, local, connector) = (operation.mode, operation.local, &self.connector);
        match &operation.act {
            Act::Grant(title) => word(&connector.grant(&self.request(title, operation)).await),
            Act::Revoke(title) => word(&connector.revoke(&self.request(title, operation)).await),
            Act::Remove => {
                let resource = self.records[local].0.id.clone();
                word(&connector.delete(&DeleteRequest { resource, mode }).await)
            }
            Act::Invite(titles) => {
                let account = connector.create_account(&invitation(local, titles, mode)).await;
                word(&account.map(|account| account.changed))
            }
            Act::Accept => self.accept(local),
            Act::Read | Act::Lose(_) => {
                let file = sync(connector).await.unwrap();
                self.name(&file);
                "already so".to_owned()
            }
        }
    }

    /// Whoever comes back is the same user as before.
    fn accept(&mut self, local: &str) -> String {
        let email = format!("{local}@example.com");
        let users = &mut self.users;
        self.world.sim.change(|state| {
            let mut members = state.members.iter();
            if let Some(index) = members.position(|member| member.person.email == email) {
                let user = &mut state.members[index].person.user_id;
                user.clone_from(users.entry(email).or_insert_with(|| user.clone()));
                state.accept_member(index);
            }
        });
        let members = &mut self.access.members;
        members
            .entry(local.to_owned())
            .and_modify(|member| member.accepted = true);
        "already so".to_owned()
    }

    fn request(&self, title: &str, operation: &Operation) -> AccessRequest {
        AccessRequest {
            entitlement: self.world.entitlement(title),
            principal: self.records[operation.local].0.clone(),
            mode: operation.mode,
        }
    }

    /// The operation as it can be asked for now, if it can: with a record, and something to lose.
    pub(super) fn now(&self, operation: &Operation) -> Option<Operation> {
        let Operation { local, act, mode } = operation.clone();
        let held = self.access.held.iter().filter(|(_, holder)| holder == local);
        let held: Vec<_> = held.map(|(title, _)| title).collect();
        let act = match act {
            Act::Lose(_) if held.is_empty() => return None,
            Act::Lose(index) => Act::Revoke(held[index.index(held.len())].clone()),
            act => act,
        };
        let needs_none = matches!(act, Act::Invite(_) | Act::Accept | Act::Read);
        let can_ask = needs_none || self.records.contains_key(local);
        can_ask.then_some(Operation { local, act, mode })
    }

    /// What is there and should not be, or the other way round.
    pub(super) fn wrong(&self) -> Vec<String> {
        let should: BTreeSet<String> = self.rest.union(&self.access.lines()).cloned().collect();
        let wrong = self.world.lines();
        wrong.symmetric_difference(&should).cloned().collect()
    }
}

fn invitation(local: &str, titles: &[&str], mode: Mode) -> AccountRequest {
    let texts = |scoped: bool| {
        ProfileValue::texts(
            titles
                .iter()
                .copied()
                .filter(|title| title.contains(" on ") == scoped),
        )
    };
    AccountRequest {
        email: format!("{local}@example.com"),
        login: String::new(),
        profile: Profile::from([
            ("roles".to_owned(), texts(false)),
            ("policies".to_owned(), texts(true)),
        ]),
        mode,
    }
}

impl Setting {
    fn rules(&self) -> Rules {
        Rules {
            remove_member_on_last_role: self.remove_member_on_last_role,
            allow_one_super_administrator: self.allow_one_super_administrator,
            protected: self
                .protected
                .iter()
                .map(|local| format!("{local}@example.com"))
                .collect(),
            ..world::rules()
        }
    }
}
