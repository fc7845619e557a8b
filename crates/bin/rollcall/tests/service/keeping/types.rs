//! A connector that is to read less: the next sync leaves it out, and nobody takes that for a loss.

use std::collections::BTreeSet;

use governance::access::{Snapshot, Verdict};
use governance::{Connector, SyncAsked, TaskId};
use model::ResourceTypeId;

use super::{actor, add_hosted, office};
use crate::world::World;

/// What people see once this sync is believed.
fn believed(world: &World, connector: &Connector, task: &TaskId) -> Snapshot {
    let (office, actor) = (office(world), actor());
    world.end_of(task);
    world.wait_until("the sync was looked at", || {
        let seen = world
            .runtime
            .block_on(office.seen(&actor, &connector.id))
            .unwrap();
        assert_eq!(seen.installation.held, None);
        seen.installation.counted.as_ref() == Some(task)
    });
    let snapshot = office.snapshot(&actor, &connector.id);
    world.runtime.block_on(snapshot).unwrap().unwrap()
}

fn types(snapshot: &Snapshot) -> BTreeSet<ResourceTypeId> {
    snapshot.types.iter().map(|one| one.of.id.clone()).collect()
}

#[test]
fn what_somebody_left_out_is_not_read_and_is_no_loss() {
    let world = World::new();
    let connector = add_hosted(&world, "Hosted");
    let (office, actor) = (office(&world), actor());
    let first = world
        .runtime
        .block_on(office.tasks(&actor, &connector.id, None, 1))
        .unwrap();
    let all = types(&believed(&world, &connector, &first[0].id));
    // What can be chosen from is what our connector reads.
    let readable = world
        .runtime
        .block_on(office.readable_types(&actor, &connector.id));
    let readable: BTreeSet<_> = readable.unwrap().into_iter().map(|one| one.id).collect();
    assert_eq!(all, readable);

    let (role, group) = (ResourceTypeId::from("role"), ResourceTypeId::from("user_group"));
    let mut wanted = all.clone();
    assert!(wanted.remove(&role) && wanted.remove(&group));
    let chosen = office.choose_types(&actor, &connector.id, Some(&wanted));
    world.runtime.block_on(chosen).unwrap();
    let sync = office.sync_now(&actor, &connector.id, task_service::sync_work);
    let SyncAsked::Now(task) = world.runtime.block_on(sync).unwrap() else {
        panic!("another sync is on its way");
    };
    let less = believed(&world, &connector, &task.id);
    let of = |id: &ResourceTypeId| less.types.iter().find(|one| one.of.id == *id);
    for id in [&role, &group] {
        assert!(
            of(id).is_none_or(|one| one.resources + one.grants == 0),
            "{less:?}"
        );
    }
    assert!(
        of(&"user".into()).is_some_and(|one| one.resources > 0),
        "{less:?}"
    );
    let run = office.run(&actor, &connector.id, &task.id);
    let run = world.runtime.block_on(run).unwrap();
    assert_eq!(run.task.work.types, wanted);
    let changes = run.changes.unwrap();
    assert_eq!(changes.verdict, Verdict::Believed);
    assert!(changes.counts.in_way(governance::access::Way::Removed) > 10);
}
