//! What a connector is told to do now.

use std::sync::Arc;

use axum::extract::{Path, State};
use governance::{Action, ConnectorId, OfficeError, TaskId};

use super::head::path;
use super::{named, show};
use crate::Inner;
use crate::pages::go;
use crate::web::{Fields, Named, Outcome, Signed};

pub(super) async fn sync(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let sync = inner.settings.sync;
    inner.office.sync_now(&signed.actor, &id, sync).await?;
    Ok(go(path(&id)))
}

pub(super) async fn pause(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    inner.office.pause(&signed.actor, &id).await?;
    (inner.helpers.changed)();
    Ok(go(path(&id)))
}

pub(super) async fn resume(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let sync = inner.settings.sync;
    inner.office.resume(&signed.actor, &id, sync).await?;
    (inner.helpers.changed)();
    Ok(go(path(&id)))
}

pub(super) async fn cancel(
    State(inner): State<Arc<Inner>>,
    Path((id, task)): Path<(String, String)>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let id = named(&id)?;
    let task = TaskId::parse(&task).map_err(OfficeError::from)?;
    inner.office.cancel(&signed.actor, &task).await?;
    Ok(go(path(&id)))
}

pub(super) async fn ask_again(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
    _fields: Fields,
) -> Outcome {
    let address = &inner.settings.address;
    match inner.office.ask_again(&signed.actor, &id, address).await {
        Ok(()) => Ok(go(path(&id))),
        Err(OfficeError::Conflict(why)) => show::refused(&inner, &signed, &id, why).await,
        Err(error) => Err(error.into()),
    }
}

/// Only with its name typed: it cannot be undone.
pub(super) async fn remove(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    let owned = inner.office.owned(&signed.actor, &id).await?;
    let may = signed.actor.may(Action::RemoveConnector);
    may.map_err(OfficeError::from)?;
    if owned.connector.value.name.as_str() != fields.text("name") {
        let other = "the name that was typed is another one: nothing was removed";
        return show::refused(&inner, &signed, &id, other).await;
    }
    inner.office.remove_connector(&signed.actor, &id).await?;
    (inner.helpers.changed)();
    Ok(go("/connectors"))
}
