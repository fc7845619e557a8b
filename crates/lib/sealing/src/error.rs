//! What can go wrong. No error repeats a key: the wrong one may have been given.

/// Why a text names no recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRecipient {
    /// A private or a shared key where a public one belongs.
    #[error("this is a private key, and only the public one is needed to seal a secret")]
    Private,
    /// Space around an age recipient, or more than one line.
    #[error("an age recipient is one line, with nothing around it")]
    NotOneLine,
    /// None of the forms that are understood.
    #[error("this is no recipient")]
    Unknown,
    /// A form that is understood, but not what it stands for.
    #[error("the {form} is damaged: {reason}")]
    Damaged {
        /// What it seems to be, for people.
        form: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A kind of key that nothing can be sealed for here.
    #[error("{kind} are not supported")]
    Unsupported {
        /// The kind in words, plural.
        kind: &'static str,
    },
    /// A key that keeps nothing secret.
    #[error("this key is too weak: others could open what is sealed for it")]
    Weak,
}

impl InvalidRecipient {
    /// The stable code of this kind of error.
    pub fn code(self) -> &'static str {
        match self {
            Self::Private => "recipient-private",
            Self::NotOneLine => "recipient-not-one-line",
            Self::Unknown => "recipient-unknown",
            Self::Damaged { .. } => "recipient-damaged",
            Self::Unsupported { .. } => "recipient-unsupported",
            Self::Weak => "recipient-weak",
        }
    }

    /// What a person can do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Private => "give the public key; whoever has seen the private one can open everything",
            Self::NotOneLine => "give one recipient",
            Self::Damaged { .. } => "copy the public key again, all of it",
            Self::Unknown | Self::Unsupported { .. } | Self::Weak => {
                "give an age recipient (`age1...`), an `ssh-ed25519` public key, or a public JSON Web Key of kind \
                 Ed25519 or RSA"
            }
        }
    }
}

/// Why a secret could not be sealed.
#[derive(Debug, thiserror::Error)]
#[error("the secret could not be sealed")]
pub struct SealError(#[from] age::EncryptError);

impl SealError {
    /// The stable code of this kind of error.
    pub fn code(&self) -> &'static str {
        "seal-failed"
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        "report this as a defect: a key that was accepted can always be sealed for"
    }
}
