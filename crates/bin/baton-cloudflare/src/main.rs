//! The Cloudflare connector for the Baton ecosystem: reads an account into a `.c1z` file.

mod connect;
mod credential;
mod definition;

use std::process::ExitCode;

use runner::Surroundings;

fn main() -> ExitCode {
    let environment = std::env::vars_os()
        .map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        })
        .collect();
    let surroundings = Surroundings {
        arguments: std::env::args_os().collect(),
        environment,
        folder: ".".into(),
    };
    runner::main(&definition::DEFINITION, &surroundings).into()
}
