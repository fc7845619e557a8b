//! What is believed.

use passkeys::{NoDomain, NoUserVerification, RelyingParty, Verified};

use crate::authenticator::{ID, Pair, Said};

#[test]
fn a_credential_is_taken_in_and_signs() {
    for pair in [Pair::es256(), Pair::ed_dsa()] {
        let key = pair.cose();
        let new = Said::creating().register(&key).unwrap();
        assert_eq!((&*new.id, &new.key, new.count), (ID, &key, 0));
        assert!(new.user_verified);
        let verified = Said::signing().sign(&pair, 0, NoUserVerification::Refused);
        assert_eq!(verified, Ok(Verified { count: 1 }));
    }
}

/// Those that people carry along between devices do not count.
#[test]
fn whoever_never_counts_is_believed() {
    let said = Said {
        count: 0,
        ..Said::signing()
    };
    let verified = said.sign(&Pair::es256(), 0, NoUserVerification::Refused);
    assert_eq!(verified, Ok(Verified { count: 0 }));
}

#[test]
fn whoever_only_touched_it_is_believed_where_something_else_says_who_they_are() {
    let touched = Said {
        flags: 0x01,
        ..Said::signing()
    };
    touched
        .sign(&Pair::es256(), 0, NoUserVerification::Accepted)
        .unwrap();
    let made = Said {
        flags: 0x41,
        ..Said::creating()
    };
    assert!(!made.register(&Pair::es256().cose()).unwrap().user_verified);
}

/// What an authenticator says besides is read over.
#[test]
fn extensions_are_read_over() {
    let said = Said {
        flags: 0xc5,
        ..Said::creating()
    };
    let key = [&Pair::es256().cose()[..], b"\xa1\x6bcredProtect\x02"].concat();
    said.register(&key).unwrap();
}

#[test]
fn a_site_has_a_name() {
    for (address, id) in [
        ("localhost:8443", "localhost"),
        ("Rollcall.Example.com", "rollcall.example.com"),
        ("rollcall.example.com:443", "rollcall.example.com"),
    ] {
        assert_eq!(RelyingParty::at(address).unwrap().id(), id);
    }
    assert_eq!(RelyingParty::at("localhost:443"), RelyingParty::at("localhost"));
    assert_ne!(RelyingParty::at("localhost:444"), RelyingParty::at("localhost"));
    for address in ["127.0.0.1:8443", "[::1]:8443", "::1", "", ":8443", "a b", "a/b"] {
        assert_eq!(RelyingParty::at(address), Err(NoDomain), "{address}");
    }
}
