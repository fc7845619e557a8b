//! Where a reader of events is.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// How late an entry may come into the log and still be told.
pub(super) const OVERLAP: TimeDelta = TimeDelta::minutes(5);

/// The first part of each cursor: its form.
const FORM: &str = "1";
/// How much of an entry's id is remembered: 48 of its 128 bits tell the few of some minutes apart.
const DIGITS: usize = 12;
/// How many entries are remembered: as many as a cursor of 4,096 bytes has room for.
const REMEMBERED: usize = 280;

/// A position in the log, and what was told from a little before it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) position: DateTime<Utc>,
    /// The newest last.
    seen: Vec<(DateTime<Utc>, String)>,
}

impl Cursor {
    /// A position from which nothing was told.
    pub(super) fn at(position: DateTime<Utc>) -> Self {
        Self {
            position,
            seen: Vec::new(),
        }
    }

    /// Reads one that was given out.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let form = parts.next()?;
        let position = DateTime::parse_from_rfc3339(parts.next()?).ok()?.to_utc();
        let seen = parts.next()?.split(',').filter(|part| !part.is_empty());
        let seen: Option<Vec<_>> = seen.map(|part| read(part, position)).collect();
        (form == FORM && parts.next().is_none()).then_some(Self {
            position,
            seen: seen?,
        })
    }

    /// The same as text.
    pub(super) fn to_text(&self) -> String {
        let seen: Vec<String> = self
            .seen
            .iter()
            .map(|(time, id)| written(*time, id, self.position))
            .collect();
        let position = self.position.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        format!("{FORM};{position};{}", seen.join(","))
    }

    /// Whether an entry was told.
    pub(super) fn has_seen(&self, id: &str) -> bool {
        let id = short(id);
        self.seen.iter().any(|(_, seen)| *seen == id)
    }

    /// A later position, after more was told.
    pub(super) fn moved(self, position: DateTime<Utc>, told: Vec<(DateTime<Utc>, String)>) -> Self {
        let mut seen = self.seen;
        seen.extend(told.into_iter().map(|(time, id)| (time, short(&id))));
        seen.retain(|(time, _)| *time >= position - OVERLAP);
        seen.sort();
        seen.dedup_by(|one, other| one.1 == other.1);
        let surplus = seen.len().saturating_sub(REMEMBERED);
        Self {
            position,
            seen: seen.split_off(surplus),
        }
    }
}

fn short(id: &str) -> String {
    id.chars()
        .filter(char::is_ascii_alphanumeric)
        .take(DIGITS)
        .collect()
}

/// The seconds from the position back to the entry are in front, one letter or digit each: enough to forget it in time.
fn written(time: DateTime<Utc>, id: &str, position: DateTime<Utc>) -> String {
    // Ten seconds a step; later than the position counts as at it.
    let steps = ((position - time).num_seconds() / 10).clamp(0, 35);
    let step = u32::try_from(steps)
        .ok()
        .and_then(|steps| char::from_digit(steps, 36));
    format!("{}{id}", step.unwrap_or('0'))
}

fn read(part: &str, position: DateTime<Utc>) -> Option<(DateTime<Utc>, String)> {
    let (step, id) = part.split_at_checked(1)?;
    let steps = step.chars().next()?.to_digit(36)?;
    let fits = !id.is_empty() && id.len() <= DIGITS && id.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| {
        (
            position - TimeDelta::seconds(i64::from(steps) * 10),
            id.to_owned(),
        )
    })
}
