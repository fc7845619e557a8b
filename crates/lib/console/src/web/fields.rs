//! What a form says, once it is known to be one of ours.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Uri};
use secrecy::SecretString;

use super::error::Failed;
use super::visitor::Visitor;

/// The fields of a form, in their order.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// What a field says, without spaces at the ends; nothing when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default().trim()
    }

    /// What every field of that name says.
    pub(crate) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// A password: what was typed, spaces included.
    pub(crate) fn password(&self, name: &str) -> SecretString {
        self.all(name).next().unwrap_or_default().into()
    }

    /// A secret that was pasted: spaces and line feeds around it come from where it was copied.
    pub(crate) fn secret(&self, name: &str) -> SecretString {
        self.text(name).into()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        same_origin(request.headers(), request.uri())?;
        let content = request.headers().get(CONTENT_TYPE);
        let is_form =
            content.is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        if !is_form {
            return Err(Failed::Forged);
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Failed::TooLarge)?;
        let fields = Self(form_urlencoded::parse(&body).into_owned().collect());
        // Whoever has no session has nothing that somebody else's page could make use of.
        if let Some(signed) = visitor.and_then(|visitor| visitor.signed)
            && !authn::csrf_matches(&signed.token, fields.text(ui::CSRF_FIELD))
        {
            return Err(Failed::Forged);
        }
        Ok(fields)
    }
}

/// Browsers say from where a form was sent; one that does not, or says elsewhere, changes nothing here.
pub(super) fn same_origin(headers: &HeaderMap, uri: &Uri) -> Result<(), Failed> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if said("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Err(Failed::Forged);
    }
    let host = uri.authority().map(ToString::to_string);
    let host = host.or_else(|| said(HOST.as_str()).map(str::to_owned));
    let origin = said(ORIGIN.as_str()).and_then(|origin| origin.strip_prefix("https://"));
    let is_ours = origin.is_some() && origin == host.as_deref();
    is_ours.then_some(()).ok_or(Failed::Forged)
}
