//! What went wrong, as RFC 9457 has it: with a stable code, what happened, and what to do.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use governance::repository::RepositoryError;
use governance::{Denied, OfficeError};
use lobby::LobbyError;
use schemars::JsonSchema;
use serde::Serialize;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    code: Code,
    detail: Box<str>,
    hint: Box<str>,
    field: Option<&'static str>,
    /// In seconds.
    retry_after: Option<i64>,
    /// What its caller may not, to be written down.
    pub(crate) denied: Option<Denied>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $status:ident, $title:literal;)*) => {
        /// What kind of trouble it is; stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum Code {$(
            $(#[$doc])*
            $name,
        )*}

        impl Code {
            pub(crate) fn status(self) -> StatusCode {
                match self {$(Self::$name => StatusCode::$status,)*}
            }

            fn title(self) -> &'static str {
                match self {$(Self::$name => $title,)*}
            }
        }
    };
}

codes! {
    /// There is no key, or none that is good.
    NotAuthenticated, UNAUTHORIZED, "A good API key is needed";
    /// The key's owner may not, or its scope does not reach so far.
    NotAllowed, FORBIDDEN, "Not allowed";
    /// There is no such thing, or not for the key's owner to see.
    NotFound, NOT_FOUND, "Not found";
    /// The address is answered, but not to that method.
    MethodNotAllowed, METHOD_NOT_ALLOWED, "Another method is needed";
    /// It cannot be done with how things are.
    Conflict, CONFLICT, "That cannot be done now";
    /// There is one of that name or address already.
    Taken, CONFLICT, "That is taken";
    /// Others kept changing the same thing.
    Contended, CONFLICT, "Somebody else was quicker";
    /// The body is too large.
    TooLarge, PAYLOAD_TOO_LARGE, "That is too much";
    /// The body is not JSON.
    NotJson, UNSUPPORTED_MEDIA_TYPE, "JSON is needed";
    /// The body or the query is not what it should be.
    Invalid, UNPROCESSABLE_ENTITY, "Something in the request cannot be";
    /// The account that is to be read does not accept the settings.
    SettingsRejected, UNPROCESSABLE_ENTITY, "The account does not accept these settings";
    /// There were too many calls.
    TooManyCalls, TOO_MANY_REQUESTS, "Too many calls";
    /// Something that should not happen.
    Broken, INTERNAL_SERVER_ERROR, "Something went wrong here";
    /// The account that is to be read could not be asked.
    AccountUnreachable, BAD_GATEWAY, "The account could not be asked";
}

/// What is sent of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Told {
    /// Which kind of trouble, as a URN; it ends with the code.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What happened.
    detail: String,
    /// Which kind of trouble; stable.
    code: Code,
    /// What to do.
    hint: String,
    /// Which part of the request, when it is one.
    field: Option<String>,
    /// By what whoever runs the service finds it in the log and in the audit trail.
    request: String,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<Box<str>>, hint: impl Into<Box<str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            hint: hint.into(),
            field: None,
            retry_after: None,
            denied: None,
        }
    }

    /// What others said, in a sentence.
    pub(crate) fn told(code: Code, message: &dyn std::fmt::Display, hint: String) -> Self {
        Self::new(code, sentence(message), hint)
    }

    /// Some part of the request cannot be.
    pub(crate) fn field(field: &'static str, why: impl std::fmt::Display) -> Self {
        Self {
            field: Some(field),
            ..Self::new(
                Code::Invalid,
                sentence(&why),
                "change it, and send the request again",
            )
        }
    }

    /// There is no key that is good; why is not said, so that nobody learns which keys there were.
    pub(crate) fn no_key() -> Self {
        Self::new(
            Code::NotAuthenticated,
            "The call came without an API key, or with one that is unknown, expired or revoked.",
            "send `Authorization: Bearer rck_…`; keys are made under Your account, API keys",
        )
    }

    pub(crate) fn too_many(window: TimeDelta) -> Self {
        Self {
            retry_after: Some(window.num_seconds()),
            ..Self::new(
                Code::TooManyCalls,
                "There were too many calls in a minute.",
                "wait as long as Retry-After says, and ask less often",
            )
        }
    }

    /// What is sent, for the request of that id.
    pub(crate) fn rendered(self, request: &str) -> Response {
        let code = self.code;
        let name = serde_json::to_value(code).ok();
        let name = name.as_ref().and_then(|name| name.as_str()).unwrap_or_default();
        let told = Told {
            kind: format!("urn:rollcall:problem:{name}"),
            title: code.title().to_owned(),
            status: code.status().as_u16(),
            detail: self.detail.into(),
            code,
            hint: self.hint.into(),
            field: self.field.map(str::to_owned),
            request: request.to_owned(),
        };
        let mut response = (code.status(), Json(told)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if code == Code::NotAuthenticated {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// It is rendered once it is known for which request: until then the answer carries it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// An address that leads nowhere.
pub(crate) async fn nowhere() -> Problem {
    Problem::new(
        Code::NotFound,
        "There is nothing at this address.",
        "look at /api/v1/openapi.json for those that there are",
    )
}

/// An address that is answered, but not to that method.
pub(crate) async fn other_method() -> Problem {
    Problem::new(
        Code::MethodNotAllowed,
        "This address does not answer that method.",
        "look at /api/v1/openapi.json for those that it answers",
    )
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        Self {
            denied: Some(denied),
            ..Self::new(
                Code::NotAllowed,
                sentence(&denied),
                "use the key of somebody who may, with a scope that reaches so far",
            )
        }
    }
}

impl From<OfficeError> for Problem {
    fn from(error: OfficeError) -> Self {
        const SEE: &str = "list what there is, and take an id from there";
        const CHANGE: &str = "change it, and send the request again";
        match error {
            OfficeError::Denied(denied) => denied.into(),
            OfficeError::Unknown(what) => {
                let detail = format!("There is no such {what}, or it is not for you to see.");
                Self::new(Code::NotFound, detail, SEE)
            }
            OfficeError::Id(error) => Self::new(Code::NotFound, sentence(&error), SEE),
            OfficeError::Store(RepositoryError::Taken { what }) => Self::new(
                Code::Taken,
                format!("There is already {what}."),
                "choose another one",
            ),
            OfficeError::Store(error) => broken(&error),
            OfficeError::Name(_)
            | OfficeError::Email(_)
            | OfficeError::Schedule(_)
            | OfficeError::SignOnFault(_)
            | OfficeError::Types(_)
            | OfficeError::NoOwner
            | OfficeError::NoMember => Self::new(Code::Invalid, sentence(&error), CHANGE),
            OfficeError::Contended => Self::new(
                Code::Contended,
                sentence(&error),
                "read it again, and try once more",
            ),
            OfficeError::Task(_)
            | OfficeError::SignOn(_)
            | OfficeError::LastSuperAdministrator
            | OfficeError::Conflict(_) => Self::new(
                Code::Conflict,
                sentence(&error),
                "look at how it is now, and decide anew",
            ),
        }
    }
}

impl From<LobbyError> for Problem {
    fn from(error: LobbyError) -> Self {
        match error {
            LobbyError::Office(error) => error.into(),
            LobbyError::Field { field, why } => Self::field(field, why),
            LobbyError::Broken(what) => broken(&what),
        }
    }
}

/// What happened is for the log of whoever runs this; the caller is told what they can do about it.
fn broken(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!("a call could not be answered: {error}");
    Problem::new(
        Code::Broken,
        "It was written to the log of the service.",
        "try again; if it stays, tell whoever runs this Rollcall the id of the request",
    )
}

/// With a capital at its beginning and a full stop at its end.
fn sentence(text: &dyn std::fmt::Display) -> String {
    let text = text.to_string();
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut sentence: String = first.chain(letters).collect();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}
