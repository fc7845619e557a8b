//! What is refused.

use passkeys::{Fault, NoUserVerification};
use proptest::prelude::*;

use crate::authenticator::{Pair, Said, challenge};

fn wrong(of: &Said) -> [(Said, Fault); 8] {
    let said = || of.clone();
    [
        (
            Said {
                challenge: challenge(2),
                ..said()
            },
            Fault::Challenge,
        ),
        (
            Said {
                origin: "https://rollcall.example.com",
                ..said()
            },
            Fault::Origin,
        ),
        (
            Said {
                origin: "https://evil.example",
                ..said()
            },
            Fault::Origin,
        ),
        (
            Said {
                origin: "http://rollcall.example.com:8443",
                ..said()
            },
            Fault::Origin,
        ),
        (
            Said {
                more: ",\"crossOrigin\":true",
                ..said()
            },
            Fault::Framed,
        ),
        (
            Said {
                more: ",\"topOrigin\":\"https://evil.example\"",
                ..said()
            },
            Fault::Framed,
        ),
        (
            Said {
                site: "example.com",
                ..said()
            },
            Fault::RelyingParty,
        ),
        (
            Said {
                flags: said().flags & !0x01,
                ..said()
            },
            Fault::NobodyPresent,
        ),
    ]
}

#[test]
fn a_new_credential_has_to_be_made_now_here_and_by_somebody() {
    let key = Pair::es256().cose();
    for (said, fault) in wrong(&Said::creating()) {
        assert_eq!(said.register(&key), Err(fault), "{said:?}");
    }
    let signing = Said {
        flags: 0x45,
        ..Said::signing()
    };
    assert_eq!(signing.register(&key), Err(Fault::Purpose));
    let without = Said {
        flags: 0x05,
        ..Said::creating()
    };
    assert!(matches!(without.register(&[]), Err(Fault::Malformed(_))));
}

#[test]
fn a_signature_has_to_be_made_now_here_and_by_somebody() {
    let pair = Pair::es256();
    for (said, fault) in wrong(&Said::signing()) {
        assert_eq!(
            said.sign(&pair, 0, NoUserVerification::Accepted),
            Err(fault),
            "{said:?}"
        );
    }
    let creating = Said {
        flags: 0x05,
        ..Said::creating()
    };
    assert_eq!(
        creating.sign(&pair, 0, NoUserVerification::Accepted),
        Err(Fault::Purpose)
    );
}

#[test]
fn alone_it_counts_only_when_the_authenticator_knew_who_was_there() {
    let touched = Said {
        flags: 0x01,
        ..Said::signing()
    };
    let refused = touched.sign(&Pair::es256(), 0, NoUserVerification::Refused);
    assert_eq!(refused, Err(Fault::NotVerified));
}

#[test]
fn whoever_counts_never_counts_backwards() {
    let pair = Pair::es256();
    for (count, kept) in [(1, 1), (1, 2), (0, 1), (0, u32::MAX)] {
        let said = Said {
            count,
            ..Said::signing()
        };
        assert_eq!(
            said.sign(&pair, kept, NoUserVerification::Refused),
            Err(Fault::Counter)
        );
    }
}

#[test]
fn keys_of_other_kinds_are_not_taken_in() {
    let mut other = Pair::es256().cose();
    // ES512.
    other.splice(4..5, [0x38, 0x23]);
    assert_eq!(Said::creating().register(&other), Err(Fault::Algorithm));
    let mut short = Pair::ed_dsa().cose();
    short.pop();
    assert!(matches!(
        Said::creating().register(&short),
        Err(Fault::Malformed(_))
    ));
    let behind = [&Pair::ed_dsa().cose()[..], &[0]].concat();
    assert!(matches!(
        Said::creating().register(&behind),
        Err(Fault::Malformed(_))
    ));
}

/// The signature is over all that is said, and that of another key is worth nothing.
#[test]
fn nobody_signs_for_somebody_else() {
    use passkeys::{Answer, Challenge};
    use ring::digest::{SHA256, digest};

    let (ours, theirs) = (Pair::es256(), Pair::es256());
    let challenge: Challenge = challenge(1);
    let client = format!(
        "{{\"type\":\"webauthn.get\",\"challenge\":\"{}\",\"origin\":\"https://rollcall.example.com:8443\"}}",
        challenge.to_text()
    );
    let site = digest(&SHA256, b"rollcall.example.com");
    let data = [site.as_ref(), &[5, 0, 0, 0, 1]].concat();
    let message = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
    let signature = theirs.sign(&message);
    let answer = Answer {
        client_data: client.as_bytes(),
        authenticator_data: &data,
        signature: &signature,
    };
    let us = crate::authenticator::us();
    let refused = us.verify(&challenge, (&ours.cose(), 0), answer, NoUserVerification::Refused);
    assert_eq!(refused, Err(Fault::Signature));
    us.verify(
        &challenge,
        (&theirs.cose(), 0),
        answer,
        NoUserVerification::Refused,
    )
    .unwrap();
    let mut later = data.clone();
    later[36] = 2;
    let changed = Answer {
        authenticator_data: &later,
        ..answer
    };
    let refused = us.verify(
        &challenge,
        (&theirs.cose(), 0),
        changed,
        NoUserVerification::Refused,
    );
    assert_eq!(refused, Err(Fault::Signature));
}

proptest! {
    /// Whatever is cut off is missed, and whatever is changed makes nothing fall over.
    #[test]
    fn a_damaged_object_is_refused(cut in 1_usize..260, change in 0_usize..260, bit in 0_u8..8) {
        let key = Pair::ed_dsa().cose();
        let mut object = Said::creating().object(&key);
        if let Some(byte) = object.get_mut(change) {
            *byte ^= 1 << bit;
        }
        Said::creating().take(&object).ok();
        let mut object = Said::creating().object(&key);
        object.truncate(object.len().saturating_sub(cut));
        prop_assert!(Said::creating().take(&object).is_err());
    }
}
