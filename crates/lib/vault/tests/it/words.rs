//! What a person reads when it does not work.

use std::fmt::Write as _;
use std::io;

use vault::{InvalidRing, VaultError};

use crate::world::ring;

#[test]
fn every_error_says_what_to_do() {
    let (path, key) = ("/var/lib/rollcall/vault.keys", ring().current_id());
    let ring = |reason| VaultError::Ring {
        path: path.into(),
        reason,
    };
    let errors = [
        VaultError::NoRandomness(model::NoRandomness),
        VaultError::File {
            doing: "read",
            path: path.into(),
            source: io::ErrorKind::PermissionDenied.into(),
        },
        VaultError::Exposed { path: path.into() },
        ring(InvalidRing::Line { line: 4 }),
        ring(InvalidRing::Damaged { line: 4 }),
        ring(InvalidRing::Repeated { line: 5 }),
        ring(InvalidRing::TwoCurrent { line: 5 }),
        ring(InvalidRing::NoCurrent),
        VaultError::NotSealed,
        VaultError::UnknownKey { key },
        VaultError::NotOpened,
        VaultError::TooLong,
        VaultError::RetireCurrent { key },
        VaultError::UseUnknown { key },
        VaultError::RetireUnknown { key },
    ];
    let mut page = String::new();
    for error in errors {
        writeln!(page, "{}: {error}\n  {}", error.code(), error.hint()).unwrap();
    }
    insta::assert_snapshot!(page);
}
