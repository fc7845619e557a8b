//! People from a list.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use governance::{Action, Fates, ListedPerson, OfficeError, TokenHash};
use secrecy::ExposeSecret as _;
use ui::{Card, Crumb, Field, Html, PageHead};

use super::{go, preview};
use crate::Inner;
use crate::frame::{Area, page};
use crate::sheet::{Sheet, SheetError};
use crate::web::{Failed, Fields, Outcome, Signed, Trouble};

const HERE: &str = "/users/import";
const HINT: &str = "CSV with a header: name, e-mail, roles. Commas, semicolons or tabs between columns, several roles with a bar \
                    between them. Whoever has no role named is a User. 2,000 lines at most.";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/users/import", get(form).post(bring))
}

async fn form(signed: Signed) -> Outcome {
    signed
        .actor
        .may(Action::ManageOperators)
        .map_err(OfficeError::from)?;
    Ok(pasting(&signed, "", &Trouble::none()))
}

fn pasting(signed: &Signed, text: &str, trouble: &Trouble) -> Response {
    let form = preview::paste(signed, HERE, HINT, (text, trouble));
    let head = PageHead::new("Import users").text("You see what each line would do before anything is done.");
    shown(signed, &Html::from(head).and(Card::new("People", form)))
}

fn shown(signed: &Signed, body: &Html) -> Response {
    let crumbs = vec![Crumb::to("Users", "/users"), Crumb::here("Import")];
    page(signed, Area::Users, "Import users", crumbs, body)
}

fn listed(text: &str) -> Result<Vec<ListedPerson>, SheetError> {
    let sheet = Sheet::read(text)?;
    let email = Some(sheet.needed(&["e-mail", "mail", "e-mail address", "user name"])?);
    let name = Some(sheet.needed(&["name", "full name", "display name"])?);
    let roles = sheet.column(&["roles", "role"]);
    let person = |row: &crate::sheet::Row| ListedPerson {
        line: row.line,
        name: row.cell(name).to_owned(),
        email: row.cell(email).to_owned(),
        roles: row.cell(roles).to_owned(),
    };
    Ok(sheet.rows().iter().map(person).collect())
}

async fn bring(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    signed
        .actor
        .may(Action::ManageOperators)
        .map_err(OfficeError::from)?;
    let text = fields.text("list");
    let list = match listed(text) {
        Ok(list) => list,
        Err(error) => return Ok(pasting(&signed, text, &Trouble::with("list", error))),
    };
    let fates = inner.office.judge_people(&signed.actor, &list).await?;
    let is_meant = fields.text("do") == "confirm" && fields.text("seal") == fates.seal();
    if !is_meant || fates.is_refused() {
        return Ok(previewed(&signed, text, &list, &fates));
    }
    let links = if fields.is_on("invite") {
        links(&inner, fates.invited())?
    } else {
        Vec::new()
    };
    inner.office.import_people(&signed.actor, fates, links).await?;
    Ok(go("/users"))
}

fn links(inner: &Inner, count: usize) -> Result<Vec<(TokenHash, String)>, Failed> {
    let link = |_| {
        let made = lobby::welcome_link(inner.lobby.helpers.random.as_ref(), &inner.lobby.address);
        let (hash, link) = made?;
        Ok((hash, link.expose_secret().to_owned()))
    };
    (0..count).map(link).collect()
}

fn previewed(signed: &Signed, text: &str, list: &[ListedPerson], fates: &Fates) -> Response {
    let said: Vec<String> = list
        .iter()
        .map(|one| format!("{} ({})", one.name, one.email))
        .collect();
    let invite = Field::checkbox(
        "invite",
        "Send those who are new a link to choose a password, good for three days",
        true,
    );
    let decision = preview::decision(signed, (HERE, HINT), text, fates, |form| form.field(invite));
    let head = PageHead::new("Import users");
    let body = Html::from(head).and(preview::fates(fates, &said)).and(decision);
    shown(signed, &body)
}
