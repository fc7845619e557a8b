//! What is kept of a password.

use std::fmt;

use argon2::password_hash::phc;
use argon2::{ARGON2ID_IDENT, Version};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use model::{NoRandomness, Randomness};
use secrecy::SecretString;
use subtle::ConstantTimeEq as _;

use super::{Strength, normalized};

/// How many bytes make two equal passwords differ.
const SALT_LENGTH: usize = 16;

/// How many bytes are compared.
const OUTPUT_LENGTH: usize = 32;

/// What is kept of a password: an argon2id hash. Making and checking one takes work on purpose, tens of milliseconds
/// of a processor, and belongs on a thread where nobody else waits.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    strength: Strength,
    salt: [u8; SALT_LENGTH],
    output: [u8; OUTPUT_LENGTH],
}

/// A text that is no hash of a password. It is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored password is damaged: set a new one")]
pub struct InvalidPasswordHash;

/// Why a password could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// The machine gives no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The machine gives no memory.
    #[error("this machine has too little memory to keep a password safe: give the service some 32 MiB more")]
    NoMemory,
}

impl PasswordHash {
    /// Hashes a password, one that [`crate::PasswordRules`] let pass or that somebody has signed in with.
    ///
    /// # Errors
    /// When the machine gives no randomness or no memory.
    pub fn new(
        password: &SecretString,
        strength: Strength,
        random: &dyn Randomness,
    ) -> Result<Self, PasswordError> {
        let mut salt = [0; SALT_LENGTH];
        random.fill(&mut salt)?;
        let output = output(password, strength, &salt).map_err(|_| PasswordError::NoMemory)?;
        Ok(Self {
            strength,
            salt,
            output,
        })
    }

    /// The hash of no password. Checking it takes as long as checking a real one of the same strength, so that nobody
    /// can tell from the time whether there is such a user.
    pub fn decoy(strength: Strength) -> Self {
        Self {
            strength,
            salt: [0; SALT_LENGTH],
            output: [0; OUTPUT_LENGTH],
        }
    }

    /// Reads what [`PasswordHash::to_text`] wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &str) -> Result<Self, InvalidPasswordHash> {
        let phc = phc::PasswordHash::new(text).map_err(|_| InvalidPasswordHash)?;
        Self::from_phc(&phc).ok_or(InvalidPasswordHash)
    }

    /// What is stored: a PHC string, which says how it was made.
    pub fn to_text(&self) -> String {
        let Strength {
            memory,
            passes,
            lanes,
        } = self.strength;
        let version = u32::from(Version::V0x13);
        let [salt, output] = [&self.salt[..], &self.output].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
        format!("${ARGON2ID_IDENT}$v={version}$m={memory},t={passes},p={lanes}${salt}${output}")
    }

    /// Whether this is the password. It is not when the machine has no memory to find out.
    pub fn verify(&self, password: &SecretString) -> bool {
        let output = output(password, self.strength, &self.salt);
        output.is_ok_and(|output| output.ct_eq(&self.output).into())
    }

    /// Whether it was made otherwise than new ones are: then a new hash is due, while the password is known.
    pub fn needs_rehash(&self, strength: Strength) -> bool {
        self.strength != strength
    }

    fn from_phc(phc: &phc::PasswordHash) -> Option<Self> {
        let number = |name| phc.params.get_decimal(name);
        let strength = Strength {
            memory: number("m")?,
            passes: number("t")?,
            lanes: number("p")?,
        };
        let known = phc.algorithm == ARGON2ID_IDENT && phc.version == Some(Version::V0x13.into());
        let made = known.then(|| strength.argon2().ok()).flatten();
        made.and(Some(Self {
            strength,
            salt: phc.salt.as_ref()?.as_ref().try_into().ok()?,
            output: phc.hash.as_ref()?.as_bytes().try_into().ok()?,
        }))
    }
}

fn output(
    password: &SecretString,
    strength: Strength,
    salt: &[u8],
) -> Result<[u8; OUTPUT_LENGTH], argon2::Error> {
    let mut output = [0; OUTPUT_LENGTH];
    strength
        .argon2()?
        .hash_password_into(normalized(password).as_bytes(), salt, &mut output)?;
    Ok(output)
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordHash")
            .field("strength", &self.strength)
            .finish_non_exhaustive()
    }
}
