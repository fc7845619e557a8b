//! Parts of the account that may be absent.

use cloudflare::{Error, ErrorKind};
use connector::{ConnectorError, Output};

use crate::errors::failed;
use crate::notes;

/// A part of the account that may be kept from the credential, or be gone from the API.
#[derive(Clone, Debug)]
pub(crate) enum Part<T> {
    /// It was read.
    Read(T),
    /// The credential may not read it.
    Refused(Error),
    /// The API no longer has it.
    Gone(Error),
}

impl<T> Part<T> {
    /// A part from what asking for it gave.
    ///
    /// # Errors
    /// When the answer is neither the part nor that it is not to be had.
    pub(crate) fn of(result: Result<T, Error>) -> Result<Self, ConnectorError> {
        result.map_or_else(Self::absent, |value| Ok(Self::Read(value)))
    }

    /// A refusal is an answer, and so is that there is no such list; other failures are failures.
    pub(crate) fn absent(error: Error) -> Result<Self, ConnectorError> {
        match error.kind() {
            ErrorKind::NotPermitted { .. } => Ok(Self::Refused(error)),
            ErrorKind::NotFound => Ok(Self::Gone(error)),
            _ => Err(failed(error)),
        }
    }
}

impl<T: Default> Part<T> {
    /// What was read; when it was refused, nothing, and a remark on what is absent.
    pub(crate) async fn or_note(self, absent: &str, out: &mut dyn Output) -> Result<T, ConnectorError> {
        match self {
            Self::Read(value) => Ok(value),
            Self::Gone(error) => Err(failed(error)),
            Self::Refused(error) => {
                out.note(notes::missing_permission(absent, &error)).await?;
                Ok(T::default())
            }
        }
    }
}
