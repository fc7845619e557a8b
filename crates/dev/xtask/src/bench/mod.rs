//! `cargo xtask bench`: the numbers of docs/PERFORMANCE.md, measured on this machine.
//!
//! Builds the three programs in release mode, runs the real connector as a process against a simulator in
//! another, and prints a table. Call counts are asserted in tests; what depends on the machine is measured here.

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
}

/// Measures everything and prints it.
pub(crate) fn run(args: &Args) -> Outcome {
    let programs = Programs::build()?;
    let mut rows = vec![report::size(
        "release binary `baton-cloudflare`",
        programs.connector_bytes()?,
    )];
    rows.push(report::time(
        "start-up to first request",
        first_request(&programs)?,
    ));
    rows.extend(latency(&programs)?);
    for members in [args.members / 10, args.members] {
        rows.extend(large(&programs, members)?);
    }
    report::print(&rows);
    programs::benchmark("connector-cloudflare", "grants")?;
    programs::benchmark("projection", "million")
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
