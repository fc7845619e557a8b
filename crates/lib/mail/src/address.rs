//! Who a letter is from or to.

use std::fmt;
use std::str::FromStr;

use lettre::message::Mailbox;

/// The most characters that an address has on its way (RFC 5321, section 4.5.3).
const LONGEST: usize = 254;

/// An e-mail address, with the name of whose it is or without.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(Mailbox);

/// A text that is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no e-mail address: write it as `ada@example.com` or `Ada Lovelace <ada@example.com>`")]
pub struct InvalidAddress;

impl Address {
    /// Reads `ada@example.com` or `Ada Lovelace <ada@example.com>`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim();
        if text.contains(char::is_control) {
            return Err(InvalidAddress);
        }
        let mailbox: Mailbox = text.parse().map_err(|_| InvalidAddress)?;
        if AsRef::<str>::as_ref(&mailbox.email).len() > LONGEST {
            return Err(InvalidAddress);
        }
        Ok(Self(mailbox))
    }

    /// The same address with this name. A line break in a name is no more than a space.
    pub fn named(mut self, name: &str) -> Self {
        let name = one_line(name);
        self.0.name = Some(name).filter(|name| !name.is_empty());
        self
    }

    /// The address without the name.
    pub fn email(&self) -> &str {
        self.0.email.as_ref()
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// Whose it is, if that is said.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    pub(crate) fn mailbox(&self) -> Mailbox {
        self.0.clone()
    }
}

impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        Self::parse(text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that can stand in a header field: its words with one space between them.
pub(crate) fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
