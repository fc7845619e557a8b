//! A simulated executor: feeds with scripts, a file with commits, interruptions.

use std::collections::{BTreeMap, BTreeSet};

use connector::{Feed, FeedId, Owned};

use super::super::{Decision, Event, Origin, Rules, State};
use super::{note, reborn};

/// What a feed does, in order, whenever it is read.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Writes a row.
    Write(u8),
    /// Brings up a feed.
    Find(usize),
    /// Makes a remark.
    Say(u8),
    /// Starts again from the top; once in each attempt.
    Restart,
}

/// A feed and its script.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) feed: Feed,
    pub(super) steps: Vec<Step>,
}

/// What survives an interruption.
#[derive(Clone, Debug)]
struct Durable {
    state: State,
    rows: BTreeMap<FeedId, BTreeSet<u8>>,
    finished: Vec<FeedId>,
}

/// The executor.
#[derive(Debug)]
pub(super) struct World {
    scripts: Vec<Script>,
    rules: Rules,
    now: Durable,
    committed: Durable,
    /// Feeds being read: the next step, and whether this attempt restarted already.
    running: Vec<(usize, usize, bool)>,
    pub(super) expanding: bool,
    pub(super) sealed: bool,
}

impl World {
    /// A world in which the first `planned` feeds are the connector's plan.
    pub(super) fn new(scripts: Vec<Script>, planned: usize, rules: Rules) -> Self {
        let plan = scripts
            .iter()
            .take(planned)
            .map(|script| script.feed.clone())
            .collect();
        let durable = Durable {
            state: State::new(plan),
            rows: BTreeMap::new(),
            finished: Vec::new(),
        };
        let (now, committed) = (durable.clone(), durable);
        let mut world = Self {
            scripts,
            rules,
            now,
            committed,
            running: Vec::new(),
            expanding: false,
            sealed: false,
        };
        world.tell(Event::Begun);
        world
    }

    pub(super) fn commit(&mut self) {
        self.committed = self.now.clone();
    }

    /// The process dies and another one takes over from the last commit.
    pub(super) fn interrupt(&mut self) {
        self.now = self.committed.clone();
        self.now.state = reborn(&self.now.state);
        self.running.clear();
        (self.expanding, self.sealed) = (false, false);
        self.tell(Event::Begun);
    }

    /// One of the running feeds does its next step; `choice` says which.
    pub(super) fn step(&mut self, choice: usize) {
        if self.running.is_empty() {
            if self.expanding {
                self.expanding = false;
                self.tell(Event::Expanded);
            }
            return;
        }
        let slot = choice % self.running.len();
        let (index, position, restarted) = self.running[slot];
        let id = self.scripts[index].feed.id.clone();
        self.running[slot].1 += 1;
        match self.scripts[index].steps.get(position).cloned() {
            Some(Step::Write(row)) => {
                self.now.rows.entry(id).or_default().insert(row);
            }
            Some(Step::Find(found)) => {
                let feed = self.scripts[found].feed.clone();
                self.tell(Event::Found { by: id, feed });
            }
            Some(Step::Say(text)) => {
                let text = format!("{id} {text}");
                self.tell(Event::Noted(Origin::Feed(id), note(&text)));
            }
            Some(Step::Restart) if !restarted => {
                self.running[slot] = (index, 0, true);
                self.tell(Event::Restarted(id));
            }
            Some(Step::Restart) => {}
            None => {
                self.running.remove(slot);
                self.now.finished.push(id.clone());
                self.tell(Event::Finished(id));
            }
        }
    }

    fn tell(&mut self, event: Event) {
        for decision in self.now.state.advance(event, self.rules) {
            self.carry_out(decision);
        }
        assert!(
            self.running.len() <= self.rules.workers.max(1),
            "too many at once"
        );
    }

    fn carry_out(&mut self, decision: Decision) {
        match decision {
            Decision::Forget(owned) => {
                let [Owned::GrantsOn(resource)] = owned.as_slice() else {
                    panic!("{owned:?}")
                };
                self.now.rows.remove(&FeedId(resource.object.to_string()));
            }
            Decision::Read(feed) => {
                assert!(
                    !self.now.rows.contains_key(&feed.id),
                    "{} was not forgotten",
                    feed.id
                );
                assert!(!self.now.finished.contains(&feed.id), "{} is read twice", feed.id);
                let unread = feed.after.iter().find(|id| !self.now.finished.contains(id));
                assert_eq!(unread, None, "{} is read too early", feed.id);
                let index = self
                    .scripts
                    .iter()
                    .position(|script| script.feed.id == feed.id)
                    .unwrap();
                self.running.push((index, 0, false));
            }
            Decision::Expand => self.expanding = true,
            Decision::Seal => self.sealed = true,
            Decision::Stop(error) => panic!("{error}"),
        }
    }

    /// What the file holds, and what was said, in order.
    pub(super) fn result(&self) -> (BTreeMap<FeedId, BTreeSet<u8>>, BTreeSet<String>, BTreeSet<FeedId>) {
        let notes = self
            .now
            .state
            .notes()
            .into_iter()
            .map(|note| note.message)
            .collect();
        let finished: BTreeSet<_> = self.now.finished.iter().cloned().collect();
        assert_eq!(
            finished.len(),
            self.now.finished.len(),
            "a feed was finished twice"
        );
        (self.now.rows.clone(), notes, finished)
    }
}
