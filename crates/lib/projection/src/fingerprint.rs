//! What tells whether a resource has changed: all of it, but not when it was last used.

use chrono::{DateTime, Utc};
use governance::access::{AccessResource, Fingerprint};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Attributes that only say when something was last used. Were they counted, each use would be a change.
const USES: [&str; 7] = [
    "last_active",
    "last_active_at",
    "last_login",
    "last_login_at",
    "last_seen_at",
    "last_used_at",
    "last_used_on",
];

/// Of a row and its profile.
pub(crate) fn of(row: &AccessResource, profile: &Value) -> Fingerprint {
    let mut hash = Sha256::new();
    let parent = row.parent.as_ref().map(ToString::to_string).unwrap_or_default();
    let kind = format!("{:?}", row.kind);
    let state = format!("{:?} {:?}", row.lifecycle, row.second_factor);
    let times = format!("{} {}", micros(row.created_at), micros(row.expires_at));
    let own = [&row.name, &row.description, &row.email, &row.status];
    let derived = [&parent, &kind, &state, &times];
    for part in own.into_iter().chain(derived) {
        add(&mut hash, part);
    }
    for (key, value) in attributes(profile) {
        add(&mut hash, key);
        add(&mut hash, &value.to_string());
    }
    Fingerprint(start(&hash.finalize()))
}

/// A part and its length, so that no two lists of parts are one text.
fn add(hash: &mut Sha256, part: &str) {
    hash.update((part.len() as u64).to_be_bytes());
    hash.update(part);
}

fn micros(time: Option<DateTime<Utc>>) -> i64 {
    time.map_or(i64::MIN, |time| time.timestamp_micros())
}

fn attributes(profile: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let all = profile.as_object().into_iter().flatten();
    all.filter(|(key, _)| !USES.contains(&key.as_str()))
}

fn start(hash: &[u8]) -> i64 {
    hash.iter()
        .take(8)
        .fold(0, |sum, byte| sum << 8 | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use model::{Lifecycle, ResourceId};
    use serde_json::json;

    use super::*;

    fn token(name: &str) -> AccessResource {
        AccessResource {
            id: ResourceId::new("api_token", "t1"),
            parent: None,
            kind: governance::access::ResourceKind::Secret,
            name: name.to_owned(),
            description: String::new(),
            email: String::new(),
            lifecycle: Lifecycle::Enabled,
            status: "active".to_owned(),
            second_factor: None,
            last_used_at: None,
            created_at: None,
            expires_at: None,
            profile: String::new(),
            fingerprint: Fingerprint(0),
        }
    }

    #[test]
    fn a_use_is_no_change() {
        let used = AccessResource {
            last_used_at: DateTime::from_timestamp(1_795_444_777, 0),
            ..token("Deploy")
        };
        assert_eq!(
            of(
                &token("Deploy"),
                &json!({ "status": "active", "last_used_on": "2026-11-01" })
            ),
            of(
                &used,
                &json!({ "status": "active", "last_used_on": "2026-11-24" })
            )
        );
    }

    #[test]
    fn everything_else_is() {
        let profile = json!({ "status": "active" });
        let before = of(&token("Deploy"), &profile);
        assert_ne!(before, of(&token("Release"), &profile));
        assert_ne!(before, of(&token("Deploy"), &json!({ "status": "disabled" })));
        let expiring = AccessResource {
            expires_at: DateTime::from_timestamp(0, 0),
            ..token("Deploy")
        };
        assert_ne!(before, of(&expiring, &profile));
    }
}
