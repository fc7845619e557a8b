//! Zero Trust (Access): its organization, groups and identity providers.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::decode::{filled_text, null_as_default};
use crate::ids::{AccessGroupId, IdentityProviderId};

/// The Zero Trust organization of an account. `GET /accounts/{account_id}/access/organizations`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AccessOrganization {
    /// The organization's name.
    #[serde(default)]
    pub name: String,
    /// Where its people sign in: `<team>.cloudflareaccess.com`.
    #[serde(default, deserialize_with = "filled_text")]
    pub auth_domain: Option<String>,
    /// How long a session lasts, such as `24h`.
    #[serde(default, deserialize_with = "filled_text")]
    pub session_duration: Option<String>,
}

/// A named set of rules. `GET /accounts/{account_id}/access/groups`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AccessGroup {
    /// The group's id.
    pub id: AccessGroupId,
    /// The group's name.
    #[serde(default)]
    pub name: String,
    /// One of these must match.
    #[serde(default, deserialize_with = "null_as_default")]
    pub include: Vec<AccessRule>,
    /// None of these may match.
    #[serde(default, deserialize_with = "null_as_default")]
    pub exclude: Vec<AccessRule>,
    /// All of these must match.
    #[serde(default, deserialize_with = "null_as_default")]
    pub require: Vec<AccessRule>,
}

/// One rule: an object with one key, its kind (`email`, `email_domain`, `okta`, `group`, ...). Kinds that this
/// version does not know are kept: dropping a `require` or an `exclude` would overstate access.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct AccessRule(Map<String, Value>);

impl AccessRule {
    /// The rule's kind, and its settings.
    pub fn parts(&self) -> Option<(&str, &Value)> {
        self.0
            .iter()
            .next()
            .map(|(kind, settings)| (kind.as_str(), settings))
    }
}

/// A way to sign in. `GET /accounts/{account_id}/access/identity_providers`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct IdentityProvider {
    /// The provider's id.
    pub id: IdentityProviderId,
    /// The name people see at sign-in.
    #[serde(default)]
    pub name: String,
    /// `okta`, `azureAD`, `saml`, `onetimepin`, and so on.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// Settings that depend on the kind, without secrets.
    #[serde(default, deserialize_with = "without_secrets")]
    pub config: Map<String, Value>,
    /// Whether the provider pushes users and groups.
    #[serde(default)]
    pub scim_config: Option<ScimConfig>,
}

/// How an identity provider pushes users and groups. Its secret is left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ScimConfig {
    /// Whether it pushes at all.
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    /// Whether a removed user loses access here.
    #[serde(default, deserialize_with = "null_as_default")]
    pub user_deprovision: bool,
    /// Whether a removed user gives the seat back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub seat_deprovision: bool,
}

/// Drops `client_secret` and everything named like it.
fn without_secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
    let mut config = Option::<Map<String, Value>>::deserialize(deserializer)?.unwrap_or_default();
    config.retain(|key, _| {
        !["secret", "password", "token", "private"]
            .iter()
            .any(|word| key.contains(word))
    });
    Ok(config)
}
