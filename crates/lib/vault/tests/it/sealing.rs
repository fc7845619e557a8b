use std::fmt::Write as _;

use proptest::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, KeyRing, Sealed, VaultError};

use crate::world::{Dry, Seeded, place, ring};

#[test]
fn the_same_secret_never_looks_the_same() {
    let (ring, random) = (ring(), Seeded::new(2));
    let secret = SecretString::from("token");
    let seal = || ring.seal(&secret, &place(), &random).unwrap().to_bytes();
    let (first, second) = (seal(), seal());
    assert_ne!(first, second);
    assert!(!first.windows(5).any(|window| window == b"token"));
}

#[test]
fn another_ring_does_not_know_the_key() {
    let sealed = ring().seal(&"token".into(), &place(), &Seeded::new(2)).unwrap();
    let other = KeyRing::generate(&Seeded::new(3)).unwrap();
    let refused = other.open(&sealed, &place()).unwrap_err();
    assert!(matches!(refused, VaultError::UnknownKey { key } if key == sealed.key_id()));
}

#[test]
fn without_randomness_nothing_is_sealed() {
    let refused = ring().seal(&"token".into(), &place(), &Dry).unwrap_err();
    assert!(matches!(refused, VaultError::NoRandomness(_)));
    assert!(KeyRing::generate(&Dry).is_err());
}

#[test]
fn what_stands_in_a_database_today_still_opens_tomorrow() {
    let sealed = ring().seal(&"token".into(), &place(), &Seeded::new(2)).unwrap();
    let mut hex = String::new();
    for byte in sealed.to_bytes() {
        write!(hex, "{byte:02x}").unwrap();
    }
    insta::assert_snapshot!(hex);
}

#[test]
fn nothing_secret_is_printed() {
    let sealed = ring().seal(&"token".into(), &place(), &Seeded::new(2)).unwrap();
    insta::assert_snapshot!(format!("{:?}\n{sealed:?}", ring()));
}

proptest! {
    #[test]
    fn what_was_sealed_opens_where_it_belongs(secret in ".*", purpose in ".*", owner in ".*", seed: u64) {
        let (ring, context) = (ring(), Context::new(&purpose, &owner));
        let sealed = ring.seal(&SecretString::from(secret.as_str()), &context, &Seeded::new(seed)).unwrap();
        let read = Sealed::from_bytes(&sealed.to_bytes()).unwrap();
        prop_assert_eq!(&read, &sealed);
        let opened = ring.open(&read, &context).unwrap();
        prop_assert_eq!(opened.expose_secret(), &secret);
    }

    #[test]
    fn it_opens_nowhere_else(here in ("[ab]{0,3}", "[ab]{0,3}"), there in ("[ab]{0,3}", "[ab]{0,3}")) {
        let ring = ring();
        let context = |(purpose, owner): &(String, String)| Context::new(purpose, owner);
        let sealed = ring.seal(&"token".into(), &context(&here), &Seeded::new(2)).unwrap();
        prop_assert_eq!(ring.open(&sealed, &context(&there)).is_ok(), here == there);
    }

    #[test]
    fn one_flipped_bit_and_it_does_not_open(secret in ".{0,20}", at: prop::sample::Index, bit in 0..8_u8) {
        let ring = ring();
        let mut bytes = ring.seal(&SecretString::from(secret), &place(), &Seeded::new(2)).unwrap().to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        let opened = Sealed::from_bytes(&bytes).and_then(|sealed| ring.open(&sealed, &place()));
        prop_assert!(opened.is_err());
    }

    #[test]
    fn cut_off_it_does_not_open(secret in ".{0,20}", left: prop::sample::Index) {
        let ring = ring();
        let bytes = ring.seal(&SecretString::from(secret), &place(), &Seeded::new(2)).unwrap().to_bytes();
        let left = left.index(bytes.len());
        let opened = Sealed::from_bytes(&bytes[..left]).and_then(|sealed| ring.open(&sealed, &place()));
        prop_assert!(opened.is_err());
    }

    #[test]
    fn whatever_is_stored_is_refused_in_an_orderly_way(bytes: Vec<u8>) {
        let opened = Sealed::from_bytes(&bytes).and_then(|sealed| ring().open(&sealed, &place()));
        prop_assert!(opened.is_err());
    }
}
