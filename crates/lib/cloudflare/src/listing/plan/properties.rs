//! What holds however the listing changes while it is read.

use std::collections::{HashSet, VecDeque};

use proptest::prelude::*;

use super::*;

/// A change between two answers.
#[derive(Debug, Clone)]
enum Change {
    Nothing,
    Insert(prop::sample::Index),
    Remove(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => Just(Change::Nothing),
        1 => any::<prop::sample::Index>().prop_map(Change::Insert),
        1 => any::<prop::sample::Index>().prop_map(Change::Remove),
    ]
}

/// A server whose listing changes.
struct Server {
    items: Vec<u64>,
    next_id: u64,
    per_page: u64,
    totals: bool,
}

impl Server {
    fn answer(&mut self, page: u64, change: &Change) -> (Vec<u64>, ResultInfo) {
        match change {
            Change::Insert(at) => {
                let at = at.index(self.items.len() + 1);
                self.items.insert(at, self.next_id);
                self.next_id += 1;
            }
            Change::Remove(at) if !self.items.is_empty() => {
                self.items.remove(at.index(self.items.len()));
            }
            Change::Nothing | Change::Remove(_) => {}
        }
        let start = usize::try_from((page - 1) * self.per_page).unwrap();
        let items = self
            .items
            .iter()
            .skip(start)
            .take(self.per_page.try_into().unwrap())
            .copied()
            .collect();
        let total_count = self.totals.then_some(self.items.len() as u64);
        (
            items,
            ResultInfo {
                total_count,
                ..ResultInfo::default()
            },
        )
    }
}

/// Reads the listing with up to `ahead` calls under way, answered in the order of asking. Gives what a consumer
/// holds at the end, how it ended, and how many calls there were.
fn read(server: &mut Server, changes: &[Change], ahead: usize) -> (Vec<u64>, Outcome, usize) {
    let mut plan = Plan::new(u32::try_from(server.per_page).unwrap());
    let (mut held, mut under_way, mut calls) = (Vec::new(), VecDeque::new(), 0);
    loop {
        while under_way.len() < ahead
            && let Some(page) = plan.ask()
        {
            let change = changes.get(calls).cloned().unwrap_or(Change::Nothing);
            under_way.push_back(server.answer(page, &change));
            calls += 1;
        }
        let (items, info) = under_way
            .pop_front()
            .expect("a plan that goes on asks for something");
        let new: Vec<_> = items
            .iter()
            .copied()
            .filter(|id| plan.is_new(&format!("{id:032x}")))
            .collect();
        let next = plan.take(items.len() as u64, new.len() as u64, &info);
        if next == Next::Restart {
            held.clear();
            under_way.clear();
            continue;
        }
        held.extend(new);
        if let Next::Complete(outcome) = next {
            return (held, outcome, calls);
        }
    }
}

proptest! {
    #[test]
    fn whoever_was_there_all_along_is_there_once(
        size in 0_u64..60,
        per_page in 1_u64..8,
        ahead in 1_usize..6,
        changes in prop::collection::vec(change(), 0..80),
    ) {
        let mut server = Server { items: (0..size).collect(), next_id: size, per_page, totals: true };
        let (held, outcome, _) = read(&mut server, &changes, ahead);
        let distinct: HashSet<_> = held.iter().copied().collect();
        prop_assert_eq!(distinct.len(), held.len(), "nobody twice");
        prop_assert_eq!(outcome.count, held.len() as u64);
        if outcome.settled && outcome.total == Some(outcome.count) {
            let stayed = server.items.iter().filter(|id| **id < size);
            let missing: Vec<_> = stayed.filter(|id| !distinct.contains(id)).collect();
            prop_assert!(missing.is_empty(), "{missing:?} of {held:?}");
        }
    }

    #[test]
    fn a_listing_that_holds_still_takes_one_call_per_page(
        size in 0_u64..200,
        per_page in 1_u64..20,
        ahead in 1_usize..20,
        totals: bool,
    ) {
        let mut server = Server { items: (0..size).collect(), next_id: size, per_page, totals };
        let (held, outcome, calls) = read(&mut server, &[], ahead);
        prop_assert_eq!(held, (0..size).collect::<Vec<_>>());
        prop_assert!(outcome.settled && outcome.passes == 1);
        let pages = size.div_ceil(per_page).max(1);
        // Without totals a full last page cannot be known for the last.
        let unsure = u64::from(!totals && size > 0 && size % per_page == 0);
        prop_assert_eq!(calls as u64, pages + unsure);
    }
}
