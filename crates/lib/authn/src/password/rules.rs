//! Which passwords may be chosen: long ones that are not the first that somebody would try (NIST SP 800-63B). No rule
//! asks for digits or signs, which make passwords harder to remember and hardly harder to find.

use std::collections::BTreeSet;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::common::{COMMON_WORDS, ROWS};
use super::normalized;

/// How many characters a password has.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Fewer different characters than this are a pattern.
const LEAST_DIFFERENT: usize = 5;

/// A shorter word could be in any password by chance.
const SHORTEST_WORD: usize = 4;

/// So many letters beside the known words make a password somebody's own.
const OWN_LETTERS: usize = 4;

/// What a new password is measured by: rules that hold for everybody, and words that only this person's attackers
/// would try.
#[derive(Clone, Copy, Debug)]
pub struct PasswordRules<'a> {
    /// What the person signs in with.
    pub email: &'a str,
    /// What is signed in to.
    pub product: &'a str,
}

/// Why a password may not be chosen, and which could be. The password is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedPassword {
    /// Quick to find by trying all.
    #[error(
        "this password is too short: take 12 characters or more; a few words in a row are easy to remember"
    )]
    TooShort,
    /// Longer than any that a person or a password manager would make.
    #[error("this password is too long: take 128 characters or fewer")]
    TooLong,
    /// The same few characters again and again.
    #[error(
        "this password repeats a few characters: take a few words in a row, or let a password manager make one"
    )]
    Repetition,
    /// As the keys lie on the keyboard, or in the alphabet.
    #[error(
        "this password is a row of keys or letters: take a few words that have nothing to do with each other"
    )]
    Row,
    /// Among the first that anybody would try.
    #[error(
        "this password is made of words that very many people use: take a few words that have nothing to do with each \
         other"
    )]
    Common,
    /// Among the first that somebody would try with this person.
    #[error(
        "this password is little more than your e-mail address or the name of this product: take other words"
    )]
    Expected,
}

impl PasswordRules<'_> {
    /// Looks at a new password.
    ///
    /// # Errors
    /// Says why it may not be chosen, and which could be.
    pub fn check(&self, password: &SecretString) -> Result<(), RefusedPassword> {
        let password = normalized(password);
        match password.chars().count() {
            length if length < *LENGTH.start() => return Err(RefusedPassword::TooShort),
            length if length > *LENGTH.end() => return Err(RefusedPassword::TooLong),
            _ => {}
        }
        let different: BTreeSet<char> = password.chars().map(folded).collect();
        if different.len() < LEAST_DIFFERENT {
            return Err(RefusedPassword::Repetition);
        }
        let pieces = pieces_of_rows();
        let rows: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let expected = self.expected_words();
        if is_little_more_than(&rows, &password) {
            return Err(RefusedPassword::Row);
        }
        if is_little_more_than(&expected, &password) {
            return Err(RefusedPassword::Expected);
        }
        if is_little_more_than(&[&rows, &expected, COMMON_WORDS].concat(), &password) {
            return Err(RefusedPassword::Common);
        }
        Ok(())
    }

    /// The address, what it is made of, and the product.
    fn expected_words(&self) -> Vec<&str> {
        let words = [self.email, self.product];
        let parts = words
            .into_iter()
            .flat_map(|word| word.split(['@', '.', '+', '-', '_', ' ']));
        let all = words.into_iter().chain(parts);
        all.filter(|word| word.chars().count() >= SHORTEST_WORD).collect()
    }
}

/// As somebody would read it: `P@ssw0rd` is no other word than `password`.
fn folded(character: char) -> char {
    match character {
        '@' | '4' => 'a',
        '3' => 'e',
        '1' | '!' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '7' => 't',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// Whether it has one of the words in it, and beside them hardly a letter. Digits and signs do not count: they are what
/// people put behind a word.
fn is_little_more_than(words: &[&str], password: &str) -> bool {
    let read: Zeroizing<Vec<char>> = Zeroizing::new(password.chars().map(folded).collect());
    let mut is_own = vec![true; read.len()];
    for word in words {
        let word: Vec<char> = word.chars().map(folded).collect();
        for (start, part) in read.windows(word.len()).enumerate() {
            if part == word {
                is_own
                    .iter_mut()
                    .skip(start)
                    .take(word.len())
                    .for_each(|own| *own = false);
            }
        }
    }
    let own = password
        .chars()
        .zip(&is_own)
        .filter(|(character, own)| **own && character.is_alphabetic());
    is_own.contains(&false) && own.count() < OWN_LETTERS
}

/// Each piece of a row, in either direction, as if it were a word.
fn pieces_of_rows() -> Vec<String> {
    let rows = ROWS
        .iter()
        .flat_map(|row| [row.chars().collect(), row.chars().rev().collect()]);
    let pieces = rows.flat_map(|row: Vec<char>| {
        let from = |start| row.iter().cycle().skip(start).take(SHORTEST_WORD).collect();
        (0..row.len()).map(from).collect::<Vec<String>>()
    });
    pieces.collect()
}
