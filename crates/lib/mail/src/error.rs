//! Why a letter was not handed over.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// What lies behind an error, for the log.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a letter was not handed over, in words for a person. No error repeats the letter or a password.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// No connection, or it broke off.
    #[error("the mail server {server} cannot be reached, or has closed the connection")]
    Unreachable {
        /// Host and port.
        server: String,
        /// What the system says.
        source: Cause,
    },
    /// A connection on which nothing happens.
    #[error("the mail server {server} did not take the letter within {} seconds", patience.as_secs())]
    Silent {
        /// Host and port.
        server: String,
        /// How long it had.
        patience: Duration,
    },
    /// A certificate that is not believed, or something that is no TLS.
    #[error("cannot make a trusted connection to the mail server {server}: {reason}")]
    Untrusted {
        /// Host and port.
        server: String,
        /// What is wrong with its certificate or protocol.
        reason: String,
    },
    /// A server without STARTTLS.
    #[error("the mail server {server} does not offer encryption, so nothing was sent")]
    NoEncryption {
        /// Host and port.
        server: String,
    },
    /// Not let in.
    #[error("the mail server {server} does not accept user and password: {answer}")]
    SignIn {
        /// Host and port.
        server: String,
        /// Code and text of the server.
        answer: String,
    },
    /// Not now.
    #[error("the mail server {server} cannot take the letter at present: {answer}")]
    Later {
        /// Host and port.
        server: String,
        /// Code and text of the server.
        answer: String,
    },
    /// Never.
    #[error("the mail server {server} refuses the letter: {answer}")]
    Refused {
        /// Host and port.
        server: String,
        /// Code and text of the server.
        answer: String,
    },
    /// An address with letters that the server does not know.
    #[error("the mail server {server} does not know addresses with other letters than a to z")]
    Unsupported {
        /// Host and port.
        server: String,
    },
    /// The folder cannot be written.
    #[error("cannot write the letter into the folder {}", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It cannot be put into the form in which letters travel.
    #[error("the letter cannot be put into the form in which letters travel")]
    NotWritten {
        /// What stands against it.
        source: Cause,
    },
}

impl SendError {
    /// Whether it is no use to try again with the same letter and the same settings left as they are for long: the
    /// server has said no to this letter, and not to us.
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::Unsupported { .. } | Self::NotWritten { .. }
        )
    }

    /// The stable code of this kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "mail-unreachable",
            Self::Silent { .. } => "mail-silent",
            Self::Untrusted { .. } => "mail-untrusted",
            Self::NoEncryption { .. } => "mail-no-encryption",
            Self::SignIn { .. } => "mail-sign-in",
            Self::Later { .. } => "mail-later",
            Self::Refused { .. } => "mail-refused",
            Self::Unsupported { .. } => "mail-address-unsupported",
            Self::Folder { .. } => "mail-folder",
            Self::NotWritten { .. } => "mail-not-written",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => {
                "check host and port of the mail server, and that a firewall lets us through"
            }
            Self::Silent { .. } => {
                "check the port: a server that expects TLS from the start is `smtps://`, usually on port 465"
            }
            Self::Untrusted { .. } => {
                "check host and port; if the server has a certificate of its own authority, give that as a PEM file"
            }
            Self::NoEncryption { .. } => {
                "use another server or `smtps://`; `?tls=none` sends letters, links that let people in included, \
                 readable for everybody on the way"
            }
            Self::SignIn { .. } => {
                "check user and password of the mail server; some providers want a password made for programs"
            }
            Self::Later { .. } => {
                "nothing need be done unless it goes on; then ask whoever runs the mail server"
            }
            Self::Refused { .. } => {
                "check the address of the recipient, and that the server lets us send as we do"
            }
            Self::Unsupported { .. } => "use another address, or a mail server that knows SMTPUTF8",
            Self::Folder { .. } => "check that the folder exists and that this user may write in it",
            Self::NotWritten { .. } => "check subject and addresses of the letter",
        }
    }
}
