//! Apps that were found, made managed together.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use governance::{Action, App, AppId, OfficeError, Operator, OperatorId, OperatorStatus};
use ui::{Button, Card, Choice, Facts, Field, Form, Html, PageHead};

use super::{crumbs, source};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Fields, Outcome, Signed, Trouble};

/// Asks who is to own the apps that were selected; when that is said, makes all of them managed, or none.
pub(super) async fn manage(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    signed.actor.may(Action::PromoteApp).map_err(OfficeError::from)?;
    let ids: Result<BTreeSet<AppId>, _> = fields.all("id").map(AppId::parse).collect();
    let ids: Vec<AppId> = ids.map_err(OfficeError::from)?.into_iter().collect();
    if ids.is_empty() {
        return Ok(go("/apps?state=unmanaged"));
    }
    let mut apps = Vec::new();
    for id in &ids {
        apps.push(inner.office.app(&signed.actor, id).await?.value);
    }
    let people = inner.office.operators(&signed.actor).await?;
    if fields.text("do") != "manage" {
        return Ok(asking(&signed, &apps, &people, &Trouble::none()));
    }
    let owners: Result<Vec<OperatorId>, _> = fields.all("owner").map(OperatorId::parse).collect();
    let owners = owners.map_err(OfficeError::from)?;
    match inner.office.promote_apps(&signed.actor, &ids, &owners).await {
        Ok(()) => Ok(go("/apps")),
        Err(error @ OfficeError::NoOwner) => {
            Ok(asking(&signed, &apps, &people, &Trouble::with("owner", error)))
        }
        Err(error) => Err(error.into()),
    }
}

fn asking(signed: &Signed, apps: &[App], people: &[Operator], trouble: &Trouble) -> Response {
    let able = people
        .iter()
        .filter(|one| !matches!(one.status, OperatorStatus::Deactivated { .. }));
    let owners = able.map(|one| Choice::new(one.id.as_str(), one.name.as_str(), one.email.as_str()));
    let form = Form::new("/apps/manage", csrf(signed)).hidden("do", "manage");
    let form = apps
        .iter()
        .fold(form, |form, app| form.hidden("id", app.id.as_str()));
    let form = form
        .field(
            Field::check_cards("owner", "Who owns them?", owners.collect())
                .error(trouble.at("owner"))
                .required(),
        )
        .button(Button::submit("Manage").primary())
        .button(Button::link("Cancel", "/apps?state=unmanaged").quiet());
    let facts = apps.iter().fold(Facts::new(), |facts, app| {
        facts.fact(app.name.as_str(), source(app))
    });
    let head = PageHead::new("Manage apps")
        .text("Access in them is governed from now on, and their owners answer for it.");
    let body = Html::from(head)
        .and(Card::new("Apps", facts))
        .and(Card::new("Owners", form));
    page(signed, Area::Apps, "Manage apps", crumbs("Manage"), &body)
}
