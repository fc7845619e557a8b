//! Where the control plane keeps what it knows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use governance::{Actor, Connector, Desk, Office, OfficeError, TaskRules};
use runner::{SystemClock, SystemIds};
use store::Database;
use task_service::FileStore;

use crate::args::Place;
use crate::failure::Failure;

/// Opens the database, making it if there is none.
pub(super) async fn database(place: &Place) -> Result<Database, Failure> {
    let database = match &place.database_url {
        Some(url) => Database::postgres(url).await,
        None => Database::sqlite(&database_file(place)).await,
    };
    database.map_err(|error| Failure::new(error, "see --data and --database-url"))
}

/// The database in the folder.
pub(super) fn database_file(place: &Place) -> PathBuf {
    place.data.join("rollcall.db")
}

/// Opens a database that is there.
pub(super) async fn existing(place: &Place) -> Result<Database, Failure> {
    let file = database_file(place);
    if place.database_url.is_none() && !file.exists() {
        let message = format!("there is no database {}", file.display());
        return Err(Failure::new(message, "see --data and --database-url"));
    }
    database(place).await
}

/// The folder that a file is in, or is to be.
pub(super) fn folder_of(file: &Path) -> &Path {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// The file of the keys that secrets are sealed with.
pub(super) fn key_ring(place: &Place, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| place.data.join("keys"), Path::to_owned)
}

pub(super) fn now() -> chrono::DateTime<chrono::Utc> {
    model::Clock::now(&SystemClock)
}

/// The desk for connectors.
pub(super) fn desk_over(database: Database, rules: TaskRules) -> Desk {
    Desk::new(
        Arc::new(database),
        Arc::new(SystemClock),
        Arc::new(SystemIds),
        rules,
    )
}

/// Opens the database for a person at a terminal of this machine.
pub(super) async fn office(place: &Place) -> Result<Office, Failure> {
    Ok(office_over(database(place).await?))
}

/// Whoever runs a command here.
pub(super) fn actor() -> Actor {
    Actor::command("somebody at a terminal")
}

pub(super) fn office_over(database: Database) -> Office {
    Office::new(Arc::new(database), Arc::new(SystemClock), Arc::new(SystemIds))
}

/// Opens the place for files, making it if there is none.
pub(super) fn files(place: &Place) -> Result<FileStore, Failure> {
    let spool = place.data.join("spool");
    let opened = match place.files.as_deref() {
        None => FileStore::folder(&place.data.join("files"), &spool),
        Some(url) => {
            let (bucket, prefix) = bucket(url)?;
            FileStore::s3(bucket, prefix, &spool, environment())
        }
    };
    opened.map_err(|error| Failure::new(error, "see --data and --files"))
}

/// What is no text names no bucket.
fn environment() -> impl Iterator<Item = (String, String)> {
    let all = std::env::vars_os();
    all.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// The parts of `s3://BUCKET/PREFIX`.
fn bucket(url: &str) -> Result<(&str, &str), Failure> {
    let rest = url.strip_prefix("s3://").filter(|rest| !rest.is_empty());
    let rest = rest.ok_or_else(|| {
        Failure::new(
            format!("`{url}` is no place for files"),
            "give a bucket as s3://BUCKET/PREFIX, or leave --files out to use the folder",
        )
    })?;
    Ok(rest.split_once('/').unwrap_or((rest, "")))
}

/// The connector that somebody names.
pub(super) async fn connector(office: &Office, name: &str) -> Result<Connector, Failure> {
    match office.find(&actor(), name).await {
        Ok(found) => Ok(found.connector.value),
        Err(OfficeError::Unknown(_)) => Err(Failure::new(
            format!("there is no connector called `{name}`"),
            "`rollcall connectors list` lists them, with their ids",
        )),
        Err(error) => Err(error.into()),
    }
}
