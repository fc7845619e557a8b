//! What a person reads when a letter is not handed over.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use mail::SendError;

#[test]
fn every_error_says_what_to_do() {
    let server = || "mail.example.com:587".to_owned();
    let answer = || "550 5.1.1 no such user".to_owned();
    let errors = [
        SendError::Unreachable {
            server: server(),
            source: "connection refused".into(),
        },
        SendError::Silent {
            server: server(),
            patience: Duration::from_mins(1),
        },
        SendError::Untrusted {
            server: server(),
            reason: "invalid peer certificate: UnknownIssuer".to_owned(),
        },
        SendError::NoEncryption { server: server() },
        SendError::SignIn {
            server: server(),
            answer: "535 5.7.8 authentication failed".to_owned(),
        },
        SendError::Later {
            server: server(),
            answer: "451 4.7.1 try again later".to_owned(),
        },
        SendError::Refused {
            server: server(),
            answer: answer(),
        },
        SendError::Unsupported { server: server() },
        SendError::Folder {
            path: "/var/lib/rollcall/mail".into(),
            source: io::ErrorKind::StorageFull.into(),
        },
        SendError::NotWritten {
            source: "missing destination address".into(),
        },
    ];
    let mut page = String::new();
    for error in errors {
        let again = if error.is_permanent() {
            "given up"
        } else {
            "tried again"
        };
        writeln!(page, "{} ({again}): {error}\n  {}", error.code(), error.hint()).unwrap();
    }
    insta::assert_snapshot!(page);
}
