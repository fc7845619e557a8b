//! Letters: what was sent, and what could not be.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use governance::{Letter, LetterState};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Chip, Crumb, EmptyState, Html, Icon, PageHead, Time, Tone};

use crate::Inner;
use crate::frame::{Area, page};
use crate::web::{Outcome, Signed};

/// How many of the newest are shown.
const SHOWN: u64 = 200;

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/mail", get(list))
}

async fn list(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    let letters = inner.office.letters(&signed.actor, SHOWN).await?;
    let state = TableQuery::parse("per=200");
    let table = Table {
        id: "mail",
        label: "Mail",
        columns: vec![
            Column::new("subject", "Subject"),
            Column::new("to", "To"),
            Column::new("status", "Status"),
            Column::new("tries", "Tries").numeric(),
            Column::new("when", "Written"),
        ],
        rows: letters.iter().map(row).collect(),
        state: &state,
        total: letters.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Mail,
            "No letter yet",
            "People are written to when their help is needed, or when a connector of theirs does not work.",
        ),
        bulk: None,
        csv_href: None,
    };
    let head = PageHead::new("Mail").text("Letters to people, and whether they could be sent.");
    let body = Html::from(head).and(Html::from(table));
    Ok(page(
        &signed,
        Area::Mail,
        "Mail",
        vec![Crumb::here("Mail")],
        &body,
    ))
}

fn row(letter: &Letter) -> Row {
    let (chip, more) = match &letter.state {
        LetterState::Waiting { last: None, .. } => (Chip::busy("To be sent"), ""),
        LetterState::Waiting { last: Some(why), .. } => {
            (Chip::new(Tone::Warn, "To be tried again"), why.as_str())
        }
        LetterState::Sent { .. } => (Chip::new(Tone::Good, "Sent"), ""),
        LetterState::Failed { why, .. } => (Chip::new(Tone::Bad, "Failed"), why.as_str()),
    };
    let cells = vec![
        Cell::text(&letter.subject),
        Cell::text(letter.to.as_str()),
        Cell::piece(chip).below(more),
        Cell::number(letter.tries.into()),
        Cell::piece(Time::ago(letter.created_at)),
    ];
    Row::new(letter.id.as_str(), cells)
}
