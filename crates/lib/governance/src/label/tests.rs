//! Every combination of what is known, and the label that it gives.

use std::fmt::Write as _;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::{
    Attempt, AttemptId, Authentication, CheckOutcome, Checked, Connector, ConnectorId, ConnectorKind,
    ConnectorName, ConnectorSettings, CredentialId, End, Failure, Held, HostId, Installation, Mode, Schedule,
    SealedSecret, Task, TaskId, TaskKind, TaskState, UploadId, Work, Worker,
};

fn now() -> DateTime<Utc> {
    "2026-11-25T10:00:00Z".parse().unwrap()
}

fn ago(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}

fn id() -> ConnectorId {
    ConnectorId::new(ago(600), [1; 16])
}

fn connector() -> Connector {
    let name = ConnectorName::parse("Example").unwrap();
    let hourly = Schedule::every(Duration::from_hours(1)).unwrap();
    Connector::new(id(), name, hourly, ago(600))
}

/// Saved five hours ago, and tested then.
fn settings(outcome: Option<CheckOutcome>) -> ConnectorSettings {
    ConnectorSettings {
        connector: id(),
        account_id: "0".repeat(32),
        authentication: Authentication::ApiToken,
        secret: SealedSecret(Vec::new()),
        last_four: "abcd".to_owned(),
        mode: Mode::Reviews,
        saved_at: ago(300),
        revision: 1,
        checked: outcome.map(|outcome| Checked {
            at: ago(300),
            outcome,
        }),
    }
}

fn worker(minutes: i64) -> Worker {
    Worker {
        connector: id(),
        host: HostId::parse("h1").unwrap(),
        first_seen_at: ago(600),
        last_seen_at: ago(minutes),
        program: String::new(),
        system: String::new(),
        resource_types: Vec::new(),
        metadata: Vec::new(),
    }
}

fn task_id() -> TaskId {
    TaskId::new(ago(60), [1; 16])
}

fn sync(state: TaskState) -> Task {
    let work = Work::new(TaskKind::Sync, None, Vec::new());
    Task {
        state,
        ..Task::new(task_id(), id(), work, ago(60))
    }
}

fn running() -> TaskState {
    TaskState::Running(Attempt {
        id: AttemptId::new(ago(30), [1; 16]),
        host: HostId::parse("h1").unwrap(),
        credential: CredentialId::new(ago(600), [1; 16]),
        since: ago(30),
        lease_until: now(),
        stop_asked_at: None,
    })
}

fn finished(end: End) -> TaskState {
    TaskState::Finished {
        at: ago(10),
        end,
        by: None,
    }
}

fn failed(code: i32) -> TaskState {
    finished(End::Failed(Failure {
        code,
        message: "no answer".to_owned(),
        retryable: false,
    }))
}

/// A way in which a connector is set up, and what is known of its credentials.
type SetUp = (&'static str, Hosting, Option<ConnectorSettings>);

fn set_ups() -> [SetUp; 6] {
    let missing = vec!["Account Settings: Read".to_owned()];
    let hosted = |outcome| (Hosting::Hosted, Some(settings(outcome)));
    let with = |name, (hosting, settings)| (name, hosting, settings);
    [
        ("hosted, no settings", Hosting::Hosted, None),
        with("hosted, unchecked", hosted(None)),
        with("hosted, good", hosted(Some(CheckOutcome::Good))),
        with(
            "hosted, lacks some",
            hosted(Some(CheckOutcome::Insufficient { missing })),
        ),
        with(
            "hosted, refused",
            hosted(Some(CheckOutcome::Rejected {
                why: "revoked".to_owned(),
            })),
        ),
        ("self-hosted", Hosting::SelfHosted, None),
    ]
}

/// What became of the newest sync, and whether it was counted.
fn syncs() -> [(&'static str, Option<Task>, bool); 9] {
    let waiting = TaskState::Waiting {
        not_before: now(),
        last: None,
        by: None,
    };
    let good = || finished(End::Succeeded(Vec::new()));
    [
        ("none", None, false),
        ("waits", Some(sync(waiting)), false),
        ("runs", Some(sync(running())), false),
        ("arrived", Some(sync(good())), false),
        ("believed", Some(sync(good())), true),
        ("failed", Some(sync(failed(13))), false),
        ("failed, counted", Some(sync(failed(13))), true),
        ("refused there", Some(sync(failed(16))), true),
        ("cancelled", Some(sync(finished(End::Cancelled))), true),
    ]
}

struct Case {
    connector: Connector,
    installation: Installation,
    settings: Option<ConnectorSettings>,
    workers: Vec<Worker>,
    sync: Option<Task>,
}

impl Case {
    fn new((_, hosting, settings): &SetUp, seen: Option<i64>, sync: Option<Task>, is_counted: bool) -> Self {
        Self {
            connector: connector(),
            installation: Installation {
                counted: is_counted.then(task_id),
                ..Installation::new(id(), ConnectorKind::Cloudflare, *hosting)
            },
            settings: settings.clone(),
            workers: seen.map(worker).into_iter().collect(),
            sync,
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            connector: &self.connector,
            installation: &self.installation,
            settings: self.settings.as_ref(),
            workers: &self.workers,
            sync: self.sync.as_ref(),
        }
    }

    fn label(&self) -> Label {
        Label::of(&self.known(), now())
    }
}

const WORKERS: [(&str, Option<i64>); 3] = [("never there", None), ("absent", Some(3)), ("there", Some(0))];

#[test]
fn every_combination_has_its_label() {
    let mut table = String::new();
    for set_up in set_ups() {
        write!(table, "\n{:20}", set_up.0).unwrap();
        for (worker, _) in WORKERS {
            write!(table, " {worker:13}").unwrap();
        }
        for (name, sync, is_counted) in syncs() {
            write!(table, "\n  {name:18}").unwrap();
            for (_, seen) in WORKERS {
                let case = Case::new(&set_up, seen, sync.clone(), is_counted);
                write!(table, " {:13}", case.label().to_string()).unwrap();
            }
        }
    }
    let lines: Vec<_> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_combination_has_its_facts() {
    let mut table = String::new();
    for set_up in set_ups() {
        for (name, sync, is_counted) in syncs() {
            let case = Case::new(&set_up, Some(0), sync, is_counted);
            let facts = Facts::of(&case.known(), now());
            writeln!(
                table,
                "{:20} {name:16} {:?}; {:?}",
                set_up.0, facts.credentials, facts.sync
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

/// Nothing else matters then.
#[test]
fn paused_and_held_are_paused_whatever_else_is() {
    for set_up in set_ups() {
        for (_, sync, is_counted) in syncs() {
            for (_, seen) in WORKERS {
                let mut paused = Case::new(&set_up, seen, sync.clone(), is_counted);
                paused.connector.paused = true;
                assert_eq!(paused.label(), Label::Paused);
                let mut held = Case::new(&set_up, seen, sync.clone(), is_counted);
                held.installation.held = Some(Held {
                    upload: UploadId::new(ago(5), [1; 16]),
                    since: ago(5),
                    why: "half of them are gone".to_owned(),
                });
                assert_eq!(held.label(), Label::Paused);
            }
        }
    }
}

/// A token that was refused by a sync and then replaced is not refused any more, until there is news.
#[test]
fn what_was_saved_after_a_sync_is_newer_than_what_it_said() {
    let set_up = ("", Hosting::Hosted, Some(settings(Some(CheckOutcome::Good))));
    let mut case = Case::new(&set_up, Some(0), Some(sync(failed(16))), true);
    let fact = |case: &Case| Facts::of(&case.known(), now()).credentials;
    assert_eq!(fact(&case), CredentialsFact::Rejected("no answer".to_owned()));
    let saved = case.settings.as_mut().unwrap();
    saved.saved_at = ago(5);
    saved.checked.as_mut().unwrap().at = ago(5);
    assert_eq!(fact(&case), CredentialsFact::Valid);
}

/// A process that is just being started is not "not connected".
#[test]
fn a_hosted_one_that_was_just_set_up_is_on_its_way() {
    let mut fresh = settings(Some(CheckOutcome::Good));
    fresh.saved_at = ago(1);
    let set_up = ("", Hosting::Hosted, Some(fresh.clone()));
    assert_eq!(Case::new(&set_up, None, None, false).label(), Label::Syncing);
    fresh.saved_at = ago(3);
    let set_up = ("", Hosting::Hosted, Some(fresh));
    assert_eq!(Case::new(&set_up, None, None, false).label(), Label::NotConnected);
}

/// Where nothing runs, the last file is all that counts.
#[test]
fn a_file_that_was_believed_is_enough() {
    let connector = connector();
    let of = |installation: &Installation, sync: Option<&Task>| {
        let known = Known {
            connector: &connector,
            installation,
            settings: None,
            workers: &[],
            sync,
        };
        Label::of(&known, now())
    };
    let new = Installation::new(id(), ConnectorKind::File, Hosting::ByHand);
    assert_eq!(of(&new, None), Label::NotConnected);
    let brought = sync(finished(End::Succeeded(Vec::new())));
    assert_eq!(of(&new, Some(&brought)), Label::Syncing);
    let upload = UploadId::new(ago(10), [1; 16]);
    let believed = new.clone().sync_believed(task_id(), upload.clone());
    assert_eq!(of(&believed, Some(&brought)), Label::Connected);
    let held = Held {
        upload,
        since: ago(5),
        why: "half of it is gone".to_owned(),
    };
    let held = Installation {
        held: Some(held),
        ..new
    };
    assert_eq!(of(&held, Some(&brought)), Label::Paused);
}
