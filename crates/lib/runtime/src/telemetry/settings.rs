//! Where to send what.

use std::path::PathBuf;

use super::TelemetryError;

/// Where to send what.
#[derive(Clone, Debug)]
pub struct TelemetrySettings {
    /// Host and port of the collector, which speaks OTLP over gRPC. Nothing is sent when it is empty.
    pub collector: String,
    /// How to know the collector.
    pub security: Security,
    /// Whether to send traces.
    pub traces: bool,
    /// Whether to send logs.
    pub logs: bool,
    /// Who sends.
    pub service: ServiceName,
}

impl TelemetrySettings {
    /// As in the ecosystem, somebody who wants neither traces nor logs wants nothing.
    pub(super) fn is_off(&self) -> bool {
        self.collector.is_empty() || !(self.traces || self.logs)
    }
}

/// Who sends, in the collector's words.
#[derive(Clone, Debug)]
pub struct ServiceName {
    /// `service.name`.
    pub name: String,
    /// `service.version`.
    pub version: String,
    /// `host.name`.
    pub host: String,
}

/// How to know that the collector is the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Security {
    /// By an authority that this system trusts.
    System,
    /// By the authority in a PEM file, and by no other.
    File(PathBuf),
    /// By this authority and no other: PEM, or PEM in base64 as environment variables hold it.
    Authority(String),
    /// Not at all: what is sent is not even encrypted.
    Plain,
}

impl Security {
    /// What three settings say together. `plain` makes the others meaningless.
    ///
    /// # Errors
    /// When two authorities are named.
    pub fn choose(file: Option<&str>, authority: Option<&str>, plain: bool) -> Result<Self, TelemetryError> {
        match (file, authority) {
            _ if plain => Ok(Self::Plain),
            (Some(_), Some(_)) => Err(TelemetryError::TwoAuthorities),
            (Some(file), None) => Ok(Self::File(file.into())),
            (None, Some(authority)) => Ok(Self::Authority(authority.to_owned())),
            (None, None) => Ok(Self::System),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_wins_and_two_authorities_are_a_mistake() {
        let choose = |file, authority, plain| Security::choose(file, authority, plain).ok();
        assert_eq!(choose(None, None, false), Some(Security::System));
        assert_eq!(
            choose(Some("ca.pem"), None, false),
            Some(Security::File("ca.pem".into()))
        );
        assert_eq!(
            choose(None, Some("LS0t"), false),
            Some(Security::Authority("LS0t".to_owned()))
        );
        assert_eq!(choose(Some("ca.pem"), Some("LS0t"), false), None);
        assert_eq!(choose(Some("ca.pem"), Some("LS0t"), true), Some(Security::Plain));
    }
}
