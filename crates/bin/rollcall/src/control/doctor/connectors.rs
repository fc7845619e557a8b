//! Connectors that do not get on, and credentials that end soon.

use chrono::{DateTime, TimeDelta, Utc};
use governance::{Hosting, Label, Office, OfficeError, Seen, SyncFact, TaskState, WorkerFact};

use super::{Findings, places};

const CHECK: &str = "connectors";
const CREDENTIALS: &str = "credentials";
/// How long a sync may wait or run before it is worth a look.
const LONG: TimeDelta = TimeDelta::hours(6);
/// How long before its end a credential is worth a look.
const SOON: TimeDelta = TimeDelta::days(14);

pub(super) async fn look(office: &Office, found: &mut Findings) {
    if let Err(error) = all(office, found).await {
        found.wrong(CHECK, error, "see --data and --database-url");
    }
}

async fn all(office: &Office, found: &mut Findings) -> Result<(), OfficeError> {
    let now = office.now();
    let seen = office.all_seen(&places::actor()).await?;
    let (mut well, mut ending) = (0, 0);
    for one in &seen {
        for credential in office.credentials(&places::actor(), &one.connector.id).await? {
            let Some(at) = credential.expires_at.filter(|_| credential.revoked_at.is_none()) else {
                continue;
            };
            if at > now && at - now < SOON {
                let says = format!(
                    "one of `{}` ends on {}",
                    one.connector.name,
                    at.format("%Y-%m-%d")
                );
                let todo =
                    "`rollcall credentials add` gives another one; exchange it where the connector runs";
                found.look(CREDENTIALS, says, todo);
                ending += 1;
            }
        }
        well += usize::from(connector(one, now, found));
    }
    if well == seen.len() {
        found.fine(CHECK, format!("none of {well} is stuck"));
    }
    if ending == 0 {
        found.fine(CREDENTIALS, "none ends soon");
    }
    Ok(())
}

/// Whether it gets on.
fn connector(seen: &Seen, now: DateTime<Utc>, found: &mut Findings) -> bool {
    let name = &seen.connector.name;
    if let SyncFact::Failed { why, .. } = &seen.facts.sync {
        let says = format!("the last sync of `{name}` failed: {why}");
        found.wrong(CHECK, says, "see its log; `rollcall connectors sync` tries again");
        return false;
    }
    if let SyncFact::Held { why } = &seen.facts.sync {
        let says = format!("a sync of `{name}` is held for a person: {why}");
        found.look(
            CHECK,
            says,
            "look at what it lost, in the console, and believe or discard it",
        );
        return false;
    }
    if let Some(since) = waits_since(seen).filter(|since| now - *since > LONG) {
        let says = format!(
            "a sync of `{name}` has not ended for {} hours",
            (now - since).num_hours()
        );
        found.look(CHECK, says, "see its log, and whether somebody reports for it");
        return false;
    }
    let is_absent = matches!(seen.facts.worker, WorkerFact::Absent { .. });
    if is_absent && seen.label == Label::NotConnected {
        let todo = match seen.installation.hosting {
            Hosting::Hosted => "see whether a service runs that is to run connectors, and its log",
            Hosting::SelfHosted => "start it where it runs",
            Hosting::ByHand => return true,
        };
        found.wrong(CHECK, format!("nobody reports for `{name}` any more"), todo);
        return false;
    }
    true
}

/// Since when a sync waits or runs, unless somebody asked it to pause.
fn waits_since(seen: &Seen) -> Option<DateTime<Utc>> {
    let sync = seen.sync.as_ref().filter(|_| !seen.connector.paused)?;
    (!matches!(sync.state, TaskState::Finished { .. })).then_some(sync.created_at)
}
