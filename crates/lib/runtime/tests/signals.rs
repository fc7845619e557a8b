//! Real signals, sent to this process.

#![cfg(unix)]

use std::process::Command;

use runtime::Signals;

/// The system's own program sends it.
fn send(signal: &str) {
    let process = std::process::id().to_string();
    let status = Command::new("kill").args(["-s", signal, &process]).status();
    assert!(status.is_ok_and(|status| status.success()));
}

#[tokio::test]
async fn signals_have_names_and_none_is_lost_while_nobody_waits() {
    let mut signals = Signals::listen().expect("this system hands signals over");
    send("TERM");
    assert_eq!(signals.next().await, "SIGTERM");
    send("INT");
    assert_eq!(signals.next().await, "SIGINT");
}
