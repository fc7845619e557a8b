//! Where a reader of events is.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// How late an entry may come into the log and still be told.
pub(super) const OVERLAP: TimeDelta = TimeDelta::minutes(5);

/// The first part of each cursor: its form.
const FORM: &str = "1";
/// How much of an entry's id is remembered: 48 of its 128 bits tell the few of some minutes apart.
const DIGITS: usize = 12;
/// How a cursor writes numbers.
const BASE: u32 = 36;
/// The most seconds that it can write; more than the overlap.
const LONGEST: u32 = BASE * BASE - 1;
/// How many entries are remembered: as many as a cursor of 4,096 bytes has room for.
const REMEMBERED: usize = 260;

/// A position in the log, and what was told from a little before it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) position: DateTime<Utc>,
    /// By second and id, the newest last: the order in which entries are told.
    seen: Vec<(i64, String)>,
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

    /// Whether an entry was told. Where more was told than is remembered, what comes before the oldest that is counts as
    /// told: it would be told again and again otherwise.
    pub(super) fn has_seen(&self, time: DateTime<Utc>, id: &str) -> bool {
        let id = short(id);
        let is_full = self.seen.len() >= REMEMBERED;
        let oldest = self.seen.first().filter(|_| is_full);
        oldest.is_some_and(|oldest| (second(time), &id) < (oldest.0, &oldest.1))
            || self.seen.iter().any(|(_, seen)| *seen == id)
    }

    /// A later position, after more was told.
    pub(super) fn moved(self, position: DateTime<Utc>, told: Vec<(DateTime<Utc>, String)>) -> Self {
        let mut seen = self.seen;
        seen.extend(told.into_iter().map(|(time, id)| (second(time), short(&id))));
        seen.retain(|(second, _)| *second >= self::second(position - OVERLAP));
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

/// The order of the log goes by whole seconds: that is what a cursor has room for.
pub(super) fn second(time: DateTime<Utc>) -> i64 {
    time.timestamp()
}

/// In front stand the seconds from the position back to the entry, as two letters or digits.
fn written(entry: i64, id: &str, position: DateTime<Utc>) -> String {
    let back = u32::try_from(second(position) - entry).unwrap_or(0).min(LONGEST);
    let digit = |value| char::from_digit(value, BASE).unwrap_or('0');
    format!("{}{}{id}", digit(back / BASE), digit(back % BASE))
}

fn read(part: &str, position: DateTime<Utc>) -> Option<(i64, String)> {
    let (back, id) = part.split_at_checked(2)?;
    let back = i64::from_str_radix(back, BASE).ok()?;
    let fits = !id.is_empty() && id.len() <= DIGITS && id.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| (second(position) - back, id.to_owned()))
}
