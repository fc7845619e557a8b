use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use vault::{KeyRing, NewKey, Sealed, VaultError};

use crate::world::{Dry, Seeded, place, ring};

#[test]
fn sealing_again_lets_the_old_key_go() {
    let (mut ring, random) = (ring(), Seeded::new(2));
    let old = ring.current_id();
    let sealed = ring.seal(&"token".into(), &place(), &random).unwrap();
    assert!(ring.is_current(&sealed));

    let new = ring.rotate(&random).unwrap();
    assert_eq!(ring.key_ids().collect::<Vec<_>>(), [new, old]);
    assert!(!ring.is_current(&sealed));
    let again = ring.reseal(&sealed, &place(), &random).unwrap();
    assert_eq!(again.key_id(), new);

    ring.retire(&old).unwrap();
    assert_eq!(ring.open(&again, &place()).unwrap().expose_secret(), "token");
    let refused = ring.open(&sealed, &place()).unwrap_err();
    assert!(matches!(refused, VaultError::UnknownKey { key } if key == old));
}

#[test]
fn the_current_key_and_an_unknown_one_are_not_retired() {
    let mut ring = ring();
    let current = ring.current_id();
    let refused = ring.retire(&current).unwrap_err();
    assert!(matches!(refused, VaultError::RetireCurrent { key } if key == current));
    let unknown = KeyRing::generate(&Seeded::new(3)).unwrap().current_id();
    let refused = ring.retire(&unknown).unwrap_err();
    assert!(matches!(refused, VaultError::RetireUnknown { key } if key == unknown));
    assert_eq!(ring.key_ids().collect::<Vec<_>>(), [current]);
}

#[test]
fn without_randomness_the_ring_stays_as_it_is() {
    let mut ring = ring();
    let before: Vec<_> = ring.key_ids().collect();
    assert!(ring.rotate(&Dry).is_err());
    assert_eq!(ring.key_ids().collect::<Vec<_>>(), before);
}

#[test]
fn a_key_that_was_added_opens_before_it_seals() {
    let (mut one, random) = (ring(), Seeded::new(4));
    let old = one.current_id();
    let new = NewKey::generate(&random).unwrap();
    let id = new.id();
    one.add(new);
    assert_eq!(one.key_ids().collect::<Vec<_>>(), [old, id]);
    let other = KeyRing::parse(one.to_text().expose_secret()).unwrap();
    one.make_current(&id).unwrap();
    assert_eq!(one.key_ids().collect::<Vec<_>>(), [id, old]);
    let sealed = one.seal(&"token".into(), &place(), &random).unwrap();
    assert_eq!(other.open(&sealed, &place()).unwrap().expose_secret(), "token");
    one.make_current(&id).unwrap();
    one.retire(&old).unwrap();
    let refused = one.make_current(&old).unwrap_err();
    assert!(matches!(refused, VaultError::UseUnknown { key } if key == old));
}

proptest! {
    #[test]
    fn every_key_opens_what_it_sealed_until_it_is_retired(rotations in 1..8_usize, gone: prop::sample::Index) {
        let (mut ring, random) = (ring(), Seeded::new(2));
        let mut written: Vec<Sealed> = Vec::new();
        for round in 0..rotations {
            written.push(ring.seal(&round.to_string().into(), &place(), &random).unwrap());
            ring.rotate(&random).unwrap();
        }
        let ring = KeyRing::parse(ring.to_text().expose_secret()).unwrap();
        for (round, sealed) in written.iter().enumerate() {
            let opened = ring.open(sealed, &place()).unwrap();
            prop_assert_eq!(opened.expose_secret(), &round.to_string());
        }
        let (mut ring, gone) = (ring, gone.index(rotations));
        ring.retire(&written[gone].key_id()).unwrap();
        for (round, sealed) in written.iter().enumerate() {
            prop_assert_eq!(ring.open(sealed, &place()).is_ok(), round != gone);
        }
    }
}
