//! Every fault at every request of every operation: done, or not done and said so; a repeat finishes it.

use std::sync::Arc;

use cloudflare_sim::state::Picture;
use cloudflare_sim::{Fault, When};
use connector::{Changed, ConnectorError, DeleteRequest, Effect, Mode, Provisioner};
use connector_cloudflare::CloudflareConnector;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::world::{GROUP, World, rules, state};
use crate::support::File;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Grant(&'static str, &'static str),
    Revoke(&'static str, &'static str),
    Remove(&'static str),
}

const OPERATIONS: [Operation; 9] = [
    Operation::Grant("Cache Purge", "roles"),
    Operation::Grant("Cache Purge", "both"),
    Operation::Revoke("Billing", "roles"),
    Operation::Revoke("Billing", "both"),
    Operation::Revoke("Super Administrator - All Privileges", "super"),
    Operation::Grant(GROUP, "roles"),
    Operation::Revoke(GROUP, "grouped"),
    Operation::Remove("scoped"),
    Operation::Remove("null"),
];

async fn run(
    operation: Operation,
    world: &World,
    connector: &CloudflareConnector,
) -> Result<Changed, ConnectorError> {
    match operation {
        Operation::Grant(title, local) => connector.grant(&world.request(title, local, Mode::Make)).await,
        Operation::Revoke(title, local) => connector.revoke(&world.request(title, local, Mode::Make)).await,
        Operation::Remove(local) => {
            let resource = world.principal(local).id;
            let mode = Mode::Make;
            connector.delete(&DeleteRequest { resource, mode }).await
        }
    }
}

fn faults() -> Vec<(Fault, bool)> {
    let throttled = Fault::Status {
        status: 429,
        code: 10000,
        message: "More than 1200 requests per 300 seconds reached".to_owned(),
        retry_after: Some(1),
    };
    let transient = [
        Fault::status(500),
        Fault::edge(),
        Fault::Reset,
        Fault::Garbage,
        Fault::Empty,
    ];
    let both = transient
        .into_iter()
        .flat_map(|fault| [(fault.clone(), false), (fault, true)]);
    both.chain([
        (Fault::Truncated, true),
        (Fault::status(403), false),
        (throttled, false),
        (Fault::status(400), false),
    ])
    .collect()
}

/// How an operation ends when nothing goes wrong.
struct Reference {
    operation: Operation,
    file: File,
    before: Picture,
    done: Picture,
    requests: u64,
}

impl Reference {
    async fn of(operation: Operation) -> Self {
        let world = World::new().await;
        let (before, quiet) = (world.picture(), world.sim.journal().len());
        run(operation, &world, &world.anew(rules())).await.unwrap();
        Self {
            operation,
            before,
            done: world.picture(),
            requests: (world.sim.journal().len() - quiet) as u64,
            file: world.file,
        }
    }

    /// The operation with a fault at some of its requests.
    async fn with(&self, request: u64, times: u64, (fault, after_effect): (Fault, bool)) {
        let operation = self.operation;
        let case =
            format!("{operation:?}, request {request} x {times}, {fault:?}, after effect: {after_effect}");
        let world = World::like(self.file.clone(), state()).await;
        for nth in request..request + times {
            let when = When::call(nth);
            if after_effect {
                world.sim.faults().add_after_effect(when, fault.clone());
            } else {
                world.sim.faults().add(when, fault.clone());
            }
        }
        let end = run(operation, &world, &world.connector).await;
        world.sim.faults().clear();
        let now = world.picture();
        match &end {
            Ok(changed) => {
                assert_eq!(now, self.done, "{case}: said to be done");
                assert_eq!(changed.effect, Effect::Made, "{case}");
            }
            Err(error) if error.code == "outcome-unknown" => {
                assert!(now == self.before || now == self.done, "{case}");
            }
            Err(error) => assert_eq!(now, self.before, "{case}: said not to be done: {error:?}"),
        }
        let repeat = run(operation, &world, &world.connector).await;
        assert!(repeat.is_ok(), "{case}: {repeat:?}");
        assert_eq!(world.picture(), self.done, "{case}: after a repeat");
        let again = run(operation, &world, &world.anew(rules())).await.unwrap();
        assert_eq!(again.effect, Effect::AlreadySo, "{case}: after another");
        assert_eq!(world.picture(), self.done, "{case}: after another");
    }
}

/// How many runs are under way at the same time.
const AT_ONCE: usize = 24;

async fn sweep(operation: Operation, times: u64) {
    let reference = Arc::new(Reference::of(operation).await);
    assert!(reference.requests >= 3, "{operation:?}");
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut runs = JoinSet::new();
    for request in 1..=reference.requests {
        for fault in faults() {
            let (reference, permits) = (Arc::clone(&reference), Arc::clone(&permits));
            runs.spawn(async move {
                let _permit = permits.acquire().await.unwrap();
                reference.with(request, times, fault).await;
            });
        }
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_at_every_request() {
    for operation in OPERATIONS {
        sweep(operation, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_that_stay_for_some_requests() {
    for operation in OPERATIONS {
        sweep(operation, 5).await;
    }
}
