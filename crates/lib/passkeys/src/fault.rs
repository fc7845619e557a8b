//! Why an authenticator's answer is not to be believed.

/// Why an authenticator's answer is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not as such answers are.
    #[error("it cannot be read: {0}")]
    Malformed(&'static str),
    /// It answers another kind of question.
    #[error("it answers another kind of question")]
    Purpose,
    /// It answers another question.
    #[error("it answers another question")]
    Challenge,
    /// It was made on another site.
    #[error("it was made on another site")]
    Origin,
    /// It was made in a page inside a page of somebody else.
    #[error("it was made inside a page of somebody else")]
    Framed,
    /// It was made for another site.
    #[error("it was made for another site")]
    RelyingParty,
    /// Nobody was there.
    #[error("nobody was there")]
    NobodyPresent,
    /// The authenticator did not make sure who was there.
    #[error("the authenticator did not make sure who was there")]
    NotVerified,
    /// Its key is of a kind that is not accepted.
    #[error("its key is of a kind that is not accepted")]
    Algorithm,
    /// The signature is not that of the credential.
    #[error("the signature is wrong")]
    Signature,
    /// The authenticator has counted backwards, so there may be two of it.
    #[error("the authenticator has counted backwards, so there may be a copy of it")]
    Counter,
}
