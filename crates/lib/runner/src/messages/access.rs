//! Answers about access. What was so already succeeds, and an annotation says so.

use connector::Effect;
use model::Annotation;
use proto::annotation_to_any;
use proto::connector_v2::{
    DeleteResourceResponse, GrantManagerServiceGrantResponse, GrantManagerServiceRevokeResponse,
};

/// What answers a grant.
pub(crate) fn granted(effect: Effect) -> GrantManagerServiceGrantResponse {
    GrantManagerServiceGrantResponse {
        annotations: already(effect, &Annotation::GrantAlreadyExists),
        ..GrantManagerServiceGrantResponse::default()
    }
}

/// What answers a revocation.
pub(crate) fn revoked(effect: Effect) -> GrantManagerServiceRevokeResponse {
    GrantManagerServiceRevokeResponse {
        annotations: already(effect, &Annotation::GrantAlreadyRevoked),
    }
}

/// What answers the removal of a resource.
pub(crate) fn deleted(effect: Effect) -> DeleteResourceResponse {
    DeleteResourceResponse {
        annotations: already(effect, &Annotation::ResourceDoesNotExist),
    }
}

fn already(effect: Effect, annotation: &Annotation) -> Vec<prost_types::Any> {
    let nothing_done = effect == Effect::AlreadySo;
    nothing_done
        .then(|| annotation_to_any(annotation))
        .into_iter()
        .collect()
}
