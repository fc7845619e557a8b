//! Two processes that take turns call by call.

use std::collections::BTreeSet;
use std::sync::Arc;

use cloudflare_sim::State;
use connector::{Changed, ConnectorError, Effect};

use super::gate::{Process, UnderWay};
use super::{GROUP, Operation, World, chosen, rules, run, word};

/// Something that was said to be so.
struct Said {
    operation: Operation,
    at: usize,
    stands: bool,
}

/// Two processes that take turns call by call, and what is sure between them:
///
/// - What an operation says is so when it says it: it has read it after its last write.
/// - It says what else it saw change since it read before.
/// - It is only undone by an operation of the other process that had read the member before.
/// - Asking again for what was undone makes it so.
struct Race<'a> {
    world: &'a World,
    seed: u64,
    now: usize,
    lines: BTreeSet<String>,
    said: Vec<Said>,
}

/// How often what happened.
#[derive(Debug, Default)]
struct Tally {
    undone: usize,
    reported: usize,
    noted: usize,
}

#[tokio::test]
async fn two_processes_say_what_is_so_and_undo_only_what_they_could_not_see() {
    let world = World::new().await;
    let (fresh, start) = (world.sim.read(State::clone), world.lines());
    let mut processes = [Process::new(&world), Process::new(&world)];
    let mut tally = Tally::default();
    for seed in 0..400 {
        world.sim.change(|state| state.clone_from(&fresh));
        let (operations, turns) = chosen(seed, &start);
        for (half, process) in processes.iter_mut().enumerate() {
            let operations = operations.iter().skip(half).step_by(2);
            process.restart(&world, operations.cloned().collect());
        }
        let mut race = Race {
            world: &world,
            seed,
            now: 0,
            lines: start.clone(),
            said: Vec::new(),
        };
        for turn in turns.iter().cycle() {
            let mut open: Vec<_> = processes.iter_mut().filter(|process| process.is_open()).collect();
            if open.is_empty() {
                break;
            }
            let process = open.swap_remove(turn.index(open.len()));
            race.step(process, &mut tally).await;
        }
        race.repeat(&start, &operations).await;
    }
    // Were nothing undone, more could be promised than is; were nothing told, the checks would be idle.
    assert!(
        tally.undone > 0 && tally.reported > 0 && tally.noted > 0,
        "{tally:?}"
    );
}

impl Race<'_> {
    /// Lets a process make its next call and come to the one after, or to the end of its operation.
    async fn step(&mut self, process: &mut Process, tally: &mut Tally) {
        self.now += 1;
        let UnderWay {
            operation,
            mut work,
            next,
            read_at,
        } = process.under_way(self.world).await;
        next.go.send(()).unwrap();
        let (end, following) = tokio::select! {
            end = &mut work => (Some(end.unwrap()), None),
            following = process.gate.recv() => (None, following),
        };
        if !next.is_read {
            self.written(&operation, read_at, tally);
        }
        if let Some(end) = &end {
            assert!(next.is_read, "seed {}: {operation:?}: {end:?}", self.seed);
            self.ended(&operation, end, tally);
        }
        let read_at = if next.is_read && next.is_of_member {
            self.now
        } else {
            read_at
        };
        process.under_way = following.map(|next| UnderWay {
            operation,
            work,
            next,
            read_at,
        });
    }

    fn written(&mut self, by: &Operation, read_at: usize, tally: &mut Tally) {
        self.lines = self.world.lines();
        for said in self
            .said
            .iter_mut()
            .filter(|said| said.stands && !said.operation.is_so(&self.lines))
        {
            said.stands = false;
            tally.undone += 1;
            assert!(
                read_at < said.at,
                "seed {}: {:?} undone by {by:?}",
                self.seed,
                said.operation
            );
        }
    }

    fn ended(&mut self, operation: &Operation, end: &Result<Changed, ConnectorError>, tally: &mut Tally) {
        let now = held(operation, &self.lines);
        let context = format!("seed {}: {operation:?}: {end:?}: {now:?}", self.seed);
        match word(end).as_str() {
            "contended" => return,
            "made" | "already so" => {}
            "lost-meanwhile" => tally.reported += 1,
            _ => panic!("{context}"),
        }
        assert!(operation.is_so(&self.lines), "{context}");
        if let Ok(changed) = end
            && changed.effect == Effect::Made
            && operation.title != GROUP
        {
            tally.noted += changed.notes.len();
            let told = changed
                .notes
                .iter()
                .map(|note| note.message.as_str())
                .collect::<String>();
            let after = titles(&changed.change.after);
            assert!(after.is_subset(&now), "{context}");
            assert!(
                now.difference(&after).all(|title| told.contains(title)),
                "{context}"
            );
        }
        let (operation, at) = (operation.clone(), self.now);
        self.said.push(Said {
            operation,
            at,
            stands: true,
        });
    }

    /// Asks for everything again, one after the other.
    async fn repeat(&self, start: &BTreeSet<String>, operations: &[Operation]) {
        let connector = Arc::new(self.world.anew(rules()));
        let mut expected = start.clone();
        for operation in operations {
            let request = operation.request(self.world);
            let end = run(Arc::clone(&connector), request, operation.gives).await;
            assert!(end.is_ok(), "seed {}: {operation:?}: {end:?}", self.seed);
            operation.make_so(&mut expected);
        }
        let wrong: Vec<_> = self
            .world
            .lines()
            .symmetric_difference(&expected)
            .cloned()
            .collect();
        assert_eq!(wrong, [""; 0], "seed {}: {operations:?}", self.seed);
    }
}

/// Titles as a change tells them, in one form.
fn titles(told: &[String]) -> BTreeSet<String> {
    told.iter()
        .map(|title| title.trim_end_matches(" on the whole account").to_owned())
        .collect()
}

/// What the member holds, as titles.
fn held(operation: &Operation, lines: &BTreeSet<String>) -> BTreeSet<String> {
    let member = format!("member {}@example.com: ", operation.local);
    let held = lines
        .iter()
        .filter_map(|line| line.strip_prefix(&member)?.split_once(' '));
    let titles = held.map(|(access, held)| {
        let held = held.split(" with ").next().unwrap().replace(" @ ", " on ");
        if access == "deny" {
            format!("Denied: {held}")
        } else {
            held
        }
    });
    titles.collect()
}
