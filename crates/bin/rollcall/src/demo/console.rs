//! `rollcall demo`: the console, alive, on the account of a company that does not exist.

use std::net::SocketAddr;
use std::path::Path;

use clap::Parser as _;
use cloudflare_sim::{Options, Sim, demo};
use inspect::Ink;
use model::Clock as _;
use runner::SystemClock;
use secrecy::ExposeSecret as _;

use super::company::Company;
use crate::args::{Args, Command, Serve};
use crate::failure::Failure;
use crate::{control, terminal};

/// Serves until it is told to stop; everything is gone afterwards.
pub(super) async fn run(listen: SocketAddr) -> Result<(), Failure> {
    let folder = tempfile::Builder::new().prefix("rollcall-demo-").tempdir()?;
    let sim = Sim::new(demo::example_retail(SystemClock.now()), Options::default())
        .start()
        .await?;
    let serve = settings(folder.path(), listen, &sim.base_url())?;
    let office = control::office(&serve.place).await?;
    let company = Company::found(&office, &serve, &sim).await?;
    terminal::with_screen(|screen| {
        screen.paragraph(
            Ink::Plain,
            "",
            "A company that does not exist, on a simulated Cloudflare. When the service listens, come in by this link, \
             good once:",
        )?;
        writeln!(screen.out, "  {}", company.link.expose_secret())?;
        Ok(screen.gap()?)
    })?;
    tokio::select! {
        served = control::serve_here(&serve) => served,
        failed = company.live(&office, &sim) => Err(failed),
    }
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
