//! Bringing a file: where no connector runs, somebody uploads what one wrote elsewhere.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use governance::{Action, ConnectorId, Hosting, OfficeError, Seen};
use ui::{Button, Card, Field, Form, Html, Icon, Notice, Tone};

use super::head::{Side, crumbs, head, path};
use super::named;
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::go;
use crate::web::{Failed, Outcome, Signed, Trouble, file_of};
use lobby::NotTaken;

/// The field with the file.
const FILE: &str = "file";

pub(super) async fn form(State(inner): State<Arc<Inner>>, Path(id): Path<String>, signed: Signed) -> Outcome {
    let seen = inner.office.seen(&signed.actor, &named(&id)?).await?;
    let may = signed.actor.may(Action::RunConnector(&seen.installation));
    may.map_err(OfficeError::from)?;
    if seen.installation.hosting != Hosting::ByHand {
        return Ok(go(path(&seen.connector.id)));
    }
    Ok(show(&inner, &signed, &seen, &Trouble::none()))
}

fn show(inner: &Inner, signed: &Signed, seen: &Seen, trouble: &Trouble) -> Response {
    let here = path(&seen.connector.id);
    let largest = inner.settings.largest_file;
    let body = if seen.installation.held.is_some() {
        Html::from(
            Notice::new(Tone::Warn, "The file before is held")
                .text("Confirm or discard it; then another one can take its place.")
                .action("Look at the difference", format!("{here}/held")),
        )
    } else {
        let form = Form::new(format!("{here}/file"), csrf(signed))
            .with_files()
            .field(
                Field::file(FILE, "File")
                    .hint(format!(
                        "A .c1z file of a full sync, as a connector writes it, of up to {} MiB.",
                        largest >> 20
                    ))
                    .error(trouble.at(FILE))
                    .largest(largest)
                    .required(),
            )
            .button(Button::submit("Upload").primary().icon(Icon::Upload))
            .button(Button::link("Cancel", here).quiet());
        Card::new("Upload a file", form)
            .text("It is checked, compared with the one before, and takes its place.")
            .into()
    };
    let body = head(signed, seen, Side::File).and(body);
    let crumbs = crumbs(seen, Some("File"));
    page(signed, Area::Connectors, "Upload a file", crumbs, &body)
}

pub(super) async fn bring(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    signed: Signed,
    request: Request,
) -> Outcome {
    let id = named(&id)?;
    inner.office.may_bring(&signed.actor, &id).await?;
    let pieces = file_of(request, &signed, FILE).await?;
    let received = match inner.lobby.helpers.files.receive(pieces).await {
        Ok(received) => received,
        Err(NotTaken::Refused(why)) => return again(&inner, &signed, &id, &why).await,
        Err(NotTaken::Broken) => return Err(Failed::Broken("a file could not be received")),
    };
    let upload = inner
        .office
        .begin_file(&signed.actor, &id, &received.file())
        .await?;
    let stored = received.store(&upload.key).await;
    stored.map_err(|_| Failed::Broken("a file could not be stored"))?;
    inner.office.finish_file(&signed.actor, &upload).await?;
    Ok(go(path(&id)))
}

async fn again(inner: &Inner, signed: &Signed, id: &ConnectorId, why: &str) -> Outcome {
    let seen = inner.office.seen(&signed.actor, id).await?;
    let trouble = Trouble::with(FILE, why);
    Ok(show(inner, signed, &seen, &trouble))
}
