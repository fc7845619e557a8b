//! Resources.

use chrono::{DateTime, Utc};
use governance::access::{AccessResource, Fingerprint, ResourceKind};
use model::{Lifecycle, ResourceId, ResourceTypeId, Status};
use prost_types::{Struct, Timestamp};
use proto::connector_v2 as wire;
use proto::json;

use super::traits::Traits;
use super::{first, identity};
use crate::{ProjectionError, fingerprint};

/// The resource as a row; `kind_of` tells what part the resources of a type play that do not say so themselves.
pub(crate) fn map(
    resource: &wire::Resource,
    kind_of: impl FnOnce(&ResourceTypeId) -> Option<ResourceKind>,
) -> Result<AccessResource, ProjectionError> {
    let id = identity("resource", resource.id.clone())?;
    let traits = Traits::of(resource);
    let kind = traits.kind.or_else(|| kind_of(&id.resource_type));
    let status = status(resource, &traits);
    let profile = resource.profile.clone().or_else(|| traits.profile.clone());
    let mut row = AccessResource {
        parent: parent(resource),
        kind: kind.unwrap_or(ResourceKind::Other),
        name: first([resource.display_name.as_str(), id.object.as_str()]).to_owned(),
        description: resource.description.clone(),
        email: email(&traits, profile.as_ref()),
        lifecycle: status.lifecycle,
        status: status.details,
        second_factor: second_factor(&traits),
        last_used_at: last_used_at(&traits),
        created_at: created_at(resource, &traits),
        expires_at: traits
            .secret
            .as_ref()
            .and_then(|secret| moment(secret.expires_at)),
        profile: String::new(),
        fingerprint: Fingerprint(0),
        id,
    };
    let profile = json::attributes(profile.unwrap_or_default());
    row.fingerprint = fingerprint::of(&row, &profile);
    row.profile = profile.to_string();
    Ok(row)
}

fn parent(resource: &wire::Resource) -> Option<ResourceId> {
    let parent = resource.parent_resource_id.clone();
    identity("parent", parent).ok()
}

/// The resource's own, else that of the account, where older writers have it.
fn status(resource: &wire::Resource, traits: &Traits) -> Status {
    let own = resource.status.clone().map(Status::from);
    let of_account = || traits.user.as_ref()?.status.clone().map(Status::from);
    own.or_else(of_account).unwrap_or(Status {
        lifecycle: Lifecycle::Unspecified,
        details: String::new(),
    })
}

/// The primary address, else the first, else what the profile says.
fn email(traits: &Traits, profile: Option<&Struct>) -> String {
    let user = traits.user.as_ref();
    let emails = || user.into_iter().flat_map(|user| &user.emails);
    let primary = emails().filter(|email| email.is_primary);
    let addresses = primary.chain(emails()).map(|email| email.address.as_str());
    let in_profile = profile.and_then(|profile| text(profile, "email"));
    first(addresses.chain(in_profile)).to_owned()
}

fn text<'a>(profile: &'a Struct, key: &str) -> Option<&'a str> {
    match profile.fields.get(key)?.kind.as_ref()? {
        prost_types::value::Kind::StringValue(text) => Some(text),
        _ => None,
    }
}

fn second_factor(traits: &Traits) -> Option<bool> {
    let status = traits.user.as_ref()?.mfa_status.as_ref()?;
    Some(status.mfa_enabled)
}

fn last_used_at(traits: &Traits) -> Option<DateTime<Utc>> {
    let login = traits.user.as_ref().and_then(|user| moment(user.last_login));
    let used = || moment(traits.secret.as_ref()?.last_used_at);
    login.or_else(used)
}

/// The resource's own, else that of the account or credential, where older writers have it.
fn created_at(resource: &wire::Resource, traits: &Traits) -> Option<DateTime<Utc>> {
    let of_account = || moment(traits.user.as_ref()?.created_at);
    let of_secret = || moment(traits.secret.as_ref()?.created_at);
    moment(resource.created_at).or_else(of_account).or_else(of_secret)
}

/// What is no moment at all is not known.
fn moment(time: Option<Timestamp>) -> Option<DateTime<Utc>> {
    let time = time?;
    DateTime::from_timestamp(time.seconds, u32::try_from(time.nanos).ok()?)
}

#[cfg(test)]
mod tests;
