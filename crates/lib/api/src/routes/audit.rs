//! The audit trail, and letters.

use governance::repository::AuditFilter;

use crate::answer::Found;
use crate::call::Call;
use crate::endpoint::{Endpoint, get};
use crate::input::Nothing;
use crate::page::{Limit, Page, Part, Place, no_cursor};
use crate::problem::Problem;
use crate::shape::audit::{AuditEntry, AuditQuery, Letter};
use crate::shape::runs::PartQuery;

/// How many of the newest letters are listed, on all pages.
const NEWEST: u64 = 1_000;

pub(super) fn all() -> [Endpoint; 2] {
    [
        get(
            "/audit",
            "listAuditEntries",
            "Lists who did what, the newest first.",
            entries,
        ),
        get(
            "/letters",
            "listLetters",
            "Lists the newest letters to people, and what became of them.",
            letters,
        ),
    ]
}

async fn entries(call: Call<AuditQuery, Nothing>) -> Result<Found<Page<AuditEntry>>, Problem> {
    let query = &call.query;
    let before = match Place::of(query.cursor.as_ref())? {
        None => None,
        Some(Place::Before(number)) => Some(number),
        Some(_) => return Err(no_cursor()),
    };
    let filter = AuditFilter {
        text: query.search.clone().filter(|text| !text.is_empty()),
        object_kind: query.about.clone(),
        object_id: query.object.clone(),
        before,
    };
    let limit = Limit::of(query.limit);
    let office = &call.inner.lobby.office;
    let (found, left) = office.audit(call.actor(), &filter, 0, limit).await?;
    let items: Vec<AuditEntry> = found.into_iter().map(AuditEntry::from).collect();
    let last = items.last().filter(|_| left > items.len() as u64);
    Ok(Found(Page {
        next: last.map(|last| Place::Before(last.number).told()),
        items,
        total: None,
    }))
}

async fn letters(call: Call<PartQuery, Nothing>) -> Result<Found<Page<Letter>>, Problem> {
    let part = Part::of(call.query.limit, call.query.cursor.as_ref())?;
    let all = call.inner.lobby.office.letters(call.actor(), NEWEST).await?;
    let all = all.iter().map(Letter::from).collect();
    Ok(Found(part.page(all, |letter: &Letter| letter.id.clone())?))
}
