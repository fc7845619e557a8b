use chrono::DateTime;
use proptest::prelude::*;

use super::*;

/// A sync that began at one second and ended ten later, or did not.
fn run(name: &str, kind: SyncKind, start: i64, finished: bool) -> SyncRun {
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    SyncRun {
        id: name.into(),
        kind,
        started_at: at(start),
        ended_at: finished.then(|| at(start + 10)),
        token: String::new(),
        parent: None,
        linked: None,
        supports_diff: false,
        grants_backfilled: true,
        stats: None,
    }
}

fn deleted(runs: &[SyncRun], keep: usize) -> Vec<String> {
    let current = &runs.last().unwrap().id;
    let ids = to_delete(runs, current, Retention::Keep(keep));
    ids.into_iter().map(|id| id.to_string()).collect()
}

#[test]
fn small_syncs_go_with_the_full_one_that_began_after_them() {
    let runs = [
        run("full1", SyncKind::Full, 0, true),
        run("small1", SyncKind::Partial, 20, true),
        run("full2", SyncKind::Full, 40, true),
        run("small2", SyncKind::ResourcesOnly, 60, true),
        run("full3", SyncKind::Full, 80, true),
        run("now", SyncKind::Full, 100, false),
    ];
    assert_eq!(deleted(&runs, 2), ["full1", "full2", "small1"]);
    assert_eq!(deleted(&runs, 3), ["full1"]);
    assert_eq!(deleted(&runs, 1), ["full1", "full2", "full3", "small1", "small2"]);
    assert_eq!(deleted(&runs, 9), Vec::<String>::new());
}

#[test]
fn of_stored_differences_the_newest_pair_stays() {
    let half = |name, kind, start, linked: &str| SyncRun {
        linked: Some(linked.into()),
        ..run(name, kind, start, true)
    };
    let mut runs = vec![
        half("up1", SyncKind::PartialUpserts, 0, "down1"),
        half("down1", SyncKind::PartialDeletions, 1, "up1"),
        run("now", SyncKind::Full, 100, false),
    ];
    assert_eq!(deleted(&runs, 2), Vec::<String>::new());
    runs.insert(2, half("up2", SyncKind::PartialUpserts, 2, "down2"));
    runs.insert(3, half("down2", SyncKind::PartialDeletions, 3, "up2"));
    assert_eq!(deleted(&runs, 2), ["up1", "down1"]);
}

fn kind() -> impl Strategy<Value = SyncKind> {
    prop_oneof![
        Just(SyncKind::Full),
        Just(SyncKind::Partial),
        Just(SyncKind::ResourcesOnly),
        Just(SyncKind::Other("new".to_owned())),
    ]
}

proptest! {
    #[test]
    fn a_full_sync_and_everything_unfinished_always_stay(
        others in prop::collection::vec((kind(), 0_i64..500, any::<bool>()), 0..12),
        current in kind(),
        keep in 0_usize..4,
    ) {
        let mut runs: Vec<_> = others
            .into_iter()
            .enumerate()
            .map(|(index, (kind, start, finished))| run(&index.to_string(), kind, start, finished))
            .collect();
        runs.push(run("now", current, 1000, false));
        let gone = deleted(&runs, keep);
        let stays = |run: &&SyncRun| !gone.contains(&run.id.to_string());
        for open in runs.iter().filter(|run| run.ended_at.is_none()) {
            prop_assert!(stays(&open));
        }
        let full = |run: &&SyncRun| run.kind == SyncKind::Full;
        prop_assert_eq!(runs.iter().any(|run| full(&run)), runs.iter().filter(stays).any(|run| full(&run)));
    }
}
