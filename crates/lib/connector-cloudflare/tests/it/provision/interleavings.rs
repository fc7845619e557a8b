//! Changes of the same members at the same moment, in many orders.
//!
//! Tasks of one process lose nothing. Two processes can: a write that rests on a read from before somebody else's
//! change undoes that change, Cloudflare has nothing to prevent it, and neither of the two can see it. What is sure
//! between processes all the same is checked at every call in `race`.

mod gate;
mod race;

use std::collections::BTreeSet;
use std::sync::Arc;

use cloudflare_sim::State;
use connector::{AccessRequest, Changed, ConnectorError, Mode, Provisioner};
use connector_cloudflare::CloudflareConnector;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use super::world::{GROUP, World, line, rules, word};

/// Members, and what each of them keeps: whoever has nothing else left loses nothing.
const PEOPLE: [(&str, &str); 8] = [
    ("roles", "DNS"),
    ("one-role", "Billing"),
    ("scoped", "Domain DNS on Production domains"),
    ("one-scope", "Domain DNS on Production domains"),
    ("both", "Analytics"),
    ("cross", "Domain Page Shield on Staging domains"),
    ("grouped", "Analytics"),
    ("super", "Billing"),
];

const THINGS: [&str; 13] = [
    "Administrator",
    "Analytics",
    "Billing",
    "Cache Purge",
    "DNS",
    "Super Administrator - All Privileges",
    "Domain DNS on Production domains",
    "Domain DNS on Staging domains",
    "Domain Page Shield on Production domains",
    "Domain Page Shield on Staging domains",
    "Domain Waiting Room Read on Production domains",
    "Denied: Domain API Gateway on Staging domains",
    GROUP,
];

/// One thing that is given to somebody or taken; no two of a run are about the same.
#[derive(Clone, Debug)]
struct Operation {
    local: &'static str,
    title: &'static str,
    gives: bool,
    /// How many other things happen before it begins.
    patience: usize,
}

impl Operation {
    fn is_so(&self, lines: &BTreeSet<String>) -> bool {
        lines.iter().any(|held| self.is_about(held)) == self.gives
    }

    fn make_so(&self, lines: &mut BTreeSet<String>) {
        if !self.is_so(lines) {
            lines.retain(|held| !self.is_about(held));
            lines.extend(self.gives.then(|| line(self.title, self.local)));
        }
    }

    /// Whether a line says that it is held, whatever else its policy carries.
    fn is_about(&self, held: &str) -> bool {
        let rest = held.strip_prefix(&line(self.title, self.local));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" with "))
    }

    fn request(&self, world: &World) -> AccessRequest {
        world.request(self.title, self.local, Mode::Make)
    }
}

/// What belongs to a seed: operations, most of which change something, and an order of turns.
fn chosen(seed: u64, start: &BTreeSet<String>) -> (Vec<Operation>, Vec<Index>) {
    let config = ProptestConfig {
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let details = (prop::bool::weighted(0.8), 0..24_usize);
    let operations = subsequence(PEOPLE.to_vec(), 1..=2).prop_flat_map(|people| {
        let titles = |(local, kept)| {
            THINGS
                .into_iter()
                .filter(move |title| *title != kept)
                .map(move |title| (local, title))
        };
        subsequence(people.into_iter().flat_map(titles).collect::<Vec<_>>(), 2..=6).prop_shuffle()
    });
    let strategy = (
        operations,
        prop::collection::vec(details, 6),
        prop::collection::vec(any::<Index>(), 64),
    );
    let tree = strategy.new_tree(&mut TestRunner::new(config)).unwrap();
    let (operations, details, turns) = tree.current();
    let operations = operations
        .into_iter()
        .zip(details)
        .map(|((local, title), (changes, patience))| {
            let mut operation = Operation {
                local,
                title,
                gives: true,
                patience,
            };
            // Nobody is given a denial.
            operation.gives = operation.is_so(start) != changes && !operation.title.starts_with("Denied: ");
            operation
        });
    (operations.collect(), turns)
}

/// Gives or takes.
async fn run(
    connector: Arc<CloudflareConnector>,
    request: AccessRequest,
    gives: bool,
) -> Result<Changed, ConnectorError> {
    if gives {
        connector.grant(&request).await
    } else {
        connector.revoke(&request).await
    }
}

#[tokio::test]
async fn tasks_of_one_process_lose_nothing() {
    let world = World::new().await;
    let (fresh, start) = (world.sim.read(State::clone), world.lines());
    for seed in 0..1000 {
        world.sim.change(|state| state.clone_from(&fresh));
        let connector = Arc::new(world.anew(rules()));
        let (operations, _) = chosen(seed, &start);
        let tasks = operations.iter().map(|operation| {
            let work = run(Arc::clone(&connector), operation.request(&world), operation.gives);
            let patience = operation.patience;
            tokio::spawn(async move {
                for _ in 0..patience {
                    tokio::task::yield_now().await;
                }
                work.await
            })
        });
        let mut expected = start.clone();
        for (operation, task) in operations.iter().zip(tasks.collect::<Vec<_>>()) {
            let wanted = if operation.is_so(&start) {
                "already so"
            } else {
                "made"
            };
            let end = task.await.unwrap();
            assert_eq!(
                word(&end),
                wanted,
                "seed {seed}: {operation:?} of {operations:?}: {end:?}"
            );
            operation.make_so(&mut expected);
        }
        let wrong: Vec<_> = world.lines().symmetric_difference(&expected).cloned().collect();
        assert_eq!(wrong, [""; 0], "seed {seed}: {operations:?}");
    }
}
