use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use vault::{InvalidRing, KeyId, KeyRing};

use crate::world::{Seeded, ring};

fn text() -> String {
    let mut ring = ring();
    ring.rotate(&Seeded::new(2)).unwrap();
    ring.to_text().expose_secret().to_owned()
}

#[test]
fn a_key_file_says_what_it_is() {
    insta::assert_snapshot!(text());
}

#[test]
fn one_key_alone_is_a_ring() {
    let line = text().lines().last().unwrap().to_owned();
    let key = line.split(' ').next_back().unwrap();
    let alone = KeyRing::parse(&format!("{key}\n")).unwrap();
    assert_eq!(alone.current_id().to_string(), line.split(' ').nth(1).unwrap());
}

#[test]
fn space_and_comments_do_not_matter() {
    let spaced = text()
        .replace('\n', "\r\n\r\n")
        .replace("current ", "  current\t");
    let ids = |text: &str| KeyRing::parse(text).unwrap().key_ids().collect::<Vec<_>>();
    assert_eq!(ids(&spaced), ids(&text()));
}

#[test]
fn each_mistake_is_named_with_its_line() {
    let text = text();
    let lines: Vec<&str> = text.lines().collect();
    let (current, former) = (lines[3], lines[4]);
    let mistake = |lines: &[&str]| KeyRing::parse(&lines.join("\n")).unwrap_err();
    assert_eq!(mistake(&[]), InvalidRing::NoCurrent);
    assert_eq!(mistake(&[former]), InvalidRing::NoCurrent);
    assert_eq!(mistake(&[current, "older 00 00"]), InvalidRing::Line { line: 2 });
    assert_eq!(mistake(&[current, "former"]), InvalidRing::Line { line: 2 });
    assert_eq!(
        mistake(&["", current, current]),
        InvalidRing::Repeated { line: 3 }
    );
    let second = former.replace("former", "current");
    assert_eq!(mistake(&[current, &second]), InvalidRing::TwoCurrent { line: 2 });
    let renamed = current.replacen(' ', " 0", 1);
    assert_eq!(mistake(&[&renamed]), InvalidRing::Damaged { line: 1 });
}

#[test]
fn key_ids_are_read_as_they_are_written() {
    let id = ring().current_id();
    assert_eq!(id.to_string().parse::<KeyId>(), Ok(id));
    for wrong in [
        "",
        "1",
        "+123456789abcdef",
        "0123456789ABCDEF",
        "0123456789abcdef0",
    ] {
        assert!(wrong.parse::<KeyId>().is_err(), "{wrong}");
    }
}

proptest! {
    /// Any change to a key is noticed: an id is a fingerprint of its key.
    #[test]
    fn one_mistyped_character_is_noticed(at: prop::sample::Index, to in prop::char::range('!', '~')) {
        let text = text();
        let line = text.lines().nth(3).unwrap();
        let at = at.index(line.len());
        let mistyped: String =
            line.chars().enumerate().map(|(here, is)| if here == at { to } else { is }).collect();
        prop_assume!(mistyped != line);
        prop_assert!(KeyRing::parse(&mistyped).is_err());
    }

    #[test]
    fn any_text_is_refused_in_an_orderly_way(text in "(current|former|#|[0-9a-f]{16}|[A-Za-z0-9+/=]{44}|[ \n])*") {
        drop(KeyRing::parse(&text));
    }
}
