//! API tokens.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::decode::{filled_text, null_as_default};
use crate::ids::{PolicyId, TokenId};
use crate::open_enum::open_enum;
use crate::types::{Access, PermissionGroup};

open_enum! {
    /// Whether a token works.
    TokenStatus {
        /// The token works.
        Active = "active",
        /// Somebody switched the token off.
        Disabled = "disabled",
        /// The token's time is over.
        Expired = "expired",
    }
}

/// A token owned by an account. `GET /accounts/{account_id}/tokens`. Its secret is never part of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct AccountToken {
    /// The token's id.
    pub id: TokenId,
    /// The name its maker gave it.
    #[serde(default)]
    pub name: String,
    /// Whether it works.
    pub status: TokenStatus,
    /// When it was made.
    #[serde(default)]
    pub issued_on: Option<DateTime<Utc>>,
    /// When it was last changed or its secret renewed.
    #[serde(default)]
    pub modified_on: Option<DateTime<Utc>>,
    /// When it was last used. `None` when never.
    #[serde(default)]
    pub last_used_on: Option<DateTime<Utc>>,
    /// When it starts to work. `None` when at once.
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    /// When it stops working. `None` when never.
    #[serde(default)]
    pub expires_on: Option<DateTime<Utc>>,
    /// What it may do.
    #[serde(default, deserialize_with = "null_as_default")]
    pub policies: Vec<TokenPolicy>,
    /// From where it may be used.
    #[serde(default)]
    pub condition: Option<TokenCondition>,
    /// The address its maker had then. The person may have left since.
    #[serde(default, deserialize_with = "filled_text")]
    pub creator_email_at_creation: Option<String>,
    /// The kind of integration that made it, if one did.
    #[serde(default, deserialize_with = "filled_text")]
    pub provisioner_type: Option<String>,
    /// The integration that made it, if one did.
    #[serde(default, deserialize_with = "filled_text")]
    pub provisioner_id: Option<String>,
}

/// What Cloudflare keeps of a token by itself: a change does not send it.
const KEPT_BY_CLOUDFLARE: &[&str] = &[
    "id",
    "issued_on",
    "modified_on",
    "last_used_on",
    "creator_email_at_creation",
    "provisioner_type",
    "provisioner_id",
];

/// A token with all its fields, so that a change of one can send back the others, unknown ones too.
/// `GET /accounts/{account_id}/tokens/{token_id}`.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenDocument {
    /// The token as far as it is known.
    pub token: AccountToken,
    fields: Map<String, Value>,
}

impl TokenDocument {
    /// The token as a request that changes its status and nothing else.
    pub(crate) fn with_status(&self, status: &TokenStatus) -> Value {
        let kept = |name: &String| !KEPT_BY_CLOUDFLARE.contains(&name.as_str());
        let sent = self.fields.iter().filter(|(name, _)| kept(name));
        let mut fields: Map<String, Value> =
            sent.map(|(name, value)| (name.clone(), value.clone())).collect();
        fields.insert("status".to_owned(), status.as_str().into());
        fields.into()
    }
}

impl TokenDocument {
    /// The fields, other than its status and what Cloudflare keeps by itself, that `later` has not as they are here.
    pub fn lost_in(&self, later: &Self) -> Vec<String> {
        let ours = |name: &str| name != "status" && !KEPT_BY_CLOUDFLARE.contains(&name);
        let differs = |name: &String, value: &Value| later.fields.get(name) != Some(value);
        let lost = self
            .fields
            .iter()
            .filter(|(name, value)| ours(name) && differs(name, value));
        lost.map(|(name, _)| name.clone()).collect()
    }
}

impl<'de> Deserialize<'de> for TokenDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        // A secret has no place here, whatever an answer may hold.
        fields.remove("value");
        let token = AccountToken::deserialize(Value::Object(fields.clone())).map_err(D::Error::custom)?;
        Ok(Self { token, fields })
    }
}

/// A policy of a token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenPolicy {
    /// The policy's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PolicyId>,
    /// Whether it gives or takes away.
    pub effect: Access,
    /// What it is about, from the tokens' own catalogue.
    #[serde(default, deserialize_with = "null_as_default")]
    pub permission_groups: Vec<PermissionGroup>,
    /// Where it holds: key of a resource, and all of it or a part.
    #[serde(default, deserialize_with = "null_as_default")]
    pub resources: BTreeMap<String, TokenResource>,
}

/// How much of a resource a token's policy covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TokenResource {
    /// `"*"`: all of it.
    Direct(String),
    /// Only these within it, for instance all zones of an account.
    Within(BTreeMap<String, TokenResource>),
    /// A form that this version does not know.
    Other(Value),
}

/// From where a token may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCondition {
    /// The addresses it may be used from.
    #[serde(default, alias = "request.ip", deserialize_with = "null_as_default")]
    pub request_ip: IpCondition,
}

/// Networks in CIDR notation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IpCondition {
    /// Only from these; empty when from anywhere.
    #[serde(rename = "in", deserialize_with = "null_as_default")]
    pub allowed: Vec<String>,
    /// Never from these.
    #[serde(rename = "not_in", deserialize_with = "null_as_default")]
    pub denied: Vec<String>,
}

/// The token that asked. `GET /accounts/{account_id}/tokens/verify` and `GET /user/tokens/verify`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VerifiedToken {
    /// The token's id.
    pub id: TokenId,
    /// Whether it works.
    pub status: TokenStatus,
    /// When it starts to work.
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    /// When it stops working.
    #[serde(default)]
    pub expires_on: Option<DateTime<Utc>>,
}
