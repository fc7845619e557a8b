//! How a connector is called, when it reads, who owns it, and what is held for a person.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Response;
use governance::repository::RepositoryError;
use governance::{Action, Hosting, OfficeError, Operator, OperatorId, Readable, Schedule, Seen};
use lobby::{ConnectorChange, LobbyError};
use ui::{Button, Card, Choice, Field, Form, SelectOption};

use super::head::{Side, change_title, crumbs, head, path};
use super::named;
use super::types::{self, Wanted};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::{go, owners};
use crate::web::{Fields, Outcome, Signed, Trouble, sentence};

/// Intervals to choose from, in minutes.
const INTERVALS: [(u64, &str); 8] = [
    (15, "Every 15 minutes"),
    (30, "Every 30 minutes"),
    (60, "Every hour"),
    (180, "Every 3 hours"),
    (360, "Every 6 hours"),
    (720, "Every 12 hours"),
    (1440, "Every day"),
    (10_080, "Every week"),
];

pub(super) async fn form(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let seen = inner.office.seen(&signed.actor, &named(&id)?).await?;
    let may = signed.actor.may(Action::ConfigureConnector(&seen.installation));
    may.map_err(OfficeError::from)?;
    show(&inner, &signed, &seen, &Trouble::none()).await
}

async fn show(inner: &Inner, signed: &Signed, seen: &Seen, trouble: &Trouble) -> Outcome {
    let people = owners::possible(inner, signed, &seen.installation.owners).await?;
    let readable = inner
        .office
        .readable_types(&signed.actor, &seen.connector.id)
        .await?;
    Ok(answer(signed, seen, (&people, &readable), trouble))
}

fn answer(
    signed: &Signed,
    seen: &Seen,
    (people, readable): (&[Operator], &[Readable]),
    trouble: &Trouble,
) -> Response {
    let here = path(&seen.connector.id);
    let is_owner = |one: &Operator| seen.installation.owners.contains(&one.id);
    let mut form = Form::new(format!("{here}/change"), csrf(signed)).field(
        Field::text("name", "Name")
            .value(seen.connector.name.as_str())
            .error(trouble.at("name"))
            .required(),
    );
    if seen.installation.hosting != Hosting::ByHand {
        form = form.field(
            Field::cards("when", "When does it read?", whens(&seen.connector.schedule))
                .error(trouble.at("when"))
                .required(),
        );
    }
    if let Some(field) = types::field(readable, &seen.installation, trouble) {
        form = form.field(field);
    }
    let form = form
        .field(
            Field::check_cards("owner", "Who owns it?", owners::choices(people, signed, is_owner))
                .error(trouble.at("owner"))
                .required(),
        )
        .field(
            Field::checkbox(
                "held",
                "Hold a sync that loses a suspicious share",
                seen.installation.guard.is_some(),
            )
            .hint("A person looks at the difference before it is believed."),
        )
        .field(
            Field::number("guard", "From how much on, in percent of what was there").value(
                seen.installation
                    .guard
                    .unwrap_or(governance::Installation::GUARD)
                    .to_string(),
            ),
        )
        .button(Button::submit("Save").primary())
        .button(Button::link("Cancel", here).quiet());
    let title = change_title(seen);
    let body = head(signed, seen, Side::Change).and(Card::new(title, form));
    page(signed, Area::Connectors, title, crumbs(seen, Some(title)), &body)
}

fn whens(schedule: &Schedule) -> Vec<Choice> {
    let minutes = match schedule {
        Schedule::Every(every) => every.as_secs() / 60,
        _ => 60,
    };
    let mut options: Vec<SelectOption> = INTERVALS
        .iter()
        .map(|(minutes, label)| SelectOption::new(minutes.to_string(), *label))
        .collect();
    if !INTERVALS.iter().any(|(known, _)| *known == minutes) {
        options.push(SelectOption::new(
            minutes.to_string(),
            sentence(&schedule.to_string()),
        ));
    }
    let (cron, zone) = match schedule {
        Schedule::At(times) => (times.expression(), times.zone()),
        _ => ("0 6 * * 1-5", "UTC"),
    };
    let every = Choice::new(
        "every",
        "At an interval",
        "Again and again, counted from the sync before.",
    )
    .field(
        Field::select("every", "Interval", options)
            .value(minutes.to_string())
            .required(),
    );
    let at = Choice::new(
        "at",
        "At times of the day",
        "In the words of cron: minute, hour, day, month, weekday.",
    )
    .field(Field::text("cron", "Times").value(cron).required())
    .field(
        Field::text("zone", "Time zone")
            .hint("Such as Europe/Vienna or UTC.")
            .value(zone)
            .required(),
    );
    let never = Choice::new("never", "Only when asked", "Nothing happens by itself.");
    match schedule {
        Schedule::Never => vec![every, at, never.checked()],
        Schedule::Every(_) => vec![every.checked(), at, never],
        Schedule::At(_) => vec![every, at.checked(), never],
    }
}

pub(super) async fn change(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    let id = named(&id)?;
    match apply(&inner, &signed, &id, &fields).await {
        Ok(()) => Ok(go(path(&id))),
        Err(LobbyError::Office(error)) => {
            let field = match &error {
                OfficeError::Name(_) | OfficeError::Store(RepositoryError::Taken { .. }) => "name",
                OfficeError::Schedule(_) => "when",
                OfficeError::Types(_) => "type",
                OfficeError::NoOwner | OfficeError::Id(_) => "owner",
                _ => return Err(error.into()),
            };
            let seen = inner.office.seen(&signed.actor, &id).await?;
            show(&inner, &signed, &seen, &Trouble::with(field, &error)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn apply(
    inner: &Inner,
    signed: &Signed,
    id: &governance::ConnectorId,
    fields: &Fields,
) -> Result<(), LobbyError> {
    // What is wrong is found before anything is changed.
    let schedule = schedule(inner, fields)?;
    let owners = fields
        .all("owner")
        .map(OperatorId::parse)
        .collect::<Result<Vec<_>, _>>()
        .map_err(OfficeError::from)?;
    let guard = fields.is_on("held").then(|| {
        let share = fields.text("guard").parse::<u8>();
        share.unwrap_or(governance::Installation::GUARD)
    });
    let owned = inner.office.owned(&signed.actor, id).await?;
    let is_read = owned.installation.value.hosting != Hosting::ByHand;
    let wanted = Wanted::of(fields);
    let change = ConnectorChange {
        name: Some(fields.text("name").to_owned()),
        schedule: is_read.then_some(schedule),
        types: (wanted != Wanted::Unsaid).then(|| wanted.only().cloned()),
        owners: Some(owners),
        guard: Some(guard),
    };
    inner.lobby.change_connector(&signed.actor, id, &change).await
}

fn schedule(inner: &Inner, fields: &Fields) -> Result<Schedule, OfficeError> {
    Ok(match fields.text("when") {
        "at" => Schedule::at(fields.text("cron"), fields.text("zone"), inner.office.now())?,
        "every" => {
            let minutes = fields.text("every").parse::<u64>().unwrap_or_default();
            Schedule::every(Duration::from_secs(minutes.saturating_mul(60)))?
        }
        _ => Schedule::Never,
    })
}
