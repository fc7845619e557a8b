//! Any value that could be stored.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use governance::{
    Attempt, AttemptId, Connector, ConnectorId, ConnectorName, Content, Credential, CredentialId, CronTimes,
    Digest, End, Failure, HostId, LockKey, LogLevel, LogLine, PublicKey, Schedule, Task, TaskId, TaskKind,
    TaskState, Upload, UploadId, UploadState, Urgency, Work, Worker,
};
use model::{ResourceTypeId, SyncId};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// So many values, the same in each run.
pub(crate) fn some<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

/// Any moment from 1970 to 2200, as exact as it is stored.
pub(crate) fn time() -> impl Strategy<Value = DateTime<Utc>> {
    (0..7_258_118_400_000_000_i64).prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

pub(crate) fn text() -> impl Strategy<Value = String> {
    vec(
        any::<char>().prop_filter("no database holds it", |c| *c != '\0'),
        0..40,
    )
    .prop_map(|characters| characters.into_iter().collect())
}

fn word() -> impl Strategy<Value = String> {
    "\\PC{1,60}"
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..80)
}

fn host() -> impl Strategy<Value = HostId> {
    word().prop_map(|text| HostId::parse(&text).unwrap())
}

/// The parts of an id of ours.
pub(crate) fn parts() -> impl Strategy<Value = (DateTime<Utc>, [u8; 16])> {
    (time(), any::<[u8; 16]>())
}

pub(crate) fn connector_id() -> impl Strategy<Value = ConnectorId> {
    parts().prop_map(|(now, bytes)| ConnectorId::new(now, bytes))
}

fn credential_id() -> impl Strategy<Value = CredentialId> {
    parts().prop_map(|(now, bytes)| CredentialId::new(now, bytes))
}

fn task_id() -> impl Strategy<Value = TaskId> {
    parts().prop_map(|(now, bytes)| TaskId::new(now, bytes))
}

fn attempt_id() -> impl Strategy<Value = AttemptId> {
    parts().prop_map(|(now, bytes)| AttemptId::new(now, bytes))
}

fn failure() -> impl Strategy<Value = Failure> {
    (any::<i32>(), text(), any::<bool>()).prop_map(|(code, message, retryable)| Failure {
        code,
        message,
        retryable,
    })
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        bytes().prop_map(End::Succeeded),
        Just(End::Succeeded(Vec::new())),
        failure().prop_map(End::Failed),
        Just(End::Cancelled),
    ]
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let times = (time(), time(), option::of(time()));
    (attempt_id(), host(), credential_id(), times).prop_map(|(id, host, credential, times)| {
        let (since, lease_until, stop_asked_at) = times;
        Attempt {
            id,
            host,
            credential,
            since,
            lease_until,
            stop_asked_at,
        }
    })
}

fn state() -> impl Strategy<Value = TaskState> {
    prop_oneof![
        (time(), option::of(failure()), option::of(attempt_id()))
            .prop_map(|(not_before, last, by)| { TaskState::Waiting { not_before, last, by } }),
        attempt().prop_map(TaskState::Running),
        (time(), end(), option::of(attempt_id())).prop_map(|(at, end, by)| TaskState::Finished {
            at,
            end,
            by
        }),
    ]
}

/// Types, whatever others call them.
pub(crate) fn types() -> impl Strategy<Value = BTreeSet<ResourceTypeId>> {
    proptest::collection::btree_set("\\PC{1,12}|a,b|\"\\[\\]".prop_map(ResourceTypeId::from), 0..4)
}

fn work() -> impl Strategy<Value = Work> {
    let kind = proptest::sample::select(&TaskKind::ALL);
    let urgency = proptest::sample::select(&[Urgency::Background, Urgency::Soon, Urgency::Now]);
    let lock = option::of(text().prop_map(LockKey::stored));
    (kind, urgency, lock, types(), bytes()).prop_map(|(kind, urgency, lock, types, message)| Work {
        kind,
        urgency,
        lock,
        types,
        message,
    })
}

pub(crate) fn task() -> impl Strategy<Value = Task> {
    let ids = (task_id(), connector_id());
    (ids, work(), time(), any::<u32>(), state()).prop_map(
        |((id, connector), work, created_at, tries, state)| Task {
            id,
            connector,
            work,
            created_at,
            tries,
            state,
        },
    )
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let times = (
        "[0-5]?[0-9] [0-9] \\* \\* [1-5]",
        proptest::sample::select(&["UTC", "Europe/Vienna", "Asia/Tokyo"]),
    );
    prop_oneof![
        Just(Schedule::Never),
        (0..u64::from(u32::MAX)).prop_map(|seconds| Schedule::Every(Duration::from_secs(seconds))),
        times.prop_map(|(expression, zone)| Schedule::At(CronTimes::parse(&expression, zone).unwrap())),
    ]
}

pub(crate) fn connector() -> impl Strategy<Value = Connector> {
    let name = "[^\\pC\\pZ]{6,40}".prop_map(|text| ConnectorName::parse(&text).unwrap());
    let times = (time(), schedule(), option::of(time()));
    (connector_id(), name, times, any::<bool>()).prop_map(|(id, name, times, paused)| {
        let (created_at, schedule, next_sync_at) = times;
        Connector {
            id,
            name,
            created_at,
            schedule,
            next_sync_at,
            paused,
        }
    })
}

pub(crate) fn credential() -> impl Strategy<Value = Credential> {
    let ids = (credential_id(), connector_id(), word());
    let times = (time(), option::of(time()), option::of(time()), option::of(time()));
    (ids, any::<[u8; 32]>(), times).prop_map(|((id, connector, client_id), key, times)| {
        let (created_at, expires_at, revoked_at, last_used_at) = times;
        Credential {
            id,
            connector,
            client_id,
            public_key: PublicKey(key),
            created_at,
            expires_at,
            revoked_at,
            last_used_at,
        }
    })
}

pub(crate) fn worker() -> impl Strategy<Value = Worker> {
    let who = (connector_id(), host());
    let words = (text(), text(), vec(word(), 0..4));
    (who, (time(), time()), words, bytes()).prop_map(|((connector, host), times, words, metadata)| {
        let (first_seen_at, last_seen_at) = times;
        let (program, system, resource_types) = words;
        Worker {
            connector,
            host,
            first_seen_at,
            last_seen_at,
            program,
            system,
            resource_types,
            metadata,
        }
    })
}

pub(crate) fn log_line() -> impl Strategy<Value = LogLine> {
    let whose = (connector_id(), option::of(attempt_id()));
    let level = proptest::sample::select(&LogLevel::ALL);
    // Fields are stored in a form that holds every sign.
    let fields = vec((any::<String>(), any::<String>()), 0..4);
    (whose, time(), level, text(), fields).prop_map(|((connector, attempt), at, level, message, fields)| {
        LogLine {
            connector,
            attempt,
            at,
            level,
            message,
            fields,
        }
    })
}

pub(crate) fn upload() -> impl Strategy<Value = Upload> {
    let id = parts().prop_map(|(now, bytes)| UploadId::new(now, bytes));
    let whose = (id, connector_id(), task_id(), attempt_id());
    let content = prop_oneof![
        word().prop_map(|id| Content::Sync(SyncId::new(id))),
        Just(Content::DebugLog),
    ];
    let size = 0..i64::MAX.unsigned_abs();
    let times = (any::<bool>(), time(), time());
    (whose, content, size, any::<[u8; 32]>(), (word(), times)).prop_map(
        |((id, connector, task, attempt), content, size, digest, (key, times))| {
            let (kept, at, keep_until) = times;
            Upload {
                id,
                connector,
                task,
                attempt,
                content,
                size,
                digest: Digest(digest),
                key,
                state: if kept {
                    UploadState::Kept { at }
                } else {
                    UploadState::Storing { since: at }
                },
                keep_until,
            }
        },
    )
}
