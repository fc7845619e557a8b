//! Tokens that the account owns.

use chrono::{DateTime, SecondsFormat, Utc};
use cloudflare::types::{AccountToken, TokenPolicy, TokenResource, TokenStatus};
use model::{Annotation, Lifecycle, Profile, ProfileValue, Resource, ResourceId, SecretTrait, Status};

use super::place::Place;
use crate::names::Names;
use crate::types::API_TOKEN;

/// The token as a resource; `creator` is the account of the person who made it, when there is one.
pub(crate) fn resource(token: &AccountToken, creator: Option<ResourceId>, names: &Names) -> Resource {
    let name = Some(token.name.as_str()).filter(|name| !name.is_empty());
    let id = ResourceId::new(API_TOKEN, token.id.as_str());
    let mut resource = Resource::new(id, name.unwrap_or(token.id.as_str()))
        .with_annotation(Annotation::Secret(SecretTrait {
            expires_at: token.expires_on,
            last_used_at: token.last_used_on,
            created_by: creator,
            credential_detail: "cloudflare.account_api_token".to_owned(),
        }))
        .with_profile(profile(token, names));
    resource.created_at = token.issued_on;
    resource.status = Some(Status {
        lifecycle: match token.status {
            TokenStatus::Active => Lifecycle::Enabled,
            _ => Lifecycle::Disabled,
        },
        details: token.status.to_string(),
    });
    resource
}

/// Whether a policy names a single zone, whose name must be looked up.
pub(crate) fn needs_zone_names(token: &AccountToken) -> bool {
    fn is_zone((key, resource): (&String, &TokenResource)) -> bool {
        match resource {
            TokenResource::Within(parts) => parts.iter().any(is_zone),
            _ => Place::parse(key).is_zone(),
        }
    }
    token
        .policies
        .iter()
        .flat_map(|policy| &policy.resources)
        .any(is_zone)
}

fn profile(token: &AccountToken, names: &Names) -> Profile {
    let policies = token.policies.iter().map(|policy| describe(policy, names));
    let mut profile = Profile::from([
        ("status".to_owned(), token.status.as_str().into()),
        ("policies".to_owned(), ProfileValue::texts(policies)),
    ]);
    let mut add = |key: &str, value: Option<String>| {
        value.and_then(|value| profile.insert(key.to_owned(), value.into()));
    };
    add("created_by", token.creator_email_at_creation.clone());
    add("last_used_on", token.last_used_on.map(moment));
    add("expires_on", token.expires_on.map(moment));
    profile
}

fn moment(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Such as `allow DNS Write, Zone Read on all zones of the account`.
fn describe(policy: &TokenPolicy, names: &Names) -> String {
    let mut permissions: Vec<&str> = policy
        .permission_groups
        .iter()
        .map(|group| group.name.as_deref().unwrap_or(group.id.as_str()))
        .collect();
    permissions.sort_unstable();
    let places: Vec<String> = policy
        .resources
        .iter()
        .flat_map(|(key, resource)| places(key, resource, names))
        .collect();
    format!(
        "{} {} on {}",
        policy.effect,
        permissions.join(", "),
        places.join(", ")
    )
}

fn places(key: &str, resource: &TokenResource, names: &Names) -> Vec<String> {
    let outer = Place::parse(key);
    match resource {
        TokenResource::Within(parts) => parts
            .keys()
            .map(|part| format!("{} of {}", Place::parse(part).describe(names), of(outer, names)))
            .collect(),
        _ => vec![outer.describe(names)],
    }
}

fn of(outer: Place<'_>, names: &Names) -> String {
    match outer {
        Place::Account(id) if id == names.account.as_str() => "the account".to_owned(),
        other => other.describe(names),
    }
}

#[cfg(test)]
mod tests;
