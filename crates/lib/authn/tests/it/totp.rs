use authn::{InvalidTotpSecret, Step, TotpSecret, UriTooLong, qr_svg};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};

use crate::world::{Dry, Seeded};

/// The secret of RFC 6238, appendix B: `12345678901234567890`.
fn secret() -> TotpSecret {
    TotpSecret::parse(&"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into()).unwrap()
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn code(second: i64) -> String {
    secret().code(Step::at(at(second)))
}

/// The last six digits of the eight that the RFC has.
#[test]
fn the_codes_are_those_of_the_rfc() {
    let vectors = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];
    for (second, expected) in vectors {
        assert_eq!(code(second), expected, "{second}");
    }
}

#[test]
fn a_code_is_good_in_its_step_and_the_ones_beside_it() {
    let step = Some(Step::at(at(600)));
    let typed = code(600);
    for (second, found) in [
        (569, None),
        (570, step),
        (600, step),
        (629, step),
        (659, step),
        (660, None),
    ] {
        assert_eq!(secret().check(&typed, at(second), None), found, "{second}");
    }
}

#[test]
fn a_code_is_good_once() {
    let used = secret().check(&code(600), at(600), None).unwrap();
    assert_eq!(secret().check(&code(600), at(610), Some(used)), None);
    assert_eq!(
        secret().check(&code(570), at(610), Some(used)),
        None,
        "an earlier one"
    );
    let next = secret().check(&code(630), at(610), Some(used)).unwrap();
    assert!(next > used);
}

#[test]
fn space_does_not_matter_and_anything_else_does() {
    let typed = code(600);
    let (first, second) = typed.split_at(3);
    let (spaced, short) = (
        format!(" {first} {second}\n"),
        typed.strip_suffix(|_| true).unwrap(),
    );
    assert!(secret().check(&spaced, at(600), None).is_some());
    for wrong in ["", short, &format!("0{typed}"), &format!("{typed}0"), "٢٨٧٠٨٢"] {
        assert_eq!(secret().check(wrong, at(600), None), None, "{wrong}");
    }
}

#[test]
fn apps_are_told_who_it_is_for() {
    let uri = secret().otpauth_uri("Rollcall: München & Söhne", "ada+work@example.com");
    insta::assert_snapshot!(uri.expose_secret());
}

#[test]
fn the_picture_has_a_title_and_nothing_that_a_page_could_take_for_its_own() {
    let uri = secret().otpauth_uri("Rollcall", "ada@example.com");
    let svg = qr_svg(&uri, "Scan <this> & go on").unwrap();
    insta::assert_snapshot!(svg.expose_secret());
}

#[test]
fn names_without_end_do_not_fit_into_a_picture() {
    let uri = secret().otpauth_uri("Rollcall", &"a".repeat(3000));
    assert_eq!(qr_svg(&uri, "Scan").unwrap_err(), UriTooLong);
}

#[test]
fn a_secret_is_stored_as_it_is_typed() {
    let made = TotpSecret::generate(&Seeded::new(1)).unwrap();
    let read = TotpSecret::parse(&made.to_text()).unwrap();
    assert_eq!(read.to_text().expose_secret(), made.to_text().expose_secret());
    assert_eq!(format!("{made:?}"), "TotpSecret(..)");
    for wrong in ["", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"] {
        assert_eq!(TotpSecret::parse(&wrong.into()).unwrap_err(), InvalidTotpSecret);
    }
    assert!(TotpSecret::generate(&Dry).is_err());
}

proptest! {
    #[test]
    fn steps_are_stored_as_numbers(second in 0..4_000_000_000_i64) {
        let step = Step::at(at(second));
        prop_assert_eq!(Step::from_number(step.number()), step);
        prop_assert_eq!(step.number(), second / 30);
    }

    #[test]
    fn whatever_is_typed_never_lets_a_step_be_used_again(typed in "[0-9]{6}|.*", now in 60..4_000_000_000_i64, used in 0..200_i64) {
        let now = at(now);
        let last = Step::from_number(Step::at(now).number() - 100 + used);
        if let Some(step) = secret().check(&typed, now, Some(last)) {
            prop_assert!(step > last);
            prop_assert!((step.number() - Step::at(now).number()).abs() <= 1);
        }
        let good = secret().code(Step::at(now));
        prop_assert_eq!(secret().check(&good, now, Some(last)).is_some(), last < Step::at(now));
    }

    #[test]
    fn any_text_is_a_picture_or_too_long(text in ".{0,200}", title in ".{0,40}") {
        drop(qr_svg(&SecretString::from(text), &title));
    }
}
