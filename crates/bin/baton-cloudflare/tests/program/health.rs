//! Asking a connector how it is.

use std::io::{Read, Write};
use std::net::TcpListener;

use tempfile::TempDir;

use crate::world::{Run, bare};

/// Asks a connector that answers with `status`; gives what was asked, too.
fn asked(status: &'static str, arguments: &[&str]) -> (Run, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let connector = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut question = [0; 256];
        let length = stream.read(&mut question).unwrap();
        write!(stream, "HTTP/1.0 {status}\r\nContent-Length: 2\r\n\r\n{{}}").unwrap();
        String::from_utf8_lossy(&question[..length]).into_owned()
    });
    let folder = TempDir::new().unwrap();
    let run = Run::of(
        bare(folder.path())
            .args(["health-check", "--health-check-port", &port])
            .args(arguments),
    );
    (run, connector.join().unwrap())
}

#[test]
fn a_connector_that_is_well_is_not_worth_a_word() {
    let (run, question) = asked("200 OK", &["--endpoint", "ready"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "")
    );
    assert!(question.starts_with("GET /ready HTTP/1."), "{question}");
}

#[test]
fn one_that_is_not_says_so() {
    let (run, question) = asked("503 Service Unavailable", &[]);
    assert!(question.starts_with("GET /health HTTP/1."), "{question}");
    assert_eq!(run.end(), "exit code 2\nerror: health check returned status 503");
}

#[test]
fn one_that_is_silent_is_not_waited_for_long() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let folder = TempDir::new().unwrap();
    let run =
        Run::of(bare(folder.path()).args(["health-check", "--timeout", "1", "--health-check-port", &port]));
    assert_eq!(run.code, Some(4), "{}", run.stderr);
}
