//! What happens to every request before and after its page: who it comes from, whether a form is ours, what browsers
//! are told, how mistakes look.

mod asked;
mod cookie;
mod error;
mod fields;
mod headers;
mod identify;
mod trouble;
mod upload;
mod visitor;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};

use crate::Inner;

pub(crate) use asked::{Asked, Named};
pub(crate) use cookie::{cookie_on_its_way, ended_cookie, on_its_way, session_cookie};
pub(crate) use error::{Failed, Outcome, sentence};
pub(crate) use fields::Fields;
pub(crate) use trouble::Trouble;
pub(crate) use upload::file_of;
pub(crate) use visitor::{Partly, Signed, Visitor};

/// The most bytes of a form.
const LARGEST_FORM: usize = 1 << 20;

/// Pages behind everything that guards them.
pub(crate) fn guarded(pages: Router<Arc<Inner>>, inner: Arc<Inner>) -> Router {
    let identify = middleware::from_fn_with_state(Arc::clone(&inner), identify::identify);
    pages
        .fallback(error::not_found)
        .layer(identify)
        .layer(middleware::from_fn(headers::protect))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .with_state(inner)
}
