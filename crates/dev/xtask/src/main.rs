//! Repository tasks, run as `cargo xtask <task>`: one module per task.

mod codegen;
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
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().task {
        Task::Codegen(args) => codegen::run(&args),
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
