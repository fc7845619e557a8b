//! `rollcall`: the control plane that connectors report to, and for people what their files say.

mod args;
mod bringing;
mod console;
mod control;
mod demo;
mod failure;
mod hosted;
mod hosting;
mod inspecting;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use failure::Failure;

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // When the complaint cannot be written either, the exit code still tells.
            writeln!(io::stderr(), "{failure}").ok();
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Demo(demo) => demo::run(&demo),
        Command::Inspect(inspect) => inspecting::run(inspect),
        Command::Serve(serve) => control::serve(&serve),
        Command::Backup(backup) => control::backup(&backup),
        Command::Restore(restore) => control::restore(&restore),
        Command::Doctor(doctor) => return control::doctor(&doctor),
        Command::Keys(keys) => control::keys(&keys),
        Command::Verify(verify) => control::verify(&verify),
        Command::Health(health) => control::health(&health),
        Command::Connectors { place, order } => control::connectors(&place, order),
        Command::Credentials { place, order } => control::credentials(&place, order),
        Command::Tasks { place, order } => control::tasks(&place, order),
        Command::Files { place, order } => control::files(&place, order),
        Command::Hosted { kind } => return hosted::run(kind),
        Command::Completion { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "rollcall", &mut io::stdout());
            Ok(())
        }
    }
    .map(|()| ExitCode::SUCCESS)
}
