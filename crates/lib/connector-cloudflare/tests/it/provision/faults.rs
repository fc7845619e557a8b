//! Every fault at every request of every operation: done, or not done and said so; a repeat finishes it.

use cloudflare_sim::{Fault, Options, When};
use connector::{Changed, ConnectorError, DeleteRequest, Effect, Mode, Provisioner};
use connector_cloudflare::CloudflareConnector;

use super::world::{GROUP, World, rules, state};

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
    let transient = [
        Fault::status(500),
        Fault::edge(),
        Fault::Reset,
        Fault::Garbage,
        Fault::Empty,
    ];
    let both = transient.into_iter().flat_map(|fault| [(fault.clone(), false), (fault, true)]);
    both.chain([
        (Fault::Truncated, true),
        (Fault::status(403), false),
        (Fault::status(429), false),
        (Fault::status(400), false),
    ])
    .collect()
}

/// One fault at one request. `None` when the operation has no such request.
async fn with_fault(operation: Operation, request: u64, fault: Fault, after_effect: bool, times: u64) -> Option<()> {
    let case = format!("{operation:?}, request {request}, {fault:?} (after effect: {after_effect}) x {times}");
    let world = World::of(state(), rules(), Options::unlimited()).await;
    let reference = World::of(state(), rules(), Options::unlimited()).await;
    let quiet = reference.sim.journal().len();
    run(operation, &reference, &reference.connector).await.unwrap();
    let requests = (reference.sim.journal().len() - quiet) as u64;
    if request > requests {
        return None;
    }
    let before = world.picture();
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
    let (now, done) = (world.picture(), reference.picture());
    match &end {
        Ok(changed) => {
            assert_eq!(now, done, "{case}: said to be done");
            assert_eq!(changed.effect, Effect::Made, "{case}");
        }
        Err(error) if error.code == "outcome-unknown" => {
            assert!(now == before || now == done, "{case}: {:?}", before.difference(&now));
        }
        Err(_) => assert_eq!(now, before, "{case}: said not to be done"),
    }
    // A repeat, of the same process or of a new one, finishes it.
    run(operation, &world, &world.connector).await.unwrap_or_else(|error| panic!("{case}: {error:?}"));
    assert_eq!(world.picture(), done, "{case}: after a repeat");
    let again = run(operation, &world, &world.anew(rules())).await.unwrap();
    assert_eq!((again.effect, world.picture()), (Effect::AlreadySo, done), "{case}: after another");
    Some(())
}

async fn sweep(operation: Operation, times: u64) -> usize {
    let cases = (1..=9).flat_map(|request| faults().into_iter().map(move |fault| (request, fault)));
    let runs = cases.map(|(request, (fault, after_effect))| {
        tokio::spawn(with_fault(operation, request, fault, after_effect, times))
    });
    let mut tried = 0;
    for run in runs.collect::<Vec<_>>() {
        tried += usize::from(run.await.unwrap().is_some());
    }
    tried
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_at_every_request() {
    for operation in OPERATIONS {
        assert!(sweep(operation, 1).await >= 3 * faults().len(), "{operation:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_that_stay_for_some_requests() {
    for operation in OPERATIONS {
        assert!(sweep(operation, 6).await >= 3 * faults().len(), "{operation:?}");
    }
}
