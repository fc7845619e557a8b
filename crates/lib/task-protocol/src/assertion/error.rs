//! Why an assertion is refused.

use crate::InvalidClientId;

/// Why an assertion is refused. Nothing of it is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssertionError {
    /// Larger than any honest one.
    #[error("the assertion has more than 8 KiB")]
    TooLarge,
    /// Not three parts of base64url with dots between them.
    #[error("the assertion is not a compact JWS")]
    Form,
    /// The first part is not what it should be.
    #[error("the header of the assertion is not a JSON object with alg and nonce")]
    Header,
    /// Signed in another way, or not at all.
    #[error("the assertion is not signed with EdDSA")]
    Algorithm,
    /// It demands something that is not known here.
    #[error("the assertion has critical header members, and none is known")]
    Critical,
    /// Nothing makes it usable once.
    #[error("the nonce of the assertion is not 32 lower-case hexadecimal digits")]
    Nonce,
    /// The second part is not what it should be.
    #[error("the claims of the assertion are not a JSON object with iss, sub, aud, exp, nbf and iat")]
    Claims,
    /// `iss` is no client id.
    #[error("the issuer of the assertion is no client id")]
    Issuer(#[source] InvalidClientId),
    /// `sub` differs from `iss`.
    #[error("the subject of the assertion is not its issuer")]
    Subject,
    /// Not signed with the client's key.
    #[error("the signature of the assertion is not by the key of this client")]
    Signature,
    /// `aud` names somebody else.
    #[error("the assertion is for another host")]
    Audience,
    /// `exp` is further from `nbf` than allowed, or `iat` is not between them.
    #[error("the assertion does not end within 10 minutes of its beginning, or was not made between them")]
    Lifetime,
    /// `exp` has passed.
    #[error("the assertion ended {seconds} seconds ago; is a clock wrong?")]
    Expired {
        /// How long ago.
        seconds: i64,
    },
    /// `nbf` is still to come.
    #[error("the assertion begins in {seconds} seconds; is a clock wrong?")]
    NotYet {
        /// How long until then.
        seconds: i64,
    },
}

impl AssertionError {
    /// The stable code of this kind of error.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "assertion-too-large",
            Self::Form | Self::Header | Self::Claims => "assertion-malformed",
            Self::Algorithm | Self::Critical => "assertion-unsupported",
            Self::Nonce => "assertion-nonce",
            Self::Issuer(_) | Self::Subject => "assertion-client",
            Self::Signature => "assertion-signature",
            Self::Audience => "assertion-audience",
            Self::Lifetime => "assertion-lifetime",
            Self::Expired { .. } | Self::NotYet { .. } => "assertion-time",
        }
    }
}
