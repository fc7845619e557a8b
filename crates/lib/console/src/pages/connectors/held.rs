//! A sync that is held: what it would change, and the decision about it.

use std::sync::Arc;

use axum::extract::{Path, State};
use governance::access::{Change, Changed, Difference};
use governance::{Action, OfficeError, Run};
use ui::{Button, Card, ConfirmForm, Facts, Html, Notice, PageHead, PostButton, Tone};

use super::head::{crumbs, path};
use super::named;
use super::runs::run_path;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed, sentence};

/// How many of each change are named.
const NAMED: u64 = 20;
/// How many of the newest runs are looked through for the one that is held.
const RUNS: u64 = 20;

pub(super) async fn show(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let id = named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let Some(held) = &seen.installation.held else {
        return Ok(go(path(&id)));
    };
    let difference = inner.office.held_difference(&signed.actor, &id, NAMED).await?;
    let mut body = Html::from(PageHead::new("A sync is held").text(
        "It has lost a suspicious share of what was there. Nothing of it is believed until somebody has looked at it.",
    ))
    .and(Notice::new(Tone::Warn, sentence(&held.why)));
    body = match &difference {
        Some(difference) => body.and(changes(difference)),
        None => body.and(
            Notice::new(Tone::Info, "The difference is not kept any more")
                .text("Let the connector read again."),
        ),
    };
    let runs = inner.office.runs(&signed.actor, &id, RUNS).await?;
    let is_held = |run: &&Run| run.file().is_some_and(|file| file.id == held.upload);
    if let Some(run) = runs.iter().find(is_held) {
        let all = format!("{}/changes", run_path(&id, &run.task.id));
        body = body.and(Html::from(Button::link("All changes", all)));
    }
    if signed.actor.may(Action::RunConnector(&seen.installation)).is_ok() {
        body = body.and(decision(&signed, &path(&id)));
    }
    let crumbs = crumbs(&seen, Some("Held sync"));
    Ok(page(&signed, Area::Connectors, "Held sync", crumbs, &body))
}

fn changes(difference: &Difference) -> Html {
    let types = difference.types.iter().fold(Facts::new(), |facts, one| {
        let counts = format!(
            "{} before; {} new, {} gone, {} altered",
            one.before, one.added, one.removed, one.altered
        );
        facts.fact(one.of.name.as_str(), counts)
    });
    let grants = format!(
        "{} before; {} new, {} gone, {} altered",
        difference.grants_before,
        difference.grants.added.count,
        difference.grants.removed.count,
        difference.grants.altered.count
    );
    let resource = |one: &Change| one.resource.name.clone();
    let grant = |one: &Change| {
        let right = one.entitlement.as_ref().map_or("", |right| right.name.as_str());
        format!("{}: {right}", one.resource.name)
    };
    Html::from(Card::new("In numbers", types.fact("Grants", grants)))
        .and(Card::new("Gone", gone(&difference.resources.removed, resource)))
        .and(Card::new(
            "Access that is gone",
            gone(&difference.grants.removed, grant),
        ))
        .and(Card::new("New", gone(&difference.resources.added, resource)))
}

/// The first of them by name, and how many more there are.
fn gone(changed: &Changed, name: impl Fn(&Change) -> String) -> Html {
    if changed.count == 0 {
        return Html::text("Nothing");
    }
    let names: Vec<String> = changed.samples.iter().map(name).collect();
    let more = changed.count.saturating_sub(names.len() as u64);
    let rest = if more > 0 {
        format!(", and {more} more")
    } else {
        String::new()
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
    let id = named(&id)?;
    inner.office.confirm_held(&signed.actor, &id).await?;
    Ok(go(path(&id)))
}

pub(super) async fn discard(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = named(&id)?;
    match inner.office.discard_held(&signed.actor, &id).await {
        // Somebody else has decided meanwhile: the page of the connector tells.
        Ok(()) | Err(OfficeError::Conflict(_)) => Ok(go(path(&id))),
        Err(error) => Err(error.into()),
    }
}
