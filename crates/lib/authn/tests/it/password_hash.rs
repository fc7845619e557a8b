use authn::{InvalidPasswordHash, PasswordError, PasswordHash, Strength};
use model::NoRandomness;
use proptest::prelude::*;
use secrecy::SecretString;

use crate::world::{Dry, Seeded};

fn hash(password: &str) -> PasswordHash {
    PasswordHash::new(&password.into(), Strength::LEAST, &Seeded::new(1)).unwrap()
}

#[test]
fn a_hash_knows_its_password_also_after_a_night_in_the_database() {
    let stored =
        PasswordHash::new(&"plum cart tulip".into(), Strength::RECOMMENDED, &Seeded::new(1)).unwrap();
    insta::assert_snapshot!(stored.to_text());
    let hash = PasswordHash::parse(&stored.to_text()).unwrap();
    assert_eq!(hash, stored);
    assert!(hash.verify(&"plum cart tulip".into()));
    assert!(!hash.verify(&"plum cart tulips".into()));
}

/// A vector that the reference implementation made: `printf password | argon2 saltsaltsaltsalt -id -t 2 -k 64 -p 1`.
#[test]
fn it_is_the_argon2_that_everybody_has() {
    let hash =
        "$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$i6P6cCvSwI/Gp4MO3l8wvjoXUe1JLzHNfXagpIByW1o";
    assert!(PasswordHash::parse(hash).unwrap().verify(&"password".into()));
}

#[test]
fn the_same_password_never_looks_the_same() {
    let random = Seeded::new(1);
    let hash = || PasswordHash::new(&"plum cart tulip".into(), Strength::LEAST, &random).unwrap();
    assert_ne!(hash(), hash());
}

#[test]
fn however_a_keyboard_writes_it_it_is_the_same_password() {
    let (composed, decomposed) = ("caf\u{e9} tulip", "cafe\u{301} tulip");
    assert!(hash(composed).verify(&decomposed.into()));
    assert!(!hash(composed).verify(&"cafe tulip".into()));
}

#[test]
fn a_decoy_is_no_password_and_as_much_work() {
    let real = PasswordHash::new(&"plum cart tulip".into(), Strength::RECOMMENDED, &Seeded::new(1)).unwrap();
    let decoy = PasswordHash::decoy(Strength::RECOMMENDED);
    for password in ["", "plum cart tulip"] {
        assert!(!decoy.verify(&password.into()));
    }
    // All but salt and hash is the same, and that is what the work depends on.
    let made = |hash: &PasswordHash| hash.to_text().rsplitn(3, '$').last().map(str::to_owned);
    assert_eq!(made(&decoy), made(&real));
    assert_eq!(decoy.to_text().len(), real.to_text().len());
}

#[test]
fn a_hash_of_another_strength_is_made_anew() {
    let weak = hash("plum cart tulip");
    assert!(!weak.needs_rehash(Strength::LEAST));
    assert!(weak.needs_rehash(Strength::RECOMMENDED));
    assert!(
        PasswordHash::parse(&weak.to_text())
            .unwrap()
            .needs_rehash(Strength::RECOMMENDED)
    );
}

#[test]
fn without_randomness_there_is_no_hash() {
    let refused = PasswordHash::new(&"plum cart tulip".into(), Strength::LEAST, &Dry).unwrap_err();
    assert_eq!(refused, PasswordError::NoRandomness(NoRandomness));
}

#[test]
fn what_is_no_such_hash_is_refused() {
    let whole = hash("plum cart tulip").to_text();
    let mistakes = [
        String::new(),
        whole.replace("argon2id", "argon2i"),
        whole.replace("v=19", "v=16"),
        whole.replace("t=1", "t=0"),
        whole.replace("m=8", "m=1"),
        whole.replace(",p=1", ""),
        whole.rsplit_once('$').unwrap().0.to_owned(),
        whole.chars().take(whole.len() - 4).collect(),
        format!("{whole}$"),
    ];
    for mistake in mistakes {
        assert_eq!(
            PasswordHash::parse(&mistake),
            Err(InvalidPasswordHash),
            "{mistake}"
        );
    }
}

#[test]
fn nothing_secret_is_printed() {
    insta::assert_snapshot!(format!("{:?}", hash("plum cart tulip")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_the_password_itself_is_right(password in ".{0,40}", other in ".{0,40}") {
        let kept = PasswordHash::parse(&hash(&password).to_text()).unwrap();
        prop_assert!(kept.verify(&SecretString::from(password.as_str())));
        let is_same = hash(&password) == hash(&other);
        prop_assert_eq!(kept.verify(&SecretString::from(other)), is_same);
    }

    #[test]
    fn any_text_is_refused_in_an_orderly_way(text in r"(\$|argon2id|v=19|m=8|t=1|p=1|,|[A-Za-z0-9+/]{22})*") {
        drop(PasswordHash::parse(&text));
    }
}
