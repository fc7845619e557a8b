//! Who a connector is to its control plane.

use std::fmt;
use std::ops::Range;

/// The most bytes that an id may have. Ours have about 60.
const MOST_BYTES: usize = 512;

/// A client id: `name@host[:port]/anything`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ClientId {
    text: String,
    authority: Range<usize>,
}

/// Why a text is no client id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClientId {
    /// No `@`, or no `/` behind it.
    #[error("invalid client id: it is not of the form name@host/v1")]
    Form,
    /// Something that no name may hold.
    #[error("invalid client id: the name before the @ may hold printable characters only, and not be empty")]
    Name,
    /// Something that is not where a control plane can be.
    #[error("invalid client id: between @ and / there must be a host, with or without a port")]
    Host,
    /// More than an id can be.
    #[error("invalid client id: it has more than {MOST_BYTES} characters")]
    TooLong,
}

impl ClientId {
    /// Makes an id, as the control plane that can be reached at `authority` does (`host` or `host:port`).
    ///
    /// # Errors
    /// When the parts make no id.
    pub fn new(name: &str, authority: &str) -> Result<Self, InvalidClientId> {
        if name.contains('@') {
            return Err(InvalidClientId::Name);
        }
        if authority.contains('/') {
            return Err(InvalidClientId::Host);
        }
        Self::parse(&format!("{name}@{authority}/valid"))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// When it has another form. What stands behind the slash does not matter.
    pub fn parse(text: &str) -> Result<Self, InvalidClientId> {
        if text.len() > MOST_BYTES {
            return Err(InvalidClientId::TooLong);
        }
        let (name, rest) = text.split_once('@').ok_or(InvalidClientId::Form)?;
        let (authority, rest) = rest.split_once('/').ok_or(InvalidClientId::Form)?;
        if name.is_empty() || !name.chars().chain(rest.chars()).all(|c| c.is_ascii_graphic()) {
            return Err(InvalidClientId::Name);
        }
        if !is_authority(authority) {
            return Err(InvalidClientId::Host);
        }
        let start = name.len().saturating_add(1);
        Ok(Self {
            text: text.to_owned(),
            authority: start..start.saturating_add(authority.len()),
        })
    }

    /// The part before the first `@`.
    pub fn name(&self) -> &str {
        let end = self.authority.start.saturating_sub(1);
        self.text.get(..end).unwrap_or_default()
    }

    /// Where the control plane is: the host, with the port if there is one.
    pub fn authority(&self) -> &str {
        self.text.get(self.authority.clone()).unwrap_or_default()
    }

    /// Whom assertions are for: the host without the port.
    pub fn audience(&self) -> &str {
        split_port(self.authority()).0
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientId({})", self.text)
    }
}

/// Host and port. An IPv6 address loses its brackets with its port, as in the original.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let Some((host, port)) = authority.rsplit_once(':') else {
        return (authority, None);
    };
    match host.strip_prefix('[').map(|host| host.strip_suffix(']')) {
        Some(Some(address)) => (address, Some(port)),
        Some(None) => (authority, None),
        None => (host, Some(port)),
    }
}

/// Whether a text says where a control plane can be: `host` or `host:port`.
pub fn is_authority(text: &str) -> bool {
    let (host, port) = split_port(text);
    let bracketed = text.starts_with('[');
    let in_host =
        |c: char| c.is_ascii_alphanumeric() || "-._".contains(c) || (bracketed && "[]:".contains(c));
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    let closed = !bracketed || text.contains(']');
    closed && !host.is_empty() && host.chars().all(in_host) && port.is_none_or(is_port)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_has_a_name_a_place_and_an_audience() {
        let ids = [
            "ada@example.com/valid",
            "ada@rollcall.example.com:8443/",
            "a+b@127.0.0.1:1/x/y@z",
            "ada@[::1]:8443/v1",
            "ada@[::1]/v1",
        ];
        let told = ids.map(|id| {
            let id = ClientId::parse(id).unwrap();
            format!("{id}: {} | {} | {}", id.name(), id.authority(), id.audience())
        });
        assert_snapshot!(told.join("\n"), @"
        ada@example.com/valid: ada | example.com | example.com
        ada@rollcall.example.com:8443/: ada | rollcall.example.com:8443 | rollcall.example.com
        a+b@127.0.0.1:1/x/y@z: a+b | 127.0.0.1:1 | 127.0.0.1
        ada@[::1]:8443/v1: ada | [::1]:8443 | ::1
        ada@[::1]/v1: ada | [::1] | [::1]
        ");
    }

    #[test]
    fn what_is_no_id_is_told() {
        let long = format!("{}@example.com/", "a".repeat(600));
        let texts = [
            "",
            "ada",
            "ada@example.com",
            "example.com/v1",
            "@example.com/",
            "a da@example.com/",
            "ada@/",
            "ada@:1/",
            "ada@example.com:/",
            "ada@example.com:0/",
            "ada@example.com:70000/",
            "ada@exam ple.com/",
            "ada@me@example.com/",
            "ada@::1/",
            "ada@[::1/",
            &long,
        ];
        let told = texts.map(|text| {
            let shown: String = text.chars().take(30).collect();
            format!("{shown:30} {}", ClientId::parse(text).unwrap_err())
        });
        assert_snapshot!(told.join("\n"), @"
                                       invalid client id: it is not of the form name@host/v1
        ada                            invalid client id: it is not of the form name@host/v1
        ada@example.com                invalid client id: it is not of the form name@host/v1
        example.com/v1                 invalid client id: it is not of the form name@host/v1
        @example.com/                  invalid client id: the name before the @ may hold printable characters only, and not be empty
        a da@example.com/              invalid client id: the name before the @ may hold printable characters only, and not be empty
        ada@/                          invalid client id: between @ and / there must be a host, with or without a port
        ada@:1/                        invalid client id: between @ and / there must be a host, with or without a port
        ada@example.com:/              invalid client id: between @ and / there must be a host, with or without a port
        ada@example.com:0/             invalid client id: between @ and / there must be a host, with or without a port
        ada@example.com:70000/         invalid client id: between @ and / there must be a host, with or without a port
        ada@exam ple.com/              invalid client id: between @ and / there must be a host, with or without a port
        ada@me@example.com/            invalid client id: between @ and / there must be a host, with or without a port
        ada@::1/                       invalid client id: between @ and / there must be a host, with or without a port
        ada@[::1/                      invalid client id: between @ and / there must be a host, with or without a port
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa invalid client id: it has more than 512 characters
        ");
    }

    #[test]
    fn the_parts_of_a_new_id_cannot_shift() {
        let id = ClientId::new("cloudflare-1", "example.com:8443").unwrap();
        assert_eq!(id.as_str(), "cloudflare-1@example.com:8443/valid");
        assert_eq!(
            ClientId::new("a@evil.example.com", "example.com"),
            Err(InvalidClientId::Name)
        );
        assert_eq!(
            ClientId::new("a", "evil.example.com/b"),
            Err(InvalidClientId::Host)
        );
    }

    proptest! {
        #[test]
        fn an_id_comes_back_whole(text in "[a-z@:/.\\[\\] 0-9]{0,40}") {
            if let Ok(id) = ClientId::parse(&text) {
                prop_assert_eq!(id.as_str(), text.as_str());
                let start = format!("{}@{}/", id.name(), id.authority());
                prop_assert!(text.starts_with(&start));
                prop_assert!(id.authority().contains(id.audience()));
            }
        }
    }
}
