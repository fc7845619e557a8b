//! A file that a form carries, taken piece by piece once the form is known to be ours.

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use futures_util::{StreamExt as _, TryStreamExt as _};
use multer::{Constraints, Multipart, SizeLimit};

use super::error::Failed;
use super::fields::same_origin;
use super::visitor::Signed;
use lobby::Pieces;

/// The most bytes of the token that forms carry; it comes first, so that nothing is taken from a form of somebody else.
const LARGEST_TOKEN: u64 = 1024;

/// Takes the file of that field from a form of ours.
pub(crate) async fn file_of(request: Request, signed: &Signed, name: &'static str) -> Result<Pieces, Failed> {
    same_origin(request.headers(), request.uri())?;
    let content = request.headers().get(CONTENT_TYPE);
    let content = content.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content).map_err(|_| Failed::Forged)?;
    let sizes = SizeLimit::new().for_field(ui::CSRF_FIELD, LARGEST_TOKEN);
    let allowed = Constraints::new()
        .allowed_fields(vec![ui::CSRF_FIELD, name])
        .size_limit(sizes);
    let body = request.into_body().into_data_stream();
    let mut form = Multipart::with_constraints(body, boundary, allowed);
    let token = match form.next_field().await {
        Ok(Some(field)) if field.name() == Some(ui::CSRF_FIELD) => field.text().await,
        _ => return Err(Failed::Forged),
    };
    let token = token.map_err(|_| Failed::Forged)?;
    if !authn::csrf_matches(&signed.token, &token) {
        return Err(Failed::Forged);
    }
    match form.next_field().await {
        Ok(Some(field)) if field.name() == Some(name) => Ok(field.map_err(std::io::Error::other).boxed()),
        _ => Err(Failed::Forged),
    }
}
