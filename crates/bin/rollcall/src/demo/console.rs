//! `rollcall demo --console`: the console, alive, on the account of a company that does not exist.

use std::net::SocketAddr;
use std::path::Path;

use clap::Parser as _;
use cloudflare_sim::{Options, Running, Sim, demo};
use governance::{
    Actor, Authentication, ConnectorKind, ConnectorSettings, Hosting, Mode, NewConnector, NewPlace, Office,
    Schedule,
};
use inspect::Ink;
use model::Clock as _;
use runner::{SystemClock, SystemRandomness};
use secrecy::{ExposeSecret as _, SecretString};

use crate::args::{Args, Command, Serve};
use crate::failure::Failure;
use crate::{console, control, terminal};

/// How often the made-up account is read.
const EVERY: std::time::Duration = std::time::Duration::from_mins(15);

/// Serves until it is told to stop; everything is gone afterwards.
pub(super) async fn run(listen: SocketAddr) -> Result<(), Failure> {
    let folder = tempfile::Builder::new().prefix("rollcall-demo-").tempdir()?;
    let sim = Sim::new(demo::example_retail(SystemClock.now()), Options::default())
        .start()
        .await?;
    let serve = settings(folder.path(), listen, &sim.base_url())?;
    let office = control::office(&serve.place).await?;
    let link = set_up(&office, &serve, &sim).await?;
    terminal::with_screen(|screen| {
        screen.paragraph(
            Ink::Plain,
            "",
            "A company that does not exist, on a simulated Cloudflare. Come in by this link, good once:",
        )?;
        writeln!(screen.out, "  {}", link.expose_secret())?;
        Ok(screen.gap()?)
    })?;
    control::serve_here(&serve).await
}

/// The service's settings, as a person would give them.
fn settings(folder: &Path, listen: SocketAddr, cloudflare: &str) -> Result<Serve, Failure> {
    let address = format!("localhost:{}", listen.port());
    let listen = listen.to_string();
    let data = folder.to_string_lossy();
    let arguments = [
        "rollcall",
        "serve",
        "--data",
        &data,
        "--listen",
        &listen,
        "--address",
        &address,
        "--cloudflare",
        cloudflare,
        "--log-level",
        "warn",
    ];
    match Args::try_parse_from(arguments).map(|args| args.command) {
        Ok(Command::Serve(serve)) => Ok(serve),
        Ok(_) => Err(Failure::new(
            "these are no settings of a service",
            "please report it",
        )),
        Err(error) => Err(Failure::new(error, "please report it")),
    }
}

/// Somebody to be, and a connector that is set up; gives the link to come in by.
async fn set_up(office: &Office, serve: &Serve, sim: &Running) -> Result<SecretString, Failure> {
    let address = &serve.place.address;
    let (operator, link) = ::console::demo_link(office, &SystemRandomness, address).await?;
    let new = NewConnector {
        name: "Cloudflare".to_owned(),
        kind: ConnectorKind::Cloudflare,
        hosting: Hosting::Hosted,
        place: NewPlace::NewApp("Example Retail".to_owned()),
        owners: vec![operator.id],
        schedule: Schedule::Every(EVERY),
    };
    let actor = Actor::command("demo");
    let connector = office.add_connector(&actor, &new, address).await?;
    let keys = console::keys(&serve.key_ring())?;
    let token = SecretString::from(sim.token().as_str());
    let sealed = lobby::seal_for_connector(&keys, &SystemRandomness, &connector.id, &token);
    let settings = ConnectorSettings {
        connector: connector.id,
        account_id: sim.account_id(),
        authentication: Authentication::ApiToken,
        secret: sealed.map_err(|error| Failure::new(&error, error.hint()))?,
        last_four: "demo".to_owned(),
        mode: Mode::Reviews,
        saved_at: office.now(),
        revision: 0,
        checked: None,
    };
    office
        .save_settings(&actor, &settings, &task_service::sync_work())
        .await?;
    Ok(link)
}
