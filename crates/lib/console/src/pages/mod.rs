//! The pages, by area. Each file has the address, the question to the office, and how the answer looks.

mod access;
mod account;
mod apps;
mod assets;
mod audit;
mod connectors;
mod first_start;
mod home;
mod keys;
mod linking;
mod mail;
mod owners;
mod passkeys;
mod passwords;
mod preview;
mod provisioning;
mod second_factor;
mod sign_in;
mod sign_on;
mod single_sign_on;
mod users;
mod users_import;
mod welcome;
mod words;

use std::sync::Arc;

use axum::Router;

use crate::Inner;

/// Every address.
pub(crate) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .merge(assets::router())
        .merge(first_start::router())
        .merge(welcome::router())
        .merge(sign_in::router())
        .merge(sign_on::router())
        .merge(passkeys::router())
        .merge(second_factor::router())
        .merge(account::router())
        .merge(keys::router())
        .merge(linking::router())
        .merge(home::router())
        .merge(connectors::router())
        .merge(access::router())
        .merge(apps::router())
        .merge(users::router())
        .merge(provisioning::router())
        .merge(users_import::router())
        .merge(audit::router())
        .merge(mail::router())
        .merge(single_sign_on::router())
}

/// Sends the browser to a page, after a form.
pub(crate) fn go(to: impl AsRef<str>) -> axum::response::Response {
    use axum::http::StatusCode;
    use axum::http::header::LOCATION;
    use axum::response::IntoResponse as _;

    (StatusCode::SEE_OTHER, [(LOCATION, to.as_ref().to_owned())]).into_response()
}
