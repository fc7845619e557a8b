//! How mistakes look: what happened, and what to do.

use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use governance::OfficeError;
use governance::repository::RepositoryError;
use lobby::LobbyError;
use model::NoRandomness;
use ui::{Button, EmptyState, Html, Icon};

use crate::frame::plain;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Failed {
    /// It is only for those who are signed in.
    NotSignedIn {
        /// Where they wanted to go.
        back: Option<String>,
    },
    /// There is nothing at this address.
    Nowhere,
    /// The form did not come from a page of ours.
    Forged,
    /// The form is too large.
    TooLarge,
    /// There were too many tries.
    TooMany,
    /// The office refuses, or fails.
    Office(OfficeError),
    /// Something that should not happen.
    Broken(&'static str),
}

/// What a handler answers.
pub(crate) type Outcome = Result<Response, Failed>;

impl From<OfficeError> for Failed {
    fn from(error: OfficeError) -> Self {
        Self::Office(error)
    }
}

impl From<NoRandomness> for Failed {
    fn from(_: NoRandomness) -> Self {
        Self::Broken("this machine gives no randomness")
    }
}

impl From<LobbyError> for Failed {
    fn from(error: LobbyError) -> Self {
        match error {
            LobbyError::Office(error) => Self::Office(error),
            LobbyError::Field { why, .. } => Self::Office(OfficeError::Conflict(why)),
            LobbyError::Broken(what) => Self::Broken(what),
        }
    }
}

/// An address that leads nowhere.
pub(super) async fn not_found() -> Response {
    nowhere("There is nothing at this address.")
}

fn nowhere(text: &str) -> Response {
    notice(StatusCode::NOT_FOUND, Icon::Search, "Not found", text)
}

fn notice(status: StatusCode, icon: Icon, title: &str, text: &str) -> Response {
    let state = EmptyState::new(icon, title, text).action(Button::link("Go to the start page", "/"));
    (status, plain(title, &Html::from(state), None)).into_response()
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        match self {
            Self::NotSignedIn { back } => to_sign_in(back.as_deref()),
            Self::Nowhere => nowhere("There is nothing at this address."),
            Self::Forged => notice(
                StatusCode::FORBIDDEN,
                Icon::Warning,
                "This form is not good any more",
                "It was not sent from a page of this console, or you have signed in anew since. Open the page again.",
            ),
            Self::TooLarge => notice(
                StatusCode::PAYLOAD_TOO_LARGE,
                Icon::Warning,
                "That is too much",
                "A form can carry 1 MiB.",
            ),
            Self::TooMany => {
                let answer = notice(
                    StatusCode::TOO_MANY_REQUESTS,
                    Icon::Warning,
                    "Too many tries",
                    "Wait five minutes, and try again.",
                );
                ([(RETRY_AFTER, "300")], answer).into_response()
            }
            Self::Office(error) => office(&error),
            Self::Broken(what) => broken(&what),
        }
    }
}

fn to_sign_in(back: Option<&str>) -> Response {
    let to = match back {
        Some(back) if back != "/" => {
            let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            format!("/sign-in?to={back}")
        }
        _ => "/sign-in".to_owned(),
    };
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

fn office(error: &OfficeError) -> Response {
    match error {
        OfficeError::Denied(denied) => {
            let text = format!("{}.", sentence(&denied.to_string()));
            let mut answer = notice(StatusCode::FORBIDDEN, Icon::Shield, "Not allowed", &text);
            answer.extensions_mut().insert(*denied);
            answer
        }
        OfficeError::Unknown(what) => {
            nowhere(&format!("There is no such {what}, or it is not for you to see."))
        }
        OfficeError::Id(_) => nowhere("There is nothing at this address."),
        OfficeError::Store(RepositoryError::Database { .. } | RepositoryError::Impossible { .. }) => {
            broken(error)
        }
        refused => {
            let text = format!("{}.", sentence(&refused.to_string()));
            notice(StatusCode::CONFLICT, Icon::Warning, "That cannot be done", &text)
        }
    }
}

/// What happened is for the log of whoever runs this; the person is told what they can do about it.
fn broken(error: &dyn std::fmt::Display) -> Response {
    tracing::error!("a page could not be made: {error}");
    notice(
        StatusCode::INTERNAL_SERVER_ERROR,
        Icon::Warning,
        "Something went wrong here",
        "It was written to the log of the service. Try again; if it stays, tell whoever runs this Rollcall.",
    )
}

/// With a capital at its beginning.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
