//! Secrets that are replaced.

use connector::{Ability, Mode, RotateRequest};
use model::ResourceId;
use proto::baton_service_v1::task::RotateCredentialsTask;
use proto::connector_v2::EncryptionConfig;
use proto::connector_v2::encryption_config::Config;
use sealing::Recipient;
use tonic::Code;

use super::access::for_good;
use super::{incomplete, malformed, may_change, tell};
use crate::service::Service;
use crate::service::ending::{Ending, Failure, with_hint};
use crate::{ability, messages};

pub(super) async fn rotate(service: &Service, wanted: &RotateCredentialsTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let id = wanted
        .resource_id
        .clone()
        .ok_or_else(|| malformed("rotate credentials"))?;
    let resource = ResourceId::try_from(id).map_err(incomplete)?;
    ability::check(
        &service.definition,
        &resource.resource_type,
        Ability::RotateCredential,
    )
    .map_err(for_good)?;
    let request = RotateRequest {
        recipients: recipients(&wanted.encryption_configs)?,
        resource,
        mode: Mode::Make,
    };
    let rotated = service
        .connected
        .provisioner
        .rotate(&request)
        .await
        .map_err(for_good)?;
    tell(&rotated.changed);
    let answer = messages::rotated(&request.resource, &rotated.secrets);
    Ok(Ending::answered(&answer, &answer.annotations))
}

/// A secret that nobody can open would be lost, so there must be somebody before anything is replaced.
fn recipients(configs: &[EncryptionConfig]) -> Result<Vec<Recipient>, Failure> {
    if configs.is_empty() {
        let text = "nobody is named to receive the new secret, and it would be lost";
        return Err(Failure::new(Code::InvalidArgument, text).for_good());
    }
    configs.iter().map(recipient).collect()
}

fn recipient(config: &EncryptionConfig) -> Result<Recipient, Failure> {
    let recipient = match &config.config {
        Some(Config::JwkPublicKeyConfig(key)) => Recipient::jwk(&key.pub_key),
        Some(Config::AgeRecipientConfig(age)) => Recipient::age(&age.recipient),
        None => {
            let text = format!(
                "an encryption config of `{}` holds no key that is known here",
                config.provider
            );
            return Err(Failure::new(Code::InvalidArgument, text).for_good());
        }
    };
    recipient.map_err(|error| {
        let text = format!(
            "an encryption config cannot be used: {}",
            with_hint(&error.to_string(), error.hint())
        );
        Failure::new(Code::InvalidArgument, text).for_good()
    })
}
