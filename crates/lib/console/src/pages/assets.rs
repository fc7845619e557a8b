//! Style, script and signs: ours alone.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::Inner;

pub(super) fn router() -> Router<Arc<Inner>> {
    let path = format!("{}{{name}}", ui::assets::PREFIX);
    Router::new().route(&path, get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = ui::assets::asset(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, asset.content_type),
        (ETAG, asset.etag),
        (CACHE_CONTROL, asset.cache_control),
    ];
    (headers, asset.bytes).into_response()
}
