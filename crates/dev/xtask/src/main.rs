//! Repository tasks, run as `cargo xtask <task>`: one module per task.

mod bench;
mod codegen;
mod snapshots;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a task answers; the text of the error is all that a person needs.
type Outcome = Result<(), Box<dyn std::error::Error>>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Repository tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Makes the wire messages of `crates/lib/proto` from `proto/`.
    Codegen(codegen::Args),
    /// Checks who knows whom, and how long files and functions are.
    Tidy,
    /// Fails when a stored snapshot is read by no test.
    Snapshots(snapshots::Args),
    /// Measures time and memory of the release binaries.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Codegen(args) => codegen::run(&args),
        Task::Tidy => tidy::run(),
        Task::Snapshots(args) => snapshots::run(&args),
        Task::Bench(args) => bench::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a task's only output is for the person who runs it"
)]
fn complain(error: &dyn std::error::Error) {
    eprintln!("error: {error}");
}
