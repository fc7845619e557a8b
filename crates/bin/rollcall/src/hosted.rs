//! `rollcall hosted`: a connector as a process beside the service. Only the service starts it: its settings, and what
//! it signs in with, come over standard input, and when that ends it comes to its end as well.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use runner::{Environment, Surroundings};
use tokio_util::sync::CancellationToken;

use crate::args::Kind;
use crate::failure::Failure;

/// Runs the connector until it has ended.
pub(crate) fn run(kind: Kind) -> Result<ExitCode, Failure> {
    let settings = ::hosting::handover::receive(io::stdin().lock());
    let settings = settings.map_err(|_| {
        let hint = "`rollcall serve` starts connectors by itself; elsewhere, run `baton-cloudflare`";
        Failure::new("this is not for people: nobody hands settings over", hint)
    })?;
    Ok(match kind {
        Kind::Cloudflare => as_program(&baton_cloudflare::DEFINITION, settings).into(),
    })
}

fn as_program(definition: &runner::Definition, settings: Environment) -> u8 {
    let surroundings = Surroundings {
        arguments: vec![OsString::from(definition.name)],
        environment: settings,
        folder: ".".into(),
        stop: until_input_ends(),
    };
    runner::main(definition, &surroundings)
}

/// Cancelled when nobody holds the other end of standard input any more: the service wants that, or it is no more.
fn until_input_ends() -> CancellationToken {
    let stop = CancellationToken::new();
    let ended = stop.clone();
    std::thread::spawn(move || {
        // However it ends, it has ended.
        io::copy(&mut io::stdin(), &mut io::sink()).ok();
        ended.cancel();
    });
    stop
}
