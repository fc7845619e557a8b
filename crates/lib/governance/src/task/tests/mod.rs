mod any_history;
mod one_step;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Claim, Taker, Task, Work};
use crate::{AttemptId, ConnectorId, CredentialId, HostId, TaskId, TaskKind};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_444_800, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn attempt_id(number: u8) -> AttemptId {
    AttemptId::new(at(0), [number; 16])
}

fn host(number: u8) -> HostId {
    HostId::parse(&format!("h{number}")).unwrap()
}

fn taker(number: u8) -> Taker {
    Taker {
        host: host(number),
        credential: CredentialId::new(at(0), [1; 16]),
        beats_all: true,
    }
}

fn claim(attempt: u8, by: u8) -> Claim {
    Claim {
        attempt: attempt_id(attempt),
        host: host(by),
    }
}

fn task(kind: TaskKind) -> Task {
    let work = Work::new(kind, None, Vec::new());
    Task::new(
        TaskId::new(at(0), [1; 16]),
        ConnectorId::new(at(0), [1; 16]),
        work,
        at(0),
    )
}
