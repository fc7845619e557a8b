//! Everything that can happen to either side and to the network between them: in the end every task has ended once.

use std::time::Duration;

use governance::{Connector, End, TaskId, TaskState};
use proto::baton_service_v1::task::{ActionListSchemasTask, TaskType};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::proxy::Network;
use crate::world::{Credential, Process, World};

/// What can happen.
#[derive(Clone, Copy, Debug)]
enum Event {
    KillService,
    KillConnector,
    StopConnector,
    Cut,
    Late,
    Slow,
}

const EVENTS: [Event; 6] = [
    Event::KillService,
    Event::KillConnector,
    Event::StopConnector,
    Event::Cut,
    Event::Late,
    Event::Slow,
];

struct Trouble {
    world: World,
    connector: Connector,
    credential: Credential,
    instances: [Option<Process>; 2],
}

const HOSTS: [&str; 2] = ["one", "two"];

impl Trouble {
    fn new() -> Self {
        let world = World::new();
        let (connector, credential) = world.add_connector("Cloudflare");
        let instances = HOSTS.map(|host| Some(world.connect(&credential, host)));
        Self {
            world,
            connector,
            credential,
            instances,
        }
    }

    fn befall(&mut self, event: Event, which: usize) {
        match event {
            Event::KillService => {
                self.world.kill_service();
                self.world.pause(Duration::from_millis(300));
                self.world.start_service();
            }
            Event::KillConnector => {
                if let Some(mut process) = self.instances[which].take() {
                    process.kill();
                }
                self.restart(which);
            }
            Event::StopConnector => {
                if let Some(process) = self.instances[which].take() {
                    assert_eq!(
                        process.stop(crate::world::PATIENCE),
                        Some(0),
                        "{}",
                        self.world.logs()
                    );
                }
                self.restart(which);
            }
            Event::Cut => self.weather(Network::Cut),
            Event::Late => self.weather(Network::Late(Duration::from_millis(100))),
            Event::Slow => self.weather(Network::Slow(20_000)),
        }
    }

    fn restart(&mut self, which: usize) {
        self.instances[which] = Some(self.world.connect(&self.credential, HOSTS[which]));
    }

    fn weather(&self, network: Network) {
        self.world.proxy.set(network);
        self.world.pause(Duration::from_millis(1500));
        self.world.proxy.set(Network::Good);
    }

    /// A task that may end in success only.
    fn check(&self, id: &TaskId) {
        let end = self.world.end_of(id);
        assert!(matches!(end, End::Succeeded(_)), "{end:?}\n{}", self.world.logs());
        let TaskState::Finished { by, .. } = self.world.task(id).state else {
            unreachable!()
        };
        assert!(by.is_some());
    }
}

fn trouble_with(seed: u64) {
    let mut trouble = Trouble::new();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let grants = trouble.world.sync_once("before.c1z").grants_to_make("Billing", 6);
    let before = trouble.world.sim.picture();
    let mut tasks = Vec::new();
    for grant in grants {
        let ask = |asked: TaskType| {
            let work = task_service::work(asked, false).unwrap();
            trouble.world.ask(&trouble.connector.id, work)
        };
        tasks.push(ask(TaskType::Grant(grant)));
        tasks.push(ask(TaskType::ActionListSchemas(ActionListSchemasTask::default())));
        if tasks.len() % 6 == 0 {
            tasks.push(trouble.world.ask_sync(&trouble.connector.id));
        }
        trouble
            .world
            .pause(Duration::from_millis(random.random_range(0..700)));
        let event = EVENTS[random.random_range(0..EVENTS.len())];
        trouble.befall(event, random.random_range(0..2));
    }
    for id in &tasks {
        trouble.check(id);
    }
    let changed = before.difference(&trouble.world.sim.picture());
    assert_eq!(changed.len(), 6, "each grant was made: {changed:?}");
    trouble.check_files();
}

impl Trouble {
    /// Every file that was kept is whole, and nothing else is left behind.
    fn check_files(&self) {
        let store = self.world.desk.store();
        let uploads = self
            .world
            .runtime
            .block_on(store.uploads(&self.connector.id, 100))
            .unwrap();
        assert!(!uploads.is_empty());
        for upload in uploads {
            let id = upload.id.as_str();
            self.world
                .say(&["files", "get", "Cloudflare", "--id", id, "--out", "kept.c1z"]);
            let reader = c1z::Reader::open(&self.world.path("kept.c1z"), &c1z::ReadOptions::default());
            let mut findings = Vec::new();
            c1z::check(&reader.unwrap(), |finding| findings.push(finding)).unwrap();
            assert_eq!(findings, [], "{id}");
        }
    }
}

#[test]
fn in_the_end_every_task_has_ended_once_a() {
    trouble_with(1);
}

#[test]
fn in_the_end_every_task_has_ended_once_b() {
    trouble_with(2);
}

#[test]
fn in_the_end_every_task_has_ended_once_c() {
    trouble_with(3);
}

/// A control plane that is away when the connector starts is waited for.
#[test]
fn a_connector_waits_for_an_absent_control_plane() {
    let mut world = World::new();
    let (connector, credential) = world.add_connector("Cloudflare");
    world.kill_service();
    let one = world.connect(&credential, "one");
    world.wait_until("it says what it waits for", || one.said().contains("hello"));
    world.pause(Duration::from_secs(2));
    world.start_service();
    let task = world.ask_sync(&connector.id);
    assert!(matches!(world.end_of(&task), End::Succeeded(_)));
    drop(one);
}
