//! Events from Cloudflare's audit log: which members, groups and tokens were changed.
//!
//! The log says what was asked for, not what there was before, so an event names the resource that is to be read again.
//! Entries can come into the log late. Each read looks back [`cursor::OVERLAP`] before where the last one ended, and the
//! cursor remembers what was told from there: what comes into the log within that time is told, once. Only of more than a
//! cursor has room for (260 within that time) those that come late can be missed.

mod cursor;
mod entry;
mod faces;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use cloudflare::endpoint::AuditLogs;
use cloudflare::types::AuditLogEntry;
use connector::{
    ConnectorError, ErrorKind, Event, EventFeed, EventFeedId, EventKind, EventPage, EventsFrom,
    EventsRequest, What, no_such_feed,
};

pub(crate) use faces::Faces;
use model::ResourceId;

use self::cursor::{Cursor, second};
use crate::account::Account;
use crate::errors::failed;

/// The one feed.
const FEED: &str = "cloudflare_audit_log";
/// How far the log goes back: 18 months, and a day to be safe.
const KEPT: TimeDelta = TimeDelta::days(545);
/// The longest stretch of the log that is read at a time.
const STRETCH: TimeDelta = TimeDelta::days(1);
/// The shortest, however much is in it.
const SHORTEST: TimeDelta = TimeDelta::seconds(2);
/// The most pages of a stretch, a thousand entries each, before a shorter one is read.
const PAGES: usize = 10;

/// The feeds that there are.
pub fn feeds() -> Vec<EventFeed> {
    vec![EventFeed {
        id: EventFeedId::new(FEED),
        kinds: vec![EventKind::ResourceChange],
    }]
}

/// Reads a page.
pub(crate) async fn read(account: &Account, request: &EventsRequest) -> Result<EventPage, ConnectorError> {
    let now = request.now;
    if request.feed.as_str() != FEED && !request.feed.as_str().is_empty() {
        return Err(no_such_feed(&request.feed));
    }
    let from = match &request.from {
        EventsFrom::Now => return Ok(page(Vec::new(), &Cursor::at(now), false)),
        EventsFrom::Start(start) => Cursor::at(*start),
        EventsFrom::Cursor(text) => Cursor::parse(text).ok_or_else(unknown_cursor)?,
    };
    if from.position < now - KEPT {
        return Err(too_old(now));
    }
    let (entries, until) = stretch(account, from.position, now).await?;
    let chosen = choose(from, entries, until, request.at_most);
    let mut events = Vec::new();
    for entry in &chosen.entries {
        events.extend(told(entry, entry::changed(entry, account).await?));
    }
    Ok(page(events, &chosen.next, chosen.more || until < now))
}

/// The entries of a page.
struct Chosen {
    entries: Vec<AuditLogEntry>,
    next: Cursor,
    /// Whether some of the stretch are left.
    more: bool,
}

/// What was not told yet, the oldest first, so many at most.
fn choose(from: Cursor, mut entries: Vec<AuditLogEntry>, until: DateTime<Utc>, at_most: usize) -> Chosen {
    entries.retain(|entry| entry::is_ours(entry) && !from.has_seen(entry.action.time, entry.id.as_str()));
    entries.sort_by(|one, other| {
        (second(one.action.time), one.id.as_str()).cmp(&(second(other.action.time), other.id.as_str()))
    });
    entries.dedup_by(|one, other| one.id == other.id);
    let more = entries.len() > at_most.max(1);
    entries.truncate(at_most.max(1));
    // Where some are left, the next page begins with the last one of this, which is remembered.
    let position = match entries.last() {
        Some(last) if more => last.action.time.max(from.position),
        _ => until,
    };
    let seen = entries
        .iter()
        .map(|entry| (entry.action.time, entry.id.as_str().to_owned()));
    let next = from.moved(position, seen.collect());
    Chosen { entries, next, more }
}

fn told(entry: &AuditLogEntry, changed: Vec<ResourceId>) -> impl Iterator<Item = Event> {
    changed.into_iter().map(|id| Event {
        id: format!("{}/{id}", entry.id),
        occurred_at: entry.action.time,
        what: What::ResourceChanged(id),
    })
}

/// All entries of the log from a little before a position on, and up to when it was read.
async fn stretch(
    account: &Account,
    position: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(Vec<AuditLogEntry>, DateTime<Utc>), ConnectorError> {
    let mut length = STRETCH;
    loop {
        let until = now.min(position + length);
        let mut pages = account.client.audit_log(AuditLogs {
            account: account.id.clone(),
            since: position - cursor::OVERLAP,
            before: until,
        });
        let mut entries = Vec::new();
        let mut read = 0;
        while let Some(page) = pages.next().await.map_err(failed)? {
            entries.extend(page);
            read += 1;
            if read >= PAGES && length > SHORTEST {
                break;
            }
        }
        if read < PAGES || length <= SHORTEST {
            return Ok((entries, until));
        }
        length = length / 2;
    }
}

fn page(events: Vec<Event>, next: &Cursor, has_more: bool) -> EventPage {
    EventPage {
        events,
        cursor: next.to_text(),
        has_more,
    }
}

fn unknown_cursor() -> ConnectorError {
    ConnectorError::new(
        ErrorKind::InvalidArgument,
        "this cursor is none of this event feed",
    )
    .with_code("unknown-cursor")
    .with_hint("begin anew, without a cursor, and read the account once")
}

fn too_old(now: DateTime<Utc>) -> ConnectorError {
    let first = (now - KEPT).format("%Y-%m-%d");
    ConnectorError::new(
        ErrorKind::FailedPrecondition,
        format!("Cloudflare keeps its audit log for 18 months: it can be read from {first} on"),
    )
    .with_code("before-the-log")
    .with_hint("begin later, and read the account once")
}
