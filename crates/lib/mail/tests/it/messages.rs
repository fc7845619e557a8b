//! The form in which letters travel, read from a folder.

use std::fs;

use mail::{Folder, Letter, Sender as _};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{from, letter, lines_end_well};

async fn written(letter: &Letter) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    Folder::new(folder.path(), from()).send(letter).await.unwrap();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
    fs::read(file.path()).unwrap()
}

fn text(message: Vec<u8>) -> String {
    String::from_utf8(message).unwrap().replace("\r\n", "\n")
}

#[tokio::test]
async fn a_letter_has_both_forms() {
    insta::assert_snapshot!(text(written(&letter()).await));
}

#[tokio::test]
async fn a_letter_without_markup_is_text_alone() {
    let plain = Letter {
        html: None,
        ..letter()
    };
    insta::assert_snapshot!(text(written(&plain).await));
}

#[tokio::test]
async fn other_letters_than_a_to_z_arrive() {
    let mut letter = letter();
    letter.to = letter.to.named("Zoë Müller");
    letter.subject = "Größe: 日本語 ✓".to_owned();
    letter.text = "Grüße\n.\n..und ein Punkt\n".to_owned();
    insta::assert_snapshot!(text(written(&letter).await));
}

#[tokio::test]
async fn the_same_letter_is_the_same_message() {
    assert_eq!(written(&letter()).await, written(&letter()).await);
}

/// Whatever names and subjects say, the header has the fields that we gave it, and no others.
#[test]
fn nothing_that_is_written_becomes_a_header_field() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let line = "(\r\n|\n|\r|Bcc: eve@example.com|[a-zü<>\"@,;:.=?_ ]|\u{2028}|\0){0,60}";
    let strategy = (line, line, line);
    let fields = [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    TestRunner::new(ProptestConfig::with_cases(128))
        .run(&strategy, |(name, subject, body)| {
            let mut letter = letter();
            letter.to = letter.to.named(&name);
            (letter.subject, letter.text) = (subject, body);
            let message = runtime.block_on(written(&letter));
            prop_assert!(message.is_ascii() && lines_end_well(&message));
            let text = text(message);
            let (head, _) = text.split_once("\n\n").unwrap();
            let names = head.lines().filter(|line| !line.starts_with([' ', '\t']));
            let names: Vec<&str> = names.map(|line| line.split_once(':').unwrap().0).collect();
            prop_assert_eq!(names, fields);
            Ok(())
        })
        .unwrap();
}
