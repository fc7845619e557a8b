//! What the person who sets a provider up says.

use openidconnect::IssuerUrl;
use secrecy::SecretString;
use url::{Host, Url};

use crate::Error;

/// A provider, and what it knows us as.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The provider's address, exactly as it names itself, such as `https://login.example.com`.
    pub issuer: String,
    /// What the provider knows us as.
    pub client_id: String,
    /// What proves it. `None` for a public client, which PKCE alone protects.
    pub client_secret: Option<SecretString>,
    /// Where the provider sends the browser back to.
    pub redirect: Url,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Whether a provider on this machine may do without TLS.
    pub plain_loopback: bool,
}

impl Settings {
    /// Settings that ask for the address and the name of a person.
    pub fn new(issuer: impl Into<String>, client_id: impl Into<String>, redirect: Url) -> Self {
        Self {
            issuer: issuer.into(),
            client_id: client_id.into(),
            client_secret: None,
            redirect,
            scopes: vec!["email".to_owned(), "profile".to_owned()],
            plain_loopback: false,
        }
    }

    /// Adds what proves who we are.
    pub fn with_secret(mut self, secret: SecretString) -> Self {
        self.client_secret = Some(secret);
        self
    }
}

impl Settings {
    /// Believes a provider on this machine without TLS too: for tests, and for trying things out.
    pub fn with_plain_loopback(mut self) -> Self {
        self.plain_loopback = true;
        self
    }

    /// Whatever tells who somebody is must come over TLS.
    pub(crate) fn secure(&self, what: &'static str, address: &Url) -> Result<(), Error> {
        let is_plain = self.plain_loopback && address.scheme() == "http" && is_loopback(address);
        if is_plain || address.scheme() == "https" {
            return Ok(());
        }
        let address = address.to_string();
        Err(Error::Insecure { what, address })
    }
}

/// The issuer as an address; its text stays as it was written, because providers compare it letter by letter.
pub(crate) fn address(issuer: &str) -> Result<IssuerUrl, Error> {
    IssuerUrl::new(issuer.to_owned()).map_err(|_| Error::NoAddress {
        what: "the issuer",
        address: issuer.to_owned(),
    })
}

fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::new("", "", "https://localhost/".parse().unwrap())
    }

    #[test]
    fn only_this_machine_may_do_without_tls_and_only_where_that_is_said() {
        let secure = |settings: Settings, address: &str| {
            settings.secure("the issuer", &address.parse().unwrap()).is_ok()
        };
        for address in [
            "https://login.example.com",
            "http://127.0.0.1:8080",
            "http://[::1]",
            "http://localhost/a",
        ] {
            assert!(secure(settings().with_plain_loopback(), address), "{address}");
            let is_https = address.starts_with("https");
            assert_eq!(secure(settings(), address), is_https, "{address}");
        }
        for address in [
            "http://login.example.com",
            "http://10.0.0.1",
            "ftp://localhost",
            "http://localhost.example.com",
        ] {
            assert!(!secure(settings().with_plain_loopback(), address), "{address}");
        }
    }
}
