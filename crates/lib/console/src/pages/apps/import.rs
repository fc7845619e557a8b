//! Apps from a list.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use governance::{Action, Fates, ListedApp, OfficeError};
use ui::{Card, Crumb, Html, PageHead};

use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::{go, preview};
use crate::sheet::{Row, Sheet, SheetError};
use crate::web::{Fields, Outcome, Signed, Trouble};

const HERE: &str = "/apps/import";
const HINT: &str = "CSV with a header: name, owners. Commas, semicolons or tabs between columns; owners are e-mail addresses \
                    with a bar between them. 2,000 lines at most.";

pub(super) async fn form(signed: Signed) -> Outcome {
    signed.actor.may(Action::AddApp).map_err(OfficeError::from)?;
    Ok(pasting(&signed, "", &Trouble::none()))
}

fn pasting(signed: &Signed, text: &str, trouble: &Trouble) -> Response {
    let form = preview::paste(signed, HERE, HINT, (text, trouble));
    let head = PageHead::new("Import apps").text(
        "Those that are new become unmanaged apps. You see what each line would do before anything is done.",
    );
    shown(signed, &Html::from(head).and(Card::new("Apps", form)))
}

fn shown(signed: &Signed, body: &Html) -> Response {
    let crumbs = vec![Crumb::to("Apps", "/apps"), Crumb::here("Import")];
    page(signed, Area::Apps, "Import apps", crumbs, body)
}

fn listed(text: &str) -> Result<Vec<ListedApp>, SheetError> {
    let sheet = Sheet::read(text)?;
    let name = Some(sheet.needed(&["name", "app", "app name", "application"])?);
    let owners = sheet.column(&["owners", "owner", "owner e-mail", "owner e-mails"]);
    let app = |row: &Row| ListedApp {
        line: row.line,
        name: row.cell(name).to_owned(),
        owners: row.cell(owners).to_owned(),
    };
    Ok(sheet.rows().iter().map(app).collect())
}

pub(super) async fn bring(State(inner): State<Arc<Inner>>, signed: Signed, fields: Fields) -> Outcome {
    signed.actor.may(Action::AddApp).map_err(OfficeError::from)?;
    let text = fields.text("list");
    let list = match listed(text) {
        Ok(list) => list,
        Err(error) => return Ok(pasting(&signed, text, &Trouble::with("list", error))),
    };
    let fates = inner.office.judge_apps(&signed.actor, &list).await?;
    let is_meant = fields.text("do") == "confirm" && fields.text("seal") == fates.seal();
    if !is_meant || fates.is_refused() {
        return Ok(previewed(&signed, text, &list, &fates));
    }
    inner.office.import_apps(&signed.actor, fates).await?;
    Ok(go("/apps?state=unmanaged"))
}

fn previewed(signed: &Signed, text: &str, list: &[ListedApp], fates: &Fates) -> Response {
    let said: Vec<String> = list.iter().map(|one| one.name.clone()).collect();
    let decision = preview::decision(signed, (HERE, HINT), text, fates, |form| form);
    let head = PageHead::new("Import apps");
    let body = Html::from(head).and(preview::fates(fates, &said)).and(decision);
    shown(signed, &body)
}
