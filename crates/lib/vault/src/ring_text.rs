//! A ring as text: a line for each key, with what it is, its id and the key.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use crate::key::Key;
use crate::{InvalidRing, KeyRing};

/// What the file says about itself.
const PREAMBLE: &str = "\
# The keys with which Rollcall seals the secrets in its database, such as API tokens.
# Whoever has this file and the database can read them: keep it secret, and keep a copy of it in another place than
# the backups of the database. Without this file a backup is worthless: what is sealed in it cannot be opened again.
";

const CURRENT: &str = "current";
const FORMER: &str = "former";

impl KeyRing {
    /// Reads a ring: the content of a key file, or one key alone, which is 32 random bytes in base64 such as
    /// `openssl rand -base64 32` prints.
    ///
    /// # Errors
    /// Says what is wrong and in which line, and never repeats it.
    pub fn parse(text: &str) -> Result<Self, InvalidRing> {
        if let Some(current) = Key::from_base64(text.trim()) {
            let former = Vec::new();
            return Ok(Self { current, former });
        }
        let (mut current, mut former) = (None, Vec::new());
        for (number, line) in (1..).zip(text.lines()) {
            match read_line(number, line.trim())? {
                None => {}
                Some((_, key)) if knows(current.as_ref(), &former, &key) => {
                    return Err(InvalidRing::Repeated { line: number });
                }
                Some((CURRENT, _)) if current.is_some() => {
                    return Err(InvalidRing::TwoCurrent { line: number });
                }
                Some((CURRENT, key)) => current = Some(key),
                Some((_, key)) => former.push(key),
            }
        }
        let current = current.ok_or(InvalidRing::NoCurrent)?;
        Ok(Self { current, former })
    }

    /// The text of a key file.
    pub fn to_text(&self) -> SecretString {
        let mut text = Zeroizing::new(PREAMBLE.to_owned());
        // Room for all lines at once, since a text that grows leaves its beginning behind in memory.
        text.reserve(128 * (1 + self.former.len()));
        write_line(&mut text, CURRENT, &self.current);
        self.former
            .iter()
            .for_each(|key| write_line(&mut text, FORMER, key));
        text.as_str().into()
    }
}

fn write_line(text: &mut String, word: &str, key: &Key) {
    for part in [
        word,
        " ",
        &key.id().to_string(),
        " ",
        key.to_base64().expose_secret(),
        "\n",
    ] {
        text.push_str(part);
    }
}

/// The word and the key of a line; `None` for an empty line or a comment.
fn read_line(number: usize, line: &str) -> Result<Option<(&'static str, Key)>, InvalidRing> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let mut parts = line.split_whitespace();
    let (word, id, key, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
    let word = match word {
        Some(CURRENT) => CURRENT,
        Some(FORMER) => FORMER,
        _ => return Err(InvalidRing::Line { line: number }),
    };
    let (Some(id), Some(key), None) = (id, key, rest) else {
        return Err(InvalidRing::Line { line: number });
    };
    let key = Key::from_base64(key).filter(|key| key.id().to_string() == id);
    Ok(Some((word, key.ok_or(InvalidRing::Damaged { line: number })?)))
}

fn knows(current: Option<&Key>, former: &[Key], key: &Key) -> bool {
    current
        .into_iter()
        .chain(former)
        .any(|known| known.id() == key.id())
}
