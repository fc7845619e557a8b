//! The Cloudflare connector for the Baton ecosystem: reads an account into a `.c1z` file.

use std::process::ExitCode;

use baton_cloudflare::DEFINITION;
use runner::Surroundings;
use tokio_util::sync::CancellationToken;

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
        stop: CancellationToken::new(),
    };
    runner::main(&DEFINITION, &surroundings).into()
}
