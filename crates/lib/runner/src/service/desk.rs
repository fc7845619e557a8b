//! Which tasks are known, and which of them may begin. Pure: nothing here waits or calls.

/// The tasks that were taken and not finished.
#[derive(Debug)]
pub(super) struct Desk {
    /// How many may be worked on at the same time.
    slots: usize,
    waiting: Vec<Place>,
    running: Vec<Place>,
}

/// A task on the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    id: String,
    /// Only one of these is worked on at a time.
    is_sync: bool,
}

impl Desk {
    pub(super) fn new(slots: usize) -> Self {
        Self {
            slots: slots.max(1),
            waiting: Vec::new(),
            running: Vec::new(),
        }
    }

    /// Takes a task; says no when it is there already.
    pub(super) fn take(&mut self, id: &str, is_sync: bool) -> bool {
        let new = self.all().all(|place| place.id != id);
        if new {
            self.waiting.push(Place {
                id: id.to_owned(),
                is_sync,
            });
        }
        new
    }

    /// The tasks that begin now, oldest first. A sync that has to wait for another lets the others pass.
    pub(super) fn begin(&mut self) -> Vec<String> {
        let mut begun = Vec::new();
        for place in std::mem::take(&mut self.waiting) {
            if self.has_room_for(&place) {
                begun.push(place.id.clone());
                self.running.push(place);
            } else {
                self.waiting.push(place);
            }
        }
        begun
    }

    /// Forgets a task.
    pub(super) fn end(&mut self, id: &str) {
        self.waiting.retain(|place| place.id != id);
        self.running.retain(|place| place.id != id);
    }

    /// How many more tasks to ask for: none while every slot is busy, and never more than fill the slots twice.
    pub(super) fn wants(&self) -> usize {
        if self.running.len() >= self.slots {
            return 0;
        }
        (2 * self.slots).saturating_sub(self.all().count())
    }

    /// The ids of all tasks, in order.
    pub(super) fn known(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.all().map(|place| place.id.clone()).collect();
        ids.sort();
        ids
    }

    fn has_room_for(&self, place: &Place) -> bool {
        let syncing = self.running.iter().any(|running| running.is_sync);
        self.running.len() < self.slots && !(place.is_sync && syncing)
    }

    fn all(&self) -> impl Iterator<Item = &Place> {
        self.waiting.iter().chain(&self.running)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_second_sync_waits_and_others_pass_it() {
        let mut desk = Desk::new(3);
        for (id, is_sync) in [("a", true), ("b", true), ("c", false), ("d", false), ("e", false)] {
            assert!(desk.take(id, is_sync));
        }
        assert_eq!(desk.begin(), ["a", "c", "d"]);
        assert_eq!(desk.wants(), 0);
        desk.end("c");
        assert_eq!(desk.begin(), ["e"]);
        desk.end("a");
        assert_eq!(desk.begin(), ["b"]);
        assert_eq!(desk.known(), ["b", "d", "e"]);
    }

    #[test]
    fn a_waiting_sync_does_not_keep_us_from_asking() {
        let mut desk = Desk::new(2);
        desk.take("a", true);
        desk.take("b", true);
        assert_eq!(desk.begin(), ["a"]);
        assert_eq!(desk.wants(), 2);
        desk.take("c", true);
        desk.take("d", true);
        assert_eq!((desk.begin(), desk.wants()), (Vec::new(), 0));
    }

    #[test]
    fn nothing_is_taken_twice() {
        let mut desk = Desk::new(1);
        assert!(desk.take("a", false));
        assert!(!desk.take("a", false));
        desk.begin();
        assert!(!desk.take("a", false));
        desk.end("a");
        assert!(desk.take("a", false));
    }

    proptest! {
        #[test]
        fn the_limits_hold_and_nothing_is_forgotten(steps in prop::collection::vec((0..3_u8, 0..9_u8, any::<bool>()), 0..60), slots in 1..4_usize) {
            let mut desk = Desk::new(slots);
            let mut known = HashSet::new();
            for (step, id, is_sync) in steps {
                let id = id.to_string();
                match step {
                    0 => prop_assert_eq!(desk.take(&id, is_sync), known.insert(id)),
                    1 => { desk.begin(); }
                    _ => { desk.end(&id); known.remove(&id); }
                }
                prop_assert!(desk.running.len() <= slots);
                prop_assert!(desk.running.iter().filter(|place| place.is_sync).count() <= 1);
                prop_assert_eq!(desk.known().into_iter().collect::<HashSet<_>>(), known.clone());
            }
        }
    }
}
