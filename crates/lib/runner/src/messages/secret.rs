//! The answer about a replaced secret.

use model::ResourceId;
use proto::connector_v2::{EncryptedData, RotateCredentialResponse};
use sealing::{JWK_PROVIDER, Sealed};

/// What answers the rotation of a credential.
pub(crate) fn rotated(resource: &ResourceId, secrets: &[Sealed]) -> RotateCredentialResponse {
    RotateCredentialResponse {
        encrypted_data: secrets.iter().map(encrypted).collect(),
        resource_id: Some(resource.into()),
        ..RotateCredentialResponse::default()
    }
}

/// The older provider repeats its key in a field that is deprecated.
fn encrypted(sealed: &Sealed) -> EncryptedData {
    let older = sealed.key_ids.first().filter(|_| sealed.provider == JWK_PROVIDER);
    EncryptedData {
        provider: sealed.provider.to_owned(),
        key_id: older.cloned().unwrap_or_default(),
        name: sealed.label.name.clone(),
        description: sealed.label.description.clone(),
        encrypted_bytes: sealed.bytes.clone(),
        key_ids: sealed.key_ids.clone(),
        ..EncryptedData::default()
    }
}
