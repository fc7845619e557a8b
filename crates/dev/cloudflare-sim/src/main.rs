//! The simulator as a program: prints where it listens and how to call it, and answers until interrupted.

mod args;

use std::{
    fs::File,
    io::{self, Write},
    process::ExitCode,
};

use args::Args;
use clap::Parser;
use cloudflare_sim::{Running, Sim};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(io::stderr(), "cloudflare-sim: {error}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> io::Result<()> {
    let journal = args.journal.as_ref().map(File::create).transpose()?;
    let sim = Sim::new(args.state(), args.options())
        .start_at(args.listen)
        .await?;
    if let Some(journal) = journal {
        sim.journal().write_to(journal);
    }
    introduce(&sim)?;
    tokio::signal::ctrl_c().await?;
    sim.stop().await;
    Ok(())
}

/// Tells everything that a client needs.
fn introduce(sim: &Running) -> io::Result<()> {
    let (email, key) = sim.key();
    let (base, account, token) = (sim.base_url(), sim.account_id(), sim.token());
    let mut out = io::stdout().lock();
    writeln!(out, "base URL       {base}")?;
    writeln!(out, "account id     {account}")?;
    writeln!(out, "user token     {token}")?;
    writeln!(out, "account token  {}", sim.account_token())?;
    writeln!(out, "e-mail         {email}")?;
    writeln!(out, "global key     {key}")?;
    writeln!(out, "members        {}", sim.read(|state| state.members.len()))?;
    writeln!(out)?;
    writeln!(out, "Try it:")?;
    writeln!(
        out,
        "  curl -H 'Authorization: Bearer {token}' '{base}/accounts/{account}/members?per_page=5'"
    )?;
    writeln!(
        out,
        "  baton-cloudflare --base-url {base} --account-id {account} --api-token {token}"
    )?;
    out.flush()
}
