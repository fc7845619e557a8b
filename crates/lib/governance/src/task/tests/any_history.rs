//! Whatever happens in whatever order: a task is one worker's at a time, and ends once.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Beat, Failure, Finish, Outcome, Refusal, Task, TaskRules, TaskState};
use super::{at, attempt_id, claim, taker, task};
use crate::TaskKind;

/// What may happen next. Tries are named by an index into all that there were, so many of them are stale.
#[derive(Clone, Debug)]
enum Event {
    Time(u16),
    Start { host: u8 },
    Beat { of: Index, host: u8 },
    Finish { of: Index, host: Option<u8>, said: Said },
    Expire,
    Cancel,
}

#[derive(Clone, Copy, Debug)]
enum Said {
    Done,
    FailedForNow,
    FailedForGood,
    Stopped,
}

fn event() -> impl Strategy<Value = Event> {
    let said = select(&[Said::Done, Said::FailedForNow, Said::FailedForGood, Said::Stopped]);
    prop_oneof![
        3 => (0..200_u16).prop_map(Event::Time),
        4 => (1..4_u8).prop_map(|host| Event::Start { host }),
        2 => (any::<Index>(), 1..4_u8).prop_map(|(of, host)| Event::Beat { of, host }),
        3 => (any::<Index>(), proptest::option::weighted(0.2, 1..4_u8), said)
            .prop_map(|(of, host, said)| Event::Finish { of, host, said }),
        2 => Just(Event::Expire),
        1 => Just(Event::Cancel),
    ]
}

/// What is known without looking at the task.
#[derive(Debug, Default)]
struct Model {
    now: i64,
    /// Who made each try; the first is try 1.
    hosts: Vec<u8>,
    /// The try under way, until when, and whether it is to stop.
    holder: Option<Holder>,
    /// From when on the next try may begin.
    earliest: i64,
    /// Whether it has ended.
    ended: bool,
    /// The try whose word was the last thing that was heard of it.
    said_by: Option<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    attempt: u8,
    lease_until: i64,
    stop: bool,
}

impl Model {
    fn number(&self, of: Index) -> u8 {
        // The last one never began.
        u8::try_from(of.index(self.hosts.len() + 1)).unwrap() + 1
    }

    fn host_of(&self, attempt: u8) -> u8 {
        self.hosts.get(usize::from(attempt) - 1).copied().unwrap_or(1)
    }

    fn holds(&self, attempt: u8, host: u8) -> Option<Holder> {
        let holder = self.holder.filter(|holder| holder.attempt == attempt);
        holder.filter(|_| self.host_of(attempt) == host)
    }

    fn end(&mut self, by: Option<u8>) {
        assert!(!self.ended, "it ended twice");
        self.ended = true;
        self.said_by = by;
        self.holder = None;
    }

    /// The try that is under way failed in a way that is worth another one, if there may be one.
    fn try_again(&mut self, limit: usize, by: Option<u8>) {
        let tries = self.hosts.len();
        if tries < limit {
            self.holder = None;
            self.said_by = by;
            self.earliest = self.now + RETRY_AFTER * (1 << (tries - 1));
        } else {
            self.end(by);
        }
    }
}

const LEASE: i64 = 90;
const FIRST_LEASE: i64 = 60;
const RETRY_AFTER: i64 = 10;
const TRIES: u32 = 3;

fn rules() -> TaskRules {
    TaskRules {
        tries: TRIES,
        lease: Duration::from_secs(90),
        first_lease: Duration::from_mins(1),
        retry_after: Duration::from_secs(10),
        // Longer than any history, which has no more than forty times two hundred seconds.
        longest_other: Duration::from_secs(100_000),
        ..TaskRules::default()
    }
}

fn outcome(said: Said) -> Outcome {
    let failed = |code, retryable| {
        Outcome::Failed(Failure {
            code,
            message: String::new(),
            retryable,
        })
    };
    match said {
        Said::Done => Outcome::Succeeded(Vec::new()),
        Said::FailedForNow => failed(14, true),
        Said::FailedForGood => failed(7, false),
        Said::Stopped => failed(1, false),
    }
}

/// The task after an event, and the model brought up to it; both have to agree on what was refused.
fn happen(task: Task, model: &mut Model, event: &Event) -> Task {
    match event {
        Event::Time(seconds) => {
            model.now += i64::from(*seconds);
            task
        }
        Event::Start { host } => start(task, model, *host),
        Event::Beat { of, host } => beat(task, model, model.number(*of), *host),
        Event::Finish { of, host, said } => {
            let attempt = model.number(*of);
            let host = host.unwrap_or_else(|| model.host_of(attempt));
            finish(task, model, (attempt, host), *said)
        }
        Event::Expire => expire(task, model),
        Event::Cancel => cancel(task, model),
    }
}

fn limit(task: &Task) -> usize {
    if task.work.kind == TaskKind::InvokeAction {
        1
    } else {
        TRIES as usize
    }
}

fn start(task: Task, model: &mut Model, host: u8) -> Task {
    let number = u8::try_from(model.hosts.len()).unwrap() + 1;
    let free = model.holder.is_none() && !model.ended && model.earliest <= model.now;
    match task
        .clone()
        .start(taker(host), attempt_id(number), at(model.now), &rules())
    {
        Ok(started) => {
            assert!(free, "it was not to be had");
            model.hosts.push(host);
            model.said_by = None;
            model.holder = Some(Holder {
                attempt: number,
                lease_until: model.now + FIRST_LEASE,
                stop: false,
            });
            started
        }
        Err(refusal) => {
            assert!(!free, "{refusal}");
            assert_eq!(refusal, Refusal::NotWaiting);
            task
        }
    }
}

fn beat(task: Task, model: &mut Model, attempt: u8, host: u8) -> Task {
    let holder = model.holds(attempt, host);
    let beaten = task.clone().beat(&claim(attempt, host), at(model.now), &rules());
    assert_eq!(
        beaten.is_ok(),
        holder.is_some(),
        "its own counts, and nobody else's"
    );
    let (Ok((beaten, beat)), Some(holder)) = (beaten, holder) else {
        return task;
    };
    assert_eq!(beat == Beat::Stop, holder.stop);
    model.holder = Some(Holder {
        lease_until: model.now + LEASE,
        ..holder
    });
    beaten
}

fn finish(task: Task, model: &mut Model, (attempt, host): (u8, u8), said: Said) -> Task {
    let holder = model.holds(attempt, host);
    let repeated = model.said_by == Some(attempt);
    let finish = task
        .clone()
        .finish(&claim(attempt, host), outcome(said), at(model.now), &rules());
    match finish {
        Ok(Finish::Changed(task)) => {
            let holder = holder.expect("a late finisher was heard");
            match said {
                Said::FailedForNow if !holder.stop => model.try_again(limit(&task), Some(attempt)),
                _ => model.end(Some(attempt)),
            }
            *task
        }
        Ok(Finish::Repeated) => {
            assert!(repeated, "nobody had said that before");
            task
        }
        Err(_) => {
            assert!(holder.is_none() && !repeated, "its own report was refused");
            task
        }
    }
}

fn expire(task: Task, model: &mut Model) -> Task {
    let over = model.holder.filter(|holder| holder.lease_until <= model.now);
    let expired = task.clone().expire(at(model.now), &rules());
    assert_eq!(expired.is_some(), over.is_some());
    match over {
        Some(holder) if holder.stop => model.end(None),
        Some(_) => model.try_again(limit(&task), None),
        None => {}
    }
    expired.unwrap_or(task)
}

fn cancel(task: Task, model: &mut Model) -> Task {
    let cancelled = task.clone().cancel(at(model.now));
    assert_eq!(cancelled.is_err(), model.ended);
    match &mut model.holder {
        Some(holder) => holder.stop = true,
        None if !model.ended => model.end(None),
        None => {}
    }
    cancelled.unwrap_or(task)
}

/// What holds after every step.
fn agree(task: &Task, model: &Model) {
    let holder = model.holder.map(|holder| attempt_id(holder.attempt));
    assert_eq!(task.attempt().map(|attempt| &attempt.id), holder.as_ref());
    assert_eq!(task.is_finished(), model.ended);
    if let TaskState::Waiting { by, .. } | TaskState::Finished { by, .. } = &task.state {
        assert_eq!(*by, model.said_by.map(attempt_id));
    }
    assert_eq!(task.tries as usize, model.hosts.len());
    assert!(model.hosts.len() <= limit(task), "it was tried too often");
}

proptest! {
    #[test]
    fn a_task_is_one_workers_at_a_time_and_ends_once(
        kind in select(&[TaskKind::Grant, TaskKind::InvokeAction]),
        events in vec(event(), 1..40),
    ) {
        let mut task = task(kind);
        let mut model = Model::default();
        let mut end = None;
        for event in &events {
            task = happen(task, &mut model, event);
            agree(&task, &model);
            if task.is_finished() {
                let first = end.get_or_insert_with(|| task.clone());
                assert_eq!(&task, first, "its end changed");
            }
        }
    }
}
