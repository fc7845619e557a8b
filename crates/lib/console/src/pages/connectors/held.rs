//! A sync that is held: what it would change, and the decision about it.

use std::sync::Arc;

use axum::extract::{Path, State};
use governance::access::{ChangeCounts, ChangeQuery, PageRequest, RunChange, RunChanges, Subject, Way};
use governance::{Action, OfficeError, Run};
use ui::{Button, Card, ConfirmForm, Facts, Html, Icon, Notice, PageHead, PostButton, Tone};

use super::head::{crumbs, path};
use super::run_changes::subjects;
use super::runs::run_path;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed, sentence};

/// How many of each change are named.
const NAMED: u64 = 20;

pub(super) async fn show(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let id = super::named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let Some(held) = &seen.installation.held else {
        return Ok(go(path(&id)));
    };
    let run = inner.office.held_run(&signed.actor, &id).await?;
    let mut body = Html::from(PageHead::new("A sync is held").text(
        "It has lost a suspicious share of what was there. Nothing of it is believed until somebody has looked at it.",
    ))
    .and(Notice::new(Tone::Warn, sentence(&held.why)));
    body = match run.as_ref().and_then(|run| Some((run, run.changes.as_ref()?))) {
        Some((run, told)) => body.and(changes(&inner, &signed, run, told).await?),
        None => body.and(
            Notice::new(Tone::Info, "The difference is not kept any more")
                .text("Let the connector read again."),
        ),
    };
    if signed.actor.may(Action::RunConnector(&seen.installation)).is_ok() {
        body = body.and(decision(&signed, &path(&id)));
    }
    let crumbs = crumbs(&seen, Some("Held sync"));
    Ok(page(&signed, Area::Connectors, "Held sync", crumbs, &body))
}

/// What it would change, as it was worked out when it was held.
async fn changes(inner: &Inner, signed: &Signed, run: &Run, told: &RunChanges) -> Result<Html, OfficeError> {
    let which = (&run.task.connector, &run.task.id);
    let some = async |subjects: &[Subject], way: Way| {
        let query = ChangeQuery {
            subjects: subjects.to_vec(),
            ways: vec![way],
            search: String::new(),
        };
        let page = PageRequest::new(0, NAMED);
        let found = inner.office.changes_of_run(&signed.actor, which, &query, page);
        let count = told.counts.let_through(&query);
        found.await.map(|found| named(&found.rows, count))
    };
    let things = [Subject::Account, Subject::Resource];
    let all = format!("{}/changes", run_path(which.0, which.1));
    Ok(Html::from(
        Card::new("In numbers", numbers(&told.counts))
            .action(Button::link("All changes", all).icon(Icon::Search)),
    )
    .and(Card::new("Gone", some(&things, Way::Removed).await?))
    .and(Card::new(
        "Access that is gone",
        some(&[Subject::Grant], Way::Removed).await?,
    ))
    .and(Card::new("New", some(&things, Way::Added).await?)))
}

fn numbers(counts: &ChangeCounts) -> Facts {
    subjects()
        .into_iter()
        .fold(Facts::new(), |facts, (subject, label)| {
            let [added, removed, altered] = Way::ALL.map(|way| counts.of(subject, way));
            facts.fact(label, format!("{added} new, {removed} gone, {altered} altered"))
        })
}

/// The first of them by name, and how many more there are.
fn named(some: &[RunChange], count: u64) -> Html {
    if count == 0 {
        return Html::text("Nothing");
    }
    let name = |one: &RunChange| {
        let name = &one.change.resource.name;
        let right = one.change.entitlement.as_ref();
        right.map_or_else(|| name.clone(), |right| format!("{name}: {}", right.name))
    };
    let names: Vec<String> = some.iter().map(name).collect();
    let rest = match count.saturating_sub(names.len() as u64) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Html::text(names.join(", ") + &rest)
}

fn decision(signed: &Signed, here: &str) -> Card {
    let confirm = ConfirmForm::new(
        "confirm",
        "Confirm changes",
        Button::submit("Confirm changes").primary(),
        format!("{here}/held/confirm"),
        csrf(signed),
    )
    .question("Is this how the account is now?")
    .text("Everybody sees it from then on.");
    let discard = PostButton::new(
        Button::submit("Discard this sync"),
        format!("{here}/held/discard"),
        csrf(signed),
    );
    Card::new("Your decision", Html::from(confirm).and(discard))
}

pub(super) async fn confirm(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = super::named(&id)?;
    inner.office.confirm_held(&signed.actor, &id).await?;
    Ok(go(path(&id)))
}

pub(super) async fn discard(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = super::named(&id)?;
    match inner.office.discard_held(&signed.actor, &id).await {
        // Somebody else has decided meanwhile: the page of the connector tells.
        Ok(()) | Err(OfficeError::Conflict(_)) => Ok(go(path(&id))),
        Err(error) => Err(error.into()),
    }
}
