//! Why nobody was signed in.

/// Why nobody was signed in, for the person; the details are for whoever set the provider up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An address is not one.
    #[error("{what} is not an address: {address}")]
    NoAddress {
        /// What the address is of.
        what: &'static str,
        /// The address.
        address: String,
    },
    /// Something would travel readable for others.
    #[error("{what} must begin with https: {address}")]
    Insecure {
        /// What the address is of.
        what: &'static str,
        /// The address.
        address: String,
    },
    /// The provider was not reached.
    #[error("the sign-in provider cannot be reached: {0}")]
    Unreachable(#[from] http_client::Error),
    /// What the provider says of itself is not what a provider says.
    #[error("{issuer} does not describe itself as a sign-in provider: {reason}")]
    Discovery {
        /// The address that was asked.
        issuer: String,
        /// What is wrong.
        reason: String,
    },
    /// The provider does not know us.
    #[error("the sign-in provider does not accept our client id and secret: {reason}")]
    ClientRefused {
        /// The provider's words.
        reason: String,
    },
    /// The code is used up, too old, or not ours.
    #[error("the sign-in provider does not accept the code any more: {reason}")]
    CodeRefused {
        /// The provider's words.
        reason: String,
    },
    /// The provider gave something else than tokens.
    #[error("the sign-in provider's answer cannot be understood: {reason}")]
    Answer {
        /// What is wrong.
        reason: String,
    },
    /// The ID token is not to be believed.
    #[error("the sign-in provider's word is not to be believed: {0}")]
    Token(#[from] TokenFault),
}

/// Why an ID token is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is another provider's.
    #[error("it is that of another provider")]
    Issuer,
    /// It is meant for somebody else.
    #[error("it is meant for another program")]
    Audience,
    /// Its time is over.
    #[error("it has expired")]
    Expired,
    /// It was made in the future.
    #[error("it was made in the future")]
    Future,
    /// It belongs to another sign-in.
    #[error("it belongs to another sign-in")]
    Nonce,
    /// It is not signed.
    #[error("it is not signed")]
    Unsigned,
    /// It is signed in a way that proves nothing here.
    #[error("it is signed in a way that is not accepted")]
    Algorithm,
    /// It is signed with a key that the provider does not publish.
    #[error("it is signed with a key that the provider does not publish")]
    UnknownKey,
    /// The signature is not the provider's.
    #[error("its signature is wrong")]
    Signature,
    /// It is malformed.
    #[error("it cannot be read: {0}")]
    Malformed(String),
}

impl Error {
    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAddress { .. } => "oidc-no-address",
            Self::Insecure { .. } => "oidc-insecure",
            Self::Unreachable(error) => error.code(),
            Self::Discovery { .. } => "oidc-no-provider",
            Self::ClientRefused { .. } => "oidc-client-refused",
            Self::CodeRefused { .. } => "oidc-code-refused",
            Self::Answer { .. } => "oidc-answer-unreadable",
            Self::Token(fault) => fault.code(),
        }
    }

    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoAddress { .. } => "give the whole address, such as https://login.example.com",
            Self::Insecure { .. } => "use an address that begins with https",
            Self::Unreachable(error) => error.hint(),
            Self::Discovery { .. } => {
                "check the issuer: it is the address before /.well-known/openid-configuration, exactly as the \
                 provider writes it, with or without a slash at its end"
            }
            Self::ClientRefused { .. } => {
                "copy the client id and secret from the provider again, and check that the redirect address is \
                 registered there"
            }
            Self::CodeRefused { .. } => "sign in again: a code works once, and only for a short time",
            Self::Answer { .. } => "check the issuer, and that no proxy answers in the provider's place",
            Self::Token(fault) => fault.hint(),
        }
    }
}

impl TokenFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Issuer => "oidc-wrong-issuer",
            Self::Audience => "oidc-wrong-audience",
            Self::Expired => "oidc-expired",
            Self::Future => "oidc-not-yet",
            Self::Nonce => "oidc-wrong-nonce",
            Self::Unsigned => "oidc-unsigned",
            Self::Algorithm => "oidc-wrong-algorithm",
            Self::UnknownKey => "oidc-unknown-key",
            Self::Signature => "oidc-wrong-signature",
            Self::Malformed(_) => "oidc-token-unreadable",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Expired | Self::Future => {
                "sign in again; if it stays like this, check the clocks of this machine and of the provider"
            }
            Self::Nonce => "sign in again, in one window only",
            Self::Algorithm => "let the provider sign with RS256, PS256, ES256 or EdDSA",
            Self::Issuer | Self::Audience => "check the issuer and the client id in the settings",
            Self::Unsigned | Self::UnknownKey | Self::Signature | Self::Malformed(_) => {
                "sign in again; if it stays like this, somebody may be answering in the provider's place"
            }
        }
    }
}
