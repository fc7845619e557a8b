//! What whoever keeps the service running does: backups, keys, several services, a look at everything.

mod backup;
mod doctor;
mod hosted;
mod keys;
mod types;

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use governance::{
    Actor, Authentication, Connector, ConnectorKind, ConnectorSettings, Hosting, Mode, NewConnector,
    NewPlace, Office, Schedule,
};
use runner::{SystemClock, SystemIds, SystemRandomness};
use store::Database;
use vault::KeyRing;

use crate::world::World;

/// Somebody at a terminal.
fn actor() -> Actor {
    Actor::command("tests")
}

/// The office over the state of a world.
fn office(world: &World) -> Office {
    let database = world.runtime.block_on(world.open()).unwrap();
    office_over(database)
}

fn office_over(database: Database) -> Office {
    Office::new(Arc::new(database), Arc::new(SystemClock), Arc::new(SystemIds))
}

/// A connector that runs beside the service, with settings to read the account with.
fn add_hosted(world: &World, name: &str) -> Connector {
    let office = office(world);
    let new = NewConnector {
        name: name.to_owned(),
        kind: ConnectorKind::Cloudflare,
        hosting: Hosting::Hosted,
        place: NewPlace::Nowhere,
        owners: Vec::new(),
        schedule: Schedule::Never,
    };
    let actor = actor();
    let added = office.add_connector(&actor, &new, "localhost");
    let connector = world.runtime.block_on(added).unwrap();
    let ring = KeyRing::load(&world.path("data/keys")).unwrap();
    let token = world.sim.token().into();
    let secret = lobby::seal_for_connector(&ring, &SystemRandomness, &connector.id, &token).unwrap();
    let settings = ConnectorSettings {
        connector: connector.id.clone(),
        account_id: world.sim.account_id(),
        authentication: Authentication::ApiToken,
        secret,
        last_four: "test".to_owned(),
        mode: Mode::Reviews,
        saved_at: office.now(),
        revision: 0,
        checked: None,
    };
    let saved = office.save_settings(&actor, &settings, task_service::sync_work);
    world.runtime.block_on(saved).unwrap();
    connector
}

/// Runs a command to its end, however that is.
fn output(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

/// Whether a folder holds nothing, or is not there at all.
fn is_untouched(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}
