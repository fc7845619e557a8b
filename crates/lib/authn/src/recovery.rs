//! Codes on paper, for whoever has lost the second factor.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{NoRandomness, Randomness};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use crate::TokenHash;

/// How many codes somebody gets.
const CODES: usize = 10;

/// How many characters a code has. Each stands for 5 bits, and with 120 of them a quick hash is enough to keep.
const LENGTH: usize = 24;

/// How many characters stand together on paper.
const GROUP: usize = 4;

/// Digits and letters, without those that are easily taken for another: I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The recovery codes that somebody has left, as hashes. Each is good once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(Vec<TokenHash>);

/// A text that holds no recovery codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored recovery codes are damaged: make new ones")]
pub struct InvalidRecoveryCodes;

impl RecoveryCodes {
    /// Ten new codes: as they are shown once, and what is kept of them.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn generate(random: &dyn Randomness) -> Result<(Vec<SecretString>, Self), NoRandomness> {
        let codes: Result<Vec<_>, _> = (0..CODES).map(|_| code(random)).collect();
        let codes = codes?;
        let hashes = codes.iter().map(|code| TokenHash::of(code.as_bytes()));
        let left = Self(hashes.collect());
        Ok((codes.iter().map(|code| on_paper(code)).collect(), left))
    }

    /// What is left when this code is used; `None` when it is none of them. Space, dashes and capitals do not matter.
    pub fn spend(&self, typed: &SecretString) -> Option<Self> {
        let hash = TokenHash::of(canonical(typed.expose_secret()).as_bytes());
        let left: Vec<TokenHash> = self.0.iter().filter(|known| **known != hash).copied().collect();
        (left.len() < self.0.len()).then_some(Self(left))
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }

    /// What is stored.
    pub fn to_text(&self) -> String {
        let hashes = self
            .0
            .iter()
            .map(|hash| BASE64_URL_SAFE_NO_PAD.encode(hash.as_bytes()));
        hashes.collect::<Vec<_>>().join(" ")
    }

    /// Reads what [`RecoveryCodes::to_text`] wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &str) -> Result<Self, InvalidRecoveryCodes> {
        let hashes = text.split_whitespace().map(|hash| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(hash).ok()?;
            Some(TokenHash::from_bytes(bytes.try_into().ok()?))
        });
        hashes
            .collect::<Option<_>>()
            .map(Self)
            .ok_or(InvalidRecoveryCodes)
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecoveryCodes")
            .field("left", &self.left())
            .finish_non_exhaustive()
    }
}

/// A byte has eight times as many values as the alphabet, so each character is equally likely.
fn code(random: &dyn Randomness) -> Result<Zeroizing<String>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    random.fill(bytes.as_mut())?;
    let characters = bytes.iter().map(|byte| usize::from(byte % 32));
    let characters = characters.filter_map(|at| ALPHABET.get(at).copied().map(char::from));
    Ok(Zeroizing::new(characters.collect()))
}

/// `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
fn on_paper(code: &str) -> SecretString {
    let mut text = String::with_capacity(2 * LENGTH);
    for (at, character) in code.chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(character);
    }
    text.into()
}

/// What was meant: people write O for 0, and I or L for 1.
fn canonical(typed: &str) -> Zeroizing<String> {
    let meant = typed
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-');
    let meant = meant.map(|character| match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    Zeroizing::new(meant.collect())
}
