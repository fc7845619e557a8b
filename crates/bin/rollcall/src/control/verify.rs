//! `rollcall verify`: whether the audit trail is what was written.

use std::io::BufRead as _;
use std::path::Path;

use governance::{AuditEntry, Office, Verifier};

use super::{connectors, place};
use crate::args::Verify;
use crate::failure::Failure;

/// How many entries are read at once.
const AT_ONCE: u64 = 1000;

pub(super) async fn run(verify: &Verify) -> Result<(), Failure> {
    let mut seen = Seen {
        verifier: Verifier::default(),
        wanted: verify.has.clone(),
    };
    match &verify.file {
        Some(file) => in_file(file, &mut seen)?,
        None => in_database(&place::office(&verify.place).await?, &mut seen).await?,
    }
    let (count, hash) = seen.verifier.head();
    if let Some(wanted) = seen.wanted {
        return Err(Failure::new(
            format!("the trail does not have the entry {wanted}"),
            "its end was cut off, or it is another trail",
        ));
    }
    connectors::say(&format!(
        "The audit trail is whole: {count} entries, each as it was written. Note the newest one somewhere else, so that \
         a missing end would be seen: {count}:{hash}"
    ))
}

struct Seen {
    verifier: Verifier,
    /// An entry that has to be there, until it was seen.
    wanted: Option<String>,
}

impl Seen {
    fn look(&mut self, entry: &AuditEntry) -> Result<(), Failure> {
        let next = self.verifier.next(entry);
        next.map_err(|broken| {
            Failure::new(broken, "somebody has changed the trail behind the service's back")
        })?;
        let name = format!("{}:{}", entry.number, entry.hash);
        if self.wanted.as_deref() == Some(name.as_str()) {
            self.wanted = None;
        }
        Ok(())
    }
}

/// Goes through the trail of an office; gives how many entries there are.
pub(super) async fn whole(office: &Office) -> Result<i64, Failure> {
    let mut seen = Seen {
        verifier: Verifier::default(),
        wanted: None,
    };
    in_database(office, &mut seen).await?;
    Ok(seen.verifier.head().0)
}

async fn in_database(office: &Office, seen: &mut Seen) -> Result<(), Failure> {
    let mut last = 0;
    loop {
        let entries = office.audit_after(&place::actor(), last, AT_ONCE).await?;
        let Some(newest) = entries.last() else {
            return Ok(());
        };
        last = newest.number;
        entries.iter().try_for_each(|entry| seen.look(entry))?;
    }
}

fn in_file(file: &Path, seen: &mut Seen) -> Result<(), Failure> {
    let opened = std::fs::File::open(file);
    let opened =
        opened.map_err(|error| Failure::new(format!("{}: {error}", file.display()), "see --file"))?;
    for line in std::io::BufReader::new(opened).lines() {
        let entry = AuditEntry::from_json(&line?);
        seen.look(&entry.map_err(|error| Failure::new(error, "see --file"))?)?;
    }
    Ok(())
}
