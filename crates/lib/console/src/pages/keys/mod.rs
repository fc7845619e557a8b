//! API keys: one's own under *Your account*, everybody's under *Users*.

mod all;
mod own;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use governance::{ApiKey, ApiKeyId, OfficeError};
use ui::table::Cell;
use ui::{Button, Chip, ConfirmForm, Html, Time, Tone};

use crate::Inner;
use crate::frame::csrf;
use crate::web::{Failed, Signed};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/account/keys", get(own::list).post(own::add))
        .route("/account/keys/{key}/revoke", post(own::revoke))
        .route("/users/keys", get(all::list))
        .route("/users/keys/{key}/revoke", post(all::revoke))
}

fn named(id: &str) -> Result<ApiKeyId, Failed> {
    Ok(ApiKeyId::parse(id).map_err(OfficeError::from)?)
}

/// What both tables show of a key: how far it reaches, how its secret ends, when it was used, until when it is good.
fn cells(key: &ApiKey, now: DateTime<Utc>) -> [Cell; 4] {
    let used = key
        .used_at
        .map_or_else(|| Html::text("Never"), |at| Time::ago(at).into());
    let expires = if key.is_good(now) {
        Html::from(Time::ago(key.expires_at))
    } else {
        Chip::new(Tone::Quiet, "Expired").into()
    };
    [
        Cell::text(key.scope.to_string()),
        Cell::text(format!("…{}", key.last_four)),
        Cell::piece(used),
        Cell::piece(expires),
    ]
}

/// Takes a key back, once that was asked again.
fn revocation(signed: &Signed, key: &ApiKey, under: &str) -> ConfirmForm {
    ConfirmForm::new(
        format!("revoke-{}", key.id),
        "Revoke",
        Button::submit("Revoke").danger(),
        format!("{under}/{}/revoke", key.id),
        csrf(signed),
    )
    .question(format!("Revoke the key {}?", key.name))
    .text("Whatever uses it is turned away with the next call. It cannot be made good again.")
}
