//! What goes wrong, as the person reads it.

use std::fmt;
use std::io;

use governance::OfficeError;
use governance::repository::RepositoryError;
use inspect::InspectError;

/// A failure of any command.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: String,
    exit_code: u8,
    is_closed_pipe: bool,
}

impl Failure {
    /// A plain failure.
    pub(crate) fn new(message: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self {
            message: message.to_string(),
            hint: hint.into(),
            exit_code: 2,
            is_closed_pipe: false,
        }
    }

    /// The same, after something that has to be said first.
    pub(crate) fn after(self, first: &str) -> Self {
        Self {
            message: format!("{first}: {}", self.message),
            ..self
        }
    }

    /// The exit code of the program.
    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// Whether whoever read the output had enough.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }
}

impl From<InspectError> for Failure {
    fn from(error: InspectError) -> Self {
        Self {
            exit_code: error.exit_code(),
            is_closed_pipe: error.is_closed_pipe(),
            ..Self::new(&error, error.hint())
        }
    }
}

impl From<OfficeError> for Failure {
    fn from(error: OfficeError) -> Self {
        let hint = match &error {
            OfficeError::Store(RepositoryError::Database { .. }) => "see --data and --database-url",
            OfficeError::Store(RepositoryError::Taken { .. }) => "choose another name",
            _ => "",
        };
        Self::new(&error, hint)
    }
}

impl From<RepositoryError> for Failure {
    fn from(error: RepositoryError) -> Self {
        OfficeError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        InspectError::from(error).into()
    }
}

impl fmt::Display for Failure {
    /// Two lines: names in them come from files, so nothing that moves the cursor gets through.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", inspect::clean(&self.message))?;
        if !self.hint.is_empty() {
            write!(f, "\nhint: {}", self.hint)?;
        }
        Ok(())
    }
}
