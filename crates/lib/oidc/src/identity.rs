//! Who signed in.

use chrono::{DateTime, Utc};

/// Who signed in, as the provider says and the checks confirm.
///
/// [`Identity::key`] tells people apart. An address does not: it can be given to somebody else, and a provider may let
/// people claim any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person, as the provider numbers people; never given to anybody else.
    pub subject: String,
    /// The person's address.
    pub email: Option<String>,
    /// Whether the provider has made sure that the address is the person's. Nothing said counts as no.
    pub email_verified: bool,
    /// The person's name, for display.
    pub name: Option<String>,
    /// When the person last proved who they are. `None` when the provider does not say.
    pub authenticated_at: Option<DateTime<Utc>>,
    /// How the person proved it (`amr`, such as `pwd`, `otp`, `hwk`); may be empty.
    pub methods: Vec<String>,
    /// How well it was proved (`acr`), in the provider's words.
    pub context: Option<String>,
}

/// Methods (RFC 8176) that show what somebody knows.
const KNOWN: [&str; 3] = ["pwd", "pin", "kba"];
/// Methods that show what somebody has or is.
const HAD: [&str; 12] = [
    "otp", "hwk", "swk", "sc", "sms", "tel", "pop", "fpt", "face", "iris", "vbm", "retina",
];
/// Contexts that stand for more than one proof.
const STRONG: [&str; 4] = [
    "phr",
    "phrh",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "https://refeds.org/profile/mfa",
];

impl Identity {
    /// What accounts are found by: the issuer and the subject, always both.
    pub fn key(&self) -> (&str, &str) {
        (&self.issuer, &self.subject)
    }

    /// Whether the provider says that it asked for more than one kind of proof.
    pub fn is_multi_factor(&self) -> bool {
        let has = |of: &[&str]| self.methods.iter().any(|method| of.contains(&method.as_str()));
        let is_strong = self
            .context
            .as_deref()
            .is_some_and(|context| STRONG.contains(&context));
        is_strong || has(&["mfa"]) || (has(&KNOWN) && has(&HAD))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(methods: &[&str], context: Option<&str>) -> Identity {
        Identity {
            issuer: "https://login.example.com".to_owned(),
            subject: "1".to_owned(),
            email: None,
            email_verified: false,
            name: None,
            authenticated_at: None,
            methods: methods.iter().map(|method| (*method).to_owned()).collect(),
            context: context.map(str::to_owned),
        }
    }

    #[test]
    fn two_kinds_of_proof_are_more_than_one() {
        for methods in [
            &["mfa"][..],
            &["pwd", "otp"],
            &["hwk", "pin"],
            &["x", "face", "pwd"],
        ] {
            assert!(identity(methods, None).is_multi_factor(), "{methods:?}");
        }
        assert!(identity(&[], Some("phr")).is_multi_factor());
    }

    #[test]
    fn one_kind_of_proof_twice_or_an_unknown_word_is_not() {
        for methods in [
            &[][..],
            &["pwd"],
            &["pwd", "pin"],
            &["otp", "sms"],
            &["MFA"],
            &["user"],
        ] {
            assert!(!identity(methods, Some("1")).is_multi_factor(), "{methods:?}");
        }
    }
}
