//! `cargo xtask bench`: the numbers of docs/PERFORMANCE.md, measured on this machine.
//!
//! Builds the three programs in release mode, runs the real connector as a process against a simulator in
//! another, and prints a table. Call counts are asserted in tests; what depends on the machine is measured here.

mod idle;
mod measure;
mod programs;
mod report;

use std::time::Duration;

use crate::Outcome;
use measure::Run;
use programs::{Programs, Simulator};
use report::Row;

/// What `bench` takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Members of the largest account.
    #[arg(long, default_value_t = 100_000)]
    members: u32,
    /// Measures nothing but this.
    #[arg(long)]
    only: Option<Part>,
}

/// What there is to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// One sync of an account.
    Sync,
    /// The connector as a service that has nothing to do.
    Idle,
    /// A file of 500 MiB on its way from a connector to the service.
    Upload,
    /// Many changes.
    Grants,
    /// A file of a million grants becoming what pages show.
    Projection,
    /// The console: its start, its pages over small and large accounts, its memory.
    Pages,
}

/// Measures everything and prints it.
pub(crate) fn run(args: &Args) -> Outcome {
    let wanted = |part| args.only.is_none_or(|only| only == part);
    let mut rows = Vec::new();
    if wanted(Part::Sync) || wanted(Part::Idle) {
        let programs = Programs::build()?;
        if wanted(Part::Sync) {
            rows.extend(syncs(&programs, args.members)?);
        }
        if wanted(Part::Idle) {
            rows.extend(idle(&programs)?);
        }
    }
    if !rows.is_empty() {
        report::print(&rows);
    }
    if wanted(Part::Upload) {
        programs::bench("rollcall", "upload")?;
    }
    if wanted(Part::Grants) {
        programs::bench("connector-cloudflare", "grants")?;
    }
    if wanted(Part::Projection) {
        programs::bench("projection", "million")?;
    }
    if wanted(Part::Pages) {
        programs::bench("rollcall", "pages")?;
    }
    Ok(())
}

fn syncs(programs: &Programs, members: u32) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let mut rows = vec![
        report::size("release binary `baton-cloudflare`", programs.connector_bytes()?),
        report::time("start-up to first request", first_request(programs)?),
    ];
    rows.extend(latency(programs)?);
    for members in [members / 10, members] {
        rows.extend(large(programs, members)?);
    }
    Ok(rows)
}

fn idle(programs: &Programs) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let idle = idle::measure(programs)?;
    Ok(vec![
        report::size("idle connector", idle.resident_bytes),
        report::share("… over a minute", idle.share),
    ])
}

/// The best of several starts: from `exec` to the first byte at a listening socket.
fn first_request(programs: &Programs) -> Result<Duration, Box<dyn std::error::Error>> {
    let mut best = Duration::MAX;
    for _ in 0..10 {
        best = best.min(measure::first_request(programs)?);
    }
    Ok(best)
}

/// 500 members with 50 ms on each call: the limit should be the network's round trips.
fn latency(programs: &Programs) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let spec = [
        "--members",
        "500",
        "--roles",
        "40",
        "--permission-groups",
        "50",
        "--tokens",
        "5",
        "--user-groups",
        "4",
    ];
    let simulator = Simulator::start(programs, &[&spec[..], &["--latency", "50ms"]].concat())?;
    let run = measure::sync(programs, &simulator, &[])?;
    Ok(vec![
        report::time("500 members, 50 ms a call", run.elapsed),
        report::count("calls for them", simulator.calls()?),
    ])
}

/// A large account without latency or rate limit: time, memory, and how long the file takes to describe.
fn large(programs: &Programs, members: u32) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let text = members.to_string();
    let simulator = Simulator::start(
        programs,
        &["--members", &text, "--roles", "200", "--rate-limit", "off"],
    )?;
    let Run {
        elapsed,
        peak_bytes,
        file,
    } = measure::sync(programs, &simulator, &["--rate-limit", "off"])?;
    let stats = measure::stats(programs, &file)?;
    Ok(vec![
        report::time(&format!("{members} members, 200 roles"), elapsed),
        report::size("peak memory of the connector", peak_bytes),
        report::size("file", std::fs::metadata(&file)?.len()),
        report::time("`rollcall inspect stats` on it", stats),
    ])
}
