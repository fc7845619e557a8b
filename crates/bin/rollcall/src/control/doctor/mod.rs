//! `rollcall doctor`: whether everything is as it should be, and what to do where it is not. Nothing is changed, but for a
//! small file that is put into the object store and removed again.

mod connectors;
mod database;
mod files;
mod finding;
mod people;
mod place;
mod secrets;

use std::process::ExitCode;

use finding::{Findings, State};
use governance::Office;
use store::Database;

use super::place as places;
use crate::args::{Doctor, Output};
use crate::failure::Failure;
use crate::terminal;

pub(super) async fn run(doctor: &Doctor) -> Result<ExitCode, Failure> {
    let mut found = Findings::default();
    place::look(doctor, &mut found);
    place::certificate(doctor, &mut found);
    if let Some(database) = database::look(doctor, &mut found).await {
        rows(doctor, &database, &mut found).await;
    }
    place::mail(doctor, &mut found).await;
    place::service(doctor, &mut found).await;
    terminal::with_screen(|screen| match doctor.output {
        Output::Table => found.show(screen),
        Output::Json => Ok(writeln!(screen.out, "{}", found.json())?),
    })?;
    let is_wrong = found.worst() == State::Wrong;
    Ok(if is_wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What the rows of a database say, and what belongs to them.
async fn rows(doctor: &Doctor, database: &Database, found: &mut Findings) {
    let office = Office::new(
        std::sync::Arc::new(database.clone()),
        std::sync::Arc::new(runner::SystemClock),
        std::sync::Arc::new(runner::SystemIds),
    );
    database::trail(&office, found).await;
    secrets::look(doctor, database, found).await;
    files::look(doctor, database, found).await;
    connectors::look(&office, found).await;
    people::look(&office, database, found).await;
}
