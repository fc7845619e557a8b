//! Archives: whole ones, cut off ones, altered ones.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::io::{Read as _, Write as _};

use archive::{ArchiveError, Contents, Reader, Writer, check};
use proptest::prelude::*;

type Members = Vec<(String, Vec<u8>)>;

fn written(members: &Members) -> Vec<u8> {
    let mut writer = Writer::begin(Vec::new()).unwrap();
    for (name, bytes) in members {
        let mut member = writer.member(name).unwrap();
        member.write_all(bytes).unwrap();
        member.finish().unwrap();
    }
    writer.finish("about").unwrap()
}

fn small() -> Vec<u8> {
    written(&vec![
        ("one".to_owned(), b"first".to_vec()),
        ("two".to_owned(), Vec::new()),
        ("three".to_owned(), b"third".to_vec()),
    ])
}

fn checked(bytes: &[u8]) -> Result<Contents<String>, ArchiveError> {
    check(bytes, |_| {})
}

#[test]
fn what_is_cut_off_anywhere_is_refused() {
    let whole = small();
    checked(&whole).unwrap();
    for length in 0..whole.len() {
        let refused = checked(&whole[..length]).unwrap_err();
        let fits = match refused {
            ArchiveError::NoArchive => length < b"rollcall backup ".len(),
            ArchiveError::CutOff { at } => at == length as u64,
            _ => false,
        };
        assert!(fits, "{length}: {refused}");
    }
}

#[test]
fn a_single_bit_that_is_another_is_seen() {
    let whole = small();
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut altered = whole.clone();
            altered[at] ^= 1 << bit;
            assert!(checked(&altered).is_err(), "{at} {bit}");
        }
    }
}

#[test]
fn what_stands_behind_the_end_is_refused() {
    let mut more = small();
    more.push(0);
    assert!(matches!(checked(&more), Err(ArchiveError::Damaged { .. })));
}

#[test]
fn a_newer_form_is_told_from_something_else() {
    let mut newer = small();
    newer["rollcall backup ".len()] = b'2';
    assert!(matches!(checked(&newer), Err(ArchiveError::Newer)));
    assert!(matches!(
        checked(b"PK\x03\x04 and more than that"),
        Err(ArchiveError::NoArchive)
    ));
}

#[test]
fn a_large_member_goes_out_in_pieces() {
    let large = vec![("large".to_owned(), vec![7; 300_000])];
    let bytes = written(&large);
    let contents = checked(&bytes).unwrap();
    assert_eq!(contents.members[0].size, 300_000);
    assert_eq!(contents.about, "about");
}

proptest! {
    #[test]
    fn members_come_out_as_they_went_in(
        members in prop::collection::vec(("[a-z/]{1,20}", prop::collection::vec(any::<u8>(), 0..2000)), 0..6)
    ) {
        let bytes = written(&members);
        let mut reader = Reader::open(bytes.as_slice()).unwrap();
        let mut found: Members = Vec::new();
        while let Some(mut member) = reader.next_member().unwrap() {
            let name = member.name().to_owned();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            found.push((name, bytes));
        }
        let contents: Contents<String> = reader.contents().unwrap();
        prop_assert_eq!(contents.members.len(), members.len());
        prop_assert_eq!(found, members);
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut input = b"rollcall backup 1\n".to_vec();
        input.extend(bytes);
        prop_assert!(checked(&input).is_err());
    }
}
