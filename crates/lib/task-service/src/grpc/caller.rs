//! Who calls.

use governance::Caller;
use tonic::Status;
use tonic::metadata::MetadataMap;

use super::status::refused;
use crate::Inner;
use crate::token::hash_of;

impl Inner {
    /// The connector whose access token comes with a call.
    pub(super) async fn caller(&self, metadata: &MetadataMap) -> Result<Caller, Status> {
        let token = bearer(metadata).ok_or_else(|| {
            Status::unauthenticated("an access token is needed: `authorization: Bearer ...`")
        })?;
        self.desk.admit(&hash_of(token)).await.map_err(refused)
    }
}

fn bearer(metadata: &MetadataMap) -> Option<&str> {
    let (scheme, token) = metadata.get("authorization")?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
