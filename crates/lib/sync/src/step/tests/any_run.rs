//! Any interleaving with any interruptions ends like a run that nothing disturbs.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::Rules;
use super::feed;
use super::world::{Script, Step, World};

const FEEDS: usize = 9;

/// What disturbs a run.
#[derive(Clone, Copy, Debug)]
enum Move {
    Step(usize),
    Commit,
    Interrupt,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        12 => (0..8_usize).prop_map(Move::Step),
        3 => Just(Move::Commit),
        1 => Just(Move::Interrupt),
    ];
    vec(one, 0..150)
}

/// The script of feed `index`: it waits only for planned feeds before it, and finds only later feeds.
fn script(index: usize, planned: usize) -> impl Strategy<Value = Script> {
    let step = prop_oneof![
        4 => (0..9_u8).prop_map(Step::Write),
        3 => (index + 1..=FEEDS).prop_map(Step::Find),
        1 => (0..3_u8).prop_map(Step::Say),
        1 => Just(Step::Restart),
    ];
    let after = vec(0..FEEDS, 0..3);
    (vec(step, 0..6), after).prop_map(move |(mut steps, after)| {
        steps.retain(|step| !matches!(step, Step::Find(found) if *found >= FEEDS || *found < planned));
        let after: Vec<_> = after
            .into_iter()
            .filter(|other| *other < index.min(planned))
            .map(name)
            .collect();
        let after: Vec<_> = after.iter().map(String::as_str).collect();
        Script {
            feed: feed(&name(index), &after),
            steps,
        }
    })
}

fn name(index: usize) -> String {
    format!("f{index}")
}

fn scripts() -> impl Strategy<Value = (Vec<Script>, usize)> {
    (1..=FEEDS).prop_flat_map(|planned| {
        let all: Vec<_> = (0..FEEDS).map(|index| script(index, planned)).collect();
        (all, Just(planned))
    })
}

fn finish(world: &mut World) {
    for _ in 0..10_000 {
        if world.sealed {
            return;
        }
        world.step(0);
    }
    panic!("the run does not end");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ends_like_a_run_that_nothing_disturbs(
        (scripts, planned) in scripts(),
        moves in moves(),
        workers in 0..4_usize,
        expands: bool,
    ) {
        let mut calm = World::new(scripts.clone(), planned, Rules { workers: 1, expands });
        finish(&mut calm);
        let mut wild = World::new(scripts, planned, Rules { workers, expands });
        for one in moves {
            match one {
                Move::Step(choice) => wild.step(choice),
                Move::Commit => wild.commit(),
                Move::Interrupt => wild.interrupt(),
            }
        }
        finish(&mut wild);
        prop_assert_eq!(wild.result(), calm.result());
    }
}
