//! Files that a connector handed over, for whoever may take them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use governance::{Action, AuditAction, Content, OfficeError, Seen, Upload, UploadState};
use ui::{Card, Facts, Html, Link};

use super::head::path;
use super::named;
use crate::Inner;
use crate::web::{Failed, Outcome, Signed};

/// How many files are looked through.
const FILES: u64 = 200;

/// A card with files to take; nothing for whoever may not take them.
pub(super) fn card(signed: &Signed, seen: &Seen, uploads: &[Upload]) -> Html {
    let may = signed.actor.may(Action::DownloadFiles(&seen.installation));
    if may.is_err() || uploads.is_empty() {
        return Html::default();
    }
    let facts = uploads.iter().fold(Facts::new(), |facts, upload| {
        let what = match upload.content {
            Content::Sync(_) => "Sync",
            Content::DebugLog => "Debug log",
        };
        let link = Link::new(
            format!("Download ({} KiB)", upload.size.div_ceil(1024)),
            format!("{}/files/{}", path(&seen.connector.id), upload.id),
        );
        facts.piece(format!("{what}, {}", when(upload)), link)
    });
    Card::new("Files", facts)
        .text("What it handed over. rollcall inspect and the Baton tools read them.")
        .into()
}

fn when(upload: &Upload) -> String {
    let at = match upload.state {
        UploadState::Storing { since } => since,
        UploadState::Kept { at } => at,
    };
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// A file that was handed over. That it was taken is written down.
pub(super) async fn file(
    State(inner): State<Arc<Inner>>,
    axum::extract::Path((id, file)): axum::extract::Path<(String, String)>,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let owned = inner.office.owned(&signed.actor, &id).await?;
    let may = signed.actor.may(Action::DownloadFiles(&owned.installation.value));
    may.map_err(OfficeError::from)?;
    let uploads = inner.office.files(&signed.actor, &id, FILES).await?;
    let upload = uploads.into_iter().find(|upload| upload.id.as_str() == file);
    let upload = upload.ok_or(OfficeError::Unknown("file"))?;
    let pieces = inner.lobby.helpers.files.open(&id, &upload).await;
    let pieces = pieces.map_err(|_| Failed::Broken("a file cannot be read from where it is kept"))?;
    let object = owned.connector.value.object();
    inner
        .office
        .note(&signed.actor, AuditAction::FileDownloaded, object)
        .await?;
    let ending = match upload.content {
        Content::Sync(_) => "c1z",
        Content::DebugLog => "log",
    };
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.{ending}\"", upload.id),
        ),
    ];
    Ok((headers, axum::body::Body::from_stream(pieces)).into_response())
}
