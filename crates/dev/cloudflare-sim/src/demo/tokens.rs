//! The tokens of the demo: well-kept ones, forgotten ones, and one whose creator has left.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{ACCOUNT, Row, address, days_ago, id, places::zone_id, rows};
use crate::{
    catalogue::token_permissions,
    state::{Effect, Token, TokenPermission, TokenPolicy, TokenStatus},
};

/// Name, status, creator, issued, rolled, last used, expiry, permissions, where.
const TOKENS: &str = include_str!("tokens.tsv");

/// All account-owned tokens, the calling one first.
pub(super) fn tokens(now: DateTime<Utc>) -> Vec<Token> {
    rows(TOKENS).map(|row| token(now, &row)).collect()
}

fn token(now: DateTime<Utc>, row: &Row<'_>) -> Token {
    let name = row.text(0);
    let ago = |column| row.number(column).map(|days| days_ago(now, days));
    Token {
        id: id(&format!("token {name}")),
        name: name.to_owned(),
        status: match row.text(1) {
            "disabled" => TokenStatus::Disabled,
            "expired" => TokenStatus::Expired,
            _ => TokenStatus::Active,
        },
        issued_on: ago(3).unwrap_or_default(),
        modified_on: ago(4).unwrap_or_default(),
        last_used_on: ago(5),
        not_before: None,
        expires_on: row.number(6).map(|days| days_ago(now, -days)),
        policies: row
            .text(7)
            .split("; ")
            .map(|words| policy(name, words, row.text(8)))
            .collect(),
        condition: (name == "ci deploy")
            .then(|| json!({ "request_ip": { "in": ["203.0.113.0/24"], "not_in": ["203.0.113.9/32"] } })),
        creator_email_at_creation: Some(address(row.text(2))),
        secret_generation: 1,
    }
}

fn policy(token: &str, words: &str, place: &str) -> TokenPolicy {
    let (permission, place) = words.split_once(" @ ").unwrap_or((words, place));
    let (effect, permission) = match permission.strip_prefix('!') {
        Some(permission) => (Effect::Deny, permission),
        None => (Effect::Allow, permission),
    };
    let found = token_permissions()
        .into_iter()
        .filter(|group| group.name == permission);
    TokenPolicy {
        id: id(&format!("policy of {token}: {words}")),
        effect,
        permission_groups: found
            .map(|group| TokenPermission {
                id: group.id,
                name: group.name,
            })
            .collect(),
        resources: resources(place),
        extra: Map::new(),
    }
}

fn resources(place: &str) -> Value {
    match place.strip_prefix("zone ") {
        Some(zone) => json!({ format!("com.cloudflare.api.account.zone.{}", zone_id(zone)): "*" }),
        None => json!({ format!("com.cloudflare.api.account.{ACCOUNT}"): "*" }),
    }
}
