//! What is said while a run is made.

use std::sync::Arc;

use super::support::desk::{Desk, EACH, Recorder, everything, runtime};
use super::support::scripted::{Act, Scripted};
use super::support::{feed, note};
use crate::run::run_at;
use crate::{Event, Job};

#[test]
fn what_several_feeds_remark_is_said_once_and_in_plain_letters() {
    let mut connector = Scripted::default();
    for id in ["a", "b", "c"] {
        connector.plan.push(feed(id, &[], vec![]));
        let remark = Act::Say(note("group \u{1b}[2J\nis hidden"));
        connector.scripts.insert(id.into(), vec![remark]);
    }
    let (desk, recorder) = (Desk::new(), Arc::new(Recorder::default()));
    let job = Job {
        progress: Arc::clone(&recorder) as _,
        ..desk.job(Arc::new(connector), everything())
    };
    let summary = runtime().block_on(run_at(EACH, job)).unwrap();
    let (plain, validated) = (note("group  [2J is hidden"), note("what no listing shows"));
    assert_eq!(summary.notes, [plain.clone(), validated.clone()]);
    let events = recorder.events.lock().unwrap();
    let said = events.iter().filter(|event| matches!(event, Event::Note(_)));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [&Event::Note(validated), &Event::Note(plain)]
    );
}
