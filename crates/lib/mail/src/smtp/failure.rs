//! What went wrong, by how far it went and by what the server said.

use std::error::Error as StdError;
use std::io;

use lettre::transport::smtp::Error;

use crate::SendError;

/// How much of what a server says is repeated.
const LONGEST_ANSWER: usize = 300;

/// How far it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Until the server has said what it can do, encrypted if need be.
    Connection,
    /// Saying who we are.
    SignIn,
    /// Handing the letter over.
    Letter,
}

pub(super) fn failure(server: String, stage: Stage, error: Error) -> SendError {
    let answer = answer(&error);
    if error.is_transient() {
        return SendError::Later { server, answer };
    }
    if error.is_permanent() {
        return match stage {
            Stage::SignIn => SendError::SignIn { server, answer },
            // It was not about the letter, which has not been seen yet.
            Stage::Connection => SendError::Later { server, answer },
            Stage::Letter => SendError::Refused { server, answer },
        };
    }
    match stage {
        Stage::SignIn if error.is_client() => SendError::SignIn { server, answer },
        Stage::Letter if error.is_client() => SendError::Unsupported { server },
        _ if is_about_trust(&error) => SendError::Untrusted {
            server,
            reason: answer,
        },
        _ => SendError::Unreachable {
            server,
            source: error.into(),
        },
    }
}

/// The code and what the server says to it, or what the library says.
fn answer(error: &Error) -> String {
    let code = error.status().map(|code| code.to_string());
    let text = innermost(error).to_string();
    let words = code.into_iter().chain(std::iter::once(text));
    let answer = words.collect::<Vec<_>>().join(" ");
    crate::address::one_line(&answer)
        .chars()
        .take(LONGEST_ANSWER)
        .collect()
}

/// What began it; around that are words of the library.
fn innermost(error: &Error) -> &dyn StdError {
    causes(error).last().unwrap_or(error)
}

/// The TLS library reports what it cannot accept as invalid data.
fn is_about_trust(error: &Error) -> bool {
    let is_invalid = |cause: &io::Error| cause.kind() == io::ErrorKind::InvalidData;
    error.is_tls() || causes(error).any(|cause| cause.downcast_ref().is_some_and(is_invalid))
}

/// What lies behind an error, from the outside in.
fn causes(error: &Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source())
}
