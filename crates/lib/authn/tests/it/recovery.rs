use authn::{InvalidRecoveryCodes, RecoveryCodes};
use secrecy::{ExposeSecret as _, SecretString};

use crate::world::{Dry, Seeded};

fn codes() -> (Vec<String>, RecoveryCodes) {
    let (shown, kept) = RecoveryCodes::generate(&Seeded::new(1)).unwrap();
    let shown = shown.iter().map(|code| code.expose_secret().to_owned());
    (shown.collect(), kept)
}

fn spend(kept: &RecoveryCodes, typed: &str) -> Option<RecoveryCodes> {
    kept.spend(&SecretString::from(typed))
}

#[test]
fn ten_codes_are_shown() {
    insta::assert_snapshot!(codes().0.join("\n"));
}

#[test]
fn each_is_good_once() {
    let (shown, mut kept) = codes();
    for (used, code) in shown.iter().enumerate() {
        assert_eq!(kept.left(), 10 - used);
        kept = spend(&kept, code).unwrap();
        assert_eq!(spend(&kept, code), None);
    }
    assert_eq!(kept.left(), 0);
}

#[test]
fn it_does_not_matter_how_it_is_typed() {
    let (shown, kept) = codes();
    for code in &shown {
        let sloppy = code
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l")
            .replace('-', " \u{a0}");
        assert!(spend(&kept, &format!(" {sloppy}\n")).is_some(), "{sloppy}");
        assert!(spend(&kept, &code.replace('-', "").replace('1', "I")).is_some());
    }
}

#[test]
fn a_wrong_code_uses_nothing_up() {
    let (shown, kept) = codes();
    for wrong in [
        "",
        "-",
        shown[0].split_once('-').unwrap().1,
        &format!("{}0", shown[0]),
        &kept.to_text(),
    ] {
        assert_eq!(spend(&kept, wrong), None, "{wrong}");
    }
}

#[test]
fn what_is_stored_is_found_again_and_gives_no_code_away() {
    let (shown, kept) = codes();
    let text = kept.to_text();
    assert_eq!(RecoveryCodes::parse(&text).as_ref(), Ok(&kept));
    assert!(shown.iter().all(|code| !text.contains(&code.replace('-', ""))));
    assert_eq!(
        RecoveryCodes::parse(text.strip_suffix(|_| true).unwrap()),
        Err(InvalidRecoveryCodes)
    );
    assert_eq!(RecoveryCodes::parse("").unwrap().left(), 0);
    assert_eq!(format!("{kept:?}"), "RecoveryCodes { left: 10, .. }");
}

#[test]
fn without_randomness_there_are_no_codes() {
    assert!(RecoveryCodes::generate(&Dry).is_err());
}
