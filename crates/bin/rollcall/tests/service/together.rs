//! Several instances of one connector on one credential.

use std::collections::HashMap;

use cloudflare_sim::Options;
use governance::{End, TaskId};
use proto::baton_service_v1::task::{ActionListSchemasTask, TaskType};

use crate::world::World;

const TASKS: usize = 60;

fn small_work() -> governance::Work {
    task_service::work(
        TaskType::ActionListSchemas(ActionListSchemasTask::default()),
        false,
    )
    .unwrap()
}

/// Which instance ended each task.
fn done_by(world: &World, tasks: &[TaskId], logs: [&str; 2]) -> HashMap<String, Vec<usize>> {
    let mut by: HashMap<String, Vec<usize>> = HashMap::new();
    for id in tasks {
        let governance::TaskState::Finished {
            by: Some(attempt), ..
        } = world.task(id).state
        else {
            panic!("{id} has not ended")
        };
        let starts = |log: &&str| {
            log.lines()
                .filter(|line| line.contains(attempt.as_str()) && line.contains("task begun"))
                .count()
        };
        by.insert(attempt.to_string(), logs.iter().map(starts).collect());
    }
    by
}

#[test]
fn two_instances_share_the_work_and_never_do_one_task_both() {
    let world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    let (one, two) = (
        world.connect(&credential, "one"),
        world.connect(&credential, "two"),
    );
    let tasks: Vec<TaskId> = (0..TASKS)
        .map(|_| world.ask(&connector.id, small_work()))
        .collect();
    for task in &tasks {
        assert!(matches!(world.end_of(task), End::Succeeded(_)));
        assert_eq!(world.task(task).tries, 1);
    }
    let by = done_by(&world, &tasks, [&one.said(), &two.said()]);
    assert_eq!(by.len(), TASKS);
    for (attempt, times) in &by {
        assert_eq!(times.iter().sum::<usize>(), 1, "{attempt}: {times:?}");
    }
    let share = by.values().filter(|times| times[0] == 1).count();
    assert!(share > 0 && share < TASKS, "one of them did everything: {share}");
}

/// The batched way of asking gives the same.
#[test]
fn tasks_can_be_taken_in_batches() {
    let world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    let _one = world.connect_in_batches(&credential, "one");
    let tasks: Vec<TaskId> = (0..TASKS)
        .map(|_| world.ask(&connector.id, small_work()))
        .collect();
    for task in &tasks {
        assert!(matches!(world.end_of(task), End::Succeeded(_)));
        assert_eq!(world.task(task).tries, 1);
    }
}

/// Two services on one PostgreSQL database are one to their connectors.
#[test]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
fn two_services_share_a_database() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fresh = runtime.block_on(testkit::postgres::Fresh::new());
    let now = "2026-10-01T00:00:00Z".parse().unwrap();
    let state = cloudflare_sim::demo::example_retail(now);
    let world = World::of(state, Options::unlimited(), Some(fresh.url()));
    let second = world.another_service();
    let (connector, credential) = world.add_connector("Cloudflare");
    let _one = world.connect(&credential, "one");
    let _two = world.connect_to(&credential, "two", second.1);
    let tasks: Vec<TaskId> = (0..TASKS)
        .map(|_| world.ask(&connector.id, small_work()))
        .collect();
    let sync = world.ask_sync(&connector.id);
    for task in tasks.iter().chain([&sync]) {
        assert!(matches!(world.end_of(task), End::Succeeded(_)));
        assert_eq!(world.task(task).tries, 1);
    }
}
