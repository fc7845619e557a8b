//! Whatever is asked for in whatever order: the account becomes what plain sets say, and each answer is theirs.

mod access;
mod case;

use std::cell::RefCell;
use std::collections::BTreeSet;

use cloudflare_sim::{Options, State};
use connector::Mode;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use tokio::runtime::{Builder, Runtime};

use super::world::{self, GROUP, KEEPERS, World};
use case::Case;

const SUPER: &str = "Super Administrator - All Privileges";
const DNS: &str = "Domain DNS on Production domains";
const DENIED: &str = "Denied: Domain API Gateway on Staging domains";

const PEOPLE: [&str; 10] = [
    "roles",
    "one-role",
    "one-scope",
    "both",
    "grouped",
    "super",
    "self",
    "null",
    "absent",
    "newcomer",
];

/// Those who change what they are: invited, accepting, removed.
const MOVERS: [&str; 5] = ["super", "one-role", "null", "absent", "newcomer"];

const TITLES: [&str; 8] = [
    SUPER,
    KEEPERS,
    KEEPERS,
    GROUP,
    "Billing",
    "Cache Purge",
    DNS,
    DENIED,
];

/// All answers that there are.
const WORDS: [&str; 12] = [
    "already so",
    "denial-not-granted",
    "invitation-accepted",
    "last-but-one-super-administrator",
    "last-role",
    "last-super-administrator",
    "made",
    "member-pending",
    "member-protected",
    "no-such-member",
    "own-identity",
    "planned",
];

#[derive(Clone, Debug)]
enum Act {
    Grant(String),
    Revoke(String),
    /// To take something that the person holds then.
    Lose(Index),
    Remove,
    Invite(Vec<&'static str>),
    /// The person accepts the invitation.
    Accept,
    /// The account is read again: what is asked for next names people as they are now.
    Read,
}

#[derive(Clone, Debug)]
struct Operation {
    local: &'static str,
    act: Act,
    mode: Mode,
}

/// What a case begins with.
#[derive(Clone, Debug, Default)]
struct Setting {
    remove_member_on_last_role: bool,
    allow_one_super_administrator: bool,
    protected: Vec<&'static str>,
    /// Who else is a Super Administrator, through a group.
    keepers: Vec<&'static str>,
    /// Whether the credential is the account's; else it is the person's `self`.
    owned: bool,
}

fn operation() -> impl Strategy<Value = Operation> {
    let title = || select(TITLES.to_vec()).prop_map(str::to_owned);
    let offers = subsequence(vec![SUPER, "Billing", "Cache Purge", DNS], 1..=2);
    let change = prop_oneof![
        4 => title().prop_map(Act::Grant),
        1 => title().prop_map(Act::Revoke),
        6 => any::<Index>().prop_map(Act::Lose),
        1 => Just(Act::Remove),
    ];
    let moving = prop_oneof![
        2 => Just(Act::Remove),
        2 => offers.prop_map(Act::Invite),
        2 => Just(Act::Accept),
        1 => Just(Act::Read),
        2 => title().prop_map(Act::Grant),
        1 => any::<Index>().prop_map(Act::Lose),
    ];
    let asked = prop_oneof![
        3 => (select(PEOPLE.to_vec()), change),
        2 => (select(MOVERS.to_vec()), moving),
    ];
    let mode = prop_oneof![3 => Just(Mode::Make), 1 => Just(Mode::DryRun)];
    (asked, mode).prop_map(|((local, act), mode)| Operation { local, act, mode })
}

fn setting() -> impl Strategy<Value = Setting> {
    let protected = prop_oneof![2 => Just(Vec::new()), 1 => subsequence(PEOPLE.to_vec(), 1..=2)];
    let keepers = subsequence(vec!["super", "one-role", "self"], 0..=2);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>());
    (switches, protected, keepers).prop_map(|((remove, one, owned), protected, keepers)| Setting {
        remove_member_on_last_role: remove,
        allow_one_super_administrator: one,
        protected,
        keepers,
        owned,
    })
}

/// An account for many sequences, one after the other.
struct Ground {
    runtime: Runtime,
    world: World,
    fresh: State,
    /// Every answer that was met.
    words: RefCell<BTreeSet<&'static str>>,
}

impl Ground {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let world = runtime.block_on(World::of(case::beginning(), world::rules(), Options::unlimited()));
        let fresh = world.sim.read(State::clone);
        Self {
            runtime,
            world,
            fresh,
            words: RefCell::default(),
        }
    }

    /// Runs a sequence, and compares answers and account after each step.
    fn play(&self, setting: Setting, operations: &[Operation]) -> Result<(), TestCaseError> {
        self.world.sim.change(|state| state.clone_from(&self.fresh));
        self.runtime.block_on(async {
            let mut case = Case::new(&self.world, setting);
            for operation in operations {
                if let Some(operation) = case.now(operation) {
                    let expected = case.expect(&operation);
                    self.words.borrow_mut().insert(expected);
                    prop_assert_eq!(expected, case.run(&operation).await, "{:?}", operation);
                    prop_assert_eq!(case.wrong(), [""; 0], "{:?}", operation);
                }
            }
            Ok(())
        })
    }
}

#[test]
fn every_sequence_ends_as_plain_sets_say() {
    let config = ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    };
    let ground = Ground::new();
    let cases = (setting(), prop::collection::vec(operation(), 1..=12));
    let run = TestRunner::new(config).run(&cases, |(setting, operations)| ground.play(setting, &operations));
    run.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        ground.words.into_inner(),
        BTreeSet::from(WORDS),
        "every answer is met"
    );
}

/// Chance seldom comes this far: somebody left and came back, and the records are from before.
#[test]
fn who_came_back_is_found_by_an_old_record() {
    let ground = Ground::new();
    let act = |act, mode| Operation {
        local: "one-role",
        act,
        mode,
    };
    let mut operations: Vec<_> = [Act::Remove, Act::Invite(vec!["Billing"]), Act::Accept]
        .map(|moving| act(moving, Mode::Make))
        .into();
    for title in [GROUP, KEEPERS, "Cache Purge", DNS] {
        for change in [Act::Grant(title.to_owned()), Act::Revoke(title.to_owned())] {
            operations.extend([Mode::DryRun, Mode::Make, Mode::DryRun].map(|mode| act(change.clone(), mode)));
        }
    }
    let end = ground.play(Setting::default(), &operations);
    end.unwrap_or_else(|error| panic!("{error}"));
}
