use cloudflare::types::VerifiedToken;
use serde_json::{Value, json};

use super::*;

const HERE: &str = "0123456789abcdef0123456789abcdef";

fn token(policies: &Value) -> AccountToken {
    let text = json!({ "id": "t", "name": "review", "status": "active", "policies": policies });
    serde_json::from_value(text).unwrap()
}

fn policy(effect: &str, name: &str, resources: &Value) -> Value {
    json!({ "effect": effect, "permission_groups": [{ "id": name, "name": name }], "resources": resources })
}

fn whole() -> Value {
    json!({ format!("{ACCOUNT}{HERE}"): "*" })
}

fn zones(key: &str) -> Value {
    json!({ format!("{ACCOUNT}{HERE}"): { key: "*" } })
}

fn holds(policies: &Value, permission: Permission) -> bool {
    has(&token(policies), &AccountId::new(HERE), permission)
}

fn lines(policies: &Value, purpose: Purpose) -> Vec<String> {
    let token = token(policies);
    let verified = VerifiedToken {
        id: token.id.clone(),
        status: token.status.clone(),
        not_before: None,
        expires_on: None,
    };
    let items = items(
        &token,
        &AccountId::new(HERE),
        &Caller::AccountToken(verified),
        purpose,
    );
    items
        .iter()
        .map(|item| format!("{}: {}", item.permission, item.state))
        .collect()
}

#[test]
fn a_permission_counts_where_it_is_needed() {
    let read = "Account Settings Read";
    for (resources, there) in [
        (whole(), true),
        (json!({ ALL_ACCOUNTS: "*" }), true),
        (
            json!({ format!("{ACCOUNT}ffffffffffffffffffffffffffffffff"): "*" }),
            false,
        ),
        (zones(ALL_ZONES), false),
        (json!({}), false),
    ] {
        let policies = json!([policy("allow", read, &resources)]);
        assert_eq!(
            holds(&policies, Permission::AccountSettingsRead),
            there,
            "{resources}"
        );
    }
}

#[test]
fn names_of_zones_take_all_zones() {
    for (resources, there) in [
        (zones(ALL_ZONES), true),
        (json!({ ALL_ZONES: "*" }), true),
        (whole(), true),
        (
            json!({ format!("{ZONE}fefefefefefefefefefefefefefefefe"): "*" }),
            false,
        ),
        (zones(&format!("{ZONE}fefefefefefefefefefefefefefefefe")), false),
    ] {
        let policies = json!([policy("allow", "Zone Read", &resources)]);
        assert_eq!(holds(&policies, Permission::ZoneRead), there, "{resources}");
    }
}

#[test]
fn what_is_denied_is_not_there() {
    let allowed = policy("allow", "Account Settings Write", &whole());
    let denied = policy("deny", "Account Settings Write", &whole());
    let elsewhere = json!({ format!("{ACCOUNT}ffffffffffffffffffffffffffffffff"): "*" });
    let denied_elsewhere = policy("deny", "Account Settings Write", &elsewhere);
    assert!(!holds(&json!([allowed, denied]), Permission::AccountSettingsEdit));
    assert!(holds(
        &json!([allowed, denied_elsewhere]),
        Permission::AccountSettingsEdit
    ));
    let one_zone = json!({ format!("{ZONE}fefefefefefefefefefefefefefefefe"): "*" });
    let zones = json!([
        policy("allow", "Zone Read", &zones(ALL_ZONES)),
        policy("deny", "Zone Read", &one_zone)
    ]);
    assert!(!holds(&zones, Permission::ZoneRead));
}

#[test]
fn edit_includes_read_and_is_too_much_where_read_is_enough() {
    let policies = json!([policy("allow", "Account Settings Write", &whole())]);
    assert!(holds(&policies, Permission::AccountSettingsRead));
    assert_eq!(
        lines(&policies, Purpose::Reviews),
        [
            "Account Settings: Read: present",
            "Account API Tokens: Read: missing",
            "Zone: Read: missing",
            "Account Settings: Edit: more than needed",
        ]
    );
    assert_eq!(
        lines(&policies, Purpose::ReviewsAndProvisioning),
        [
            "Account Settings: Read: present",
            "Account Settings: Edit: present",
            "Account API Tokens: Read: missing",
            "Account API Tokens: Edit: missing",
            "Zone: Read: missing",
        ]
    );
}

#[test]
fn scim_provisioning_stands_in_for_account_settings() {
    let policies = json!([policy("allow", "SCIM Provisioning", &whole())]);
    let lines = lines(&policies, Purpose::ReviewsAndProvisioning);
    assert_eq!(
        lines.iter().filter(|line| line.ends_with("present")).count(),
        2,
        "{lines:?}"
    );
    assert!(!lines.iter().any(|line| line.contains("SCIM")), "{lines:?}");
}

#[test]
fn excess_is_told_once_and_in_the_dashboards_words() {
    let policies = json!([
        policy("allow", "Billing Write", &whole()),
        policy("allow", "Billing Write", &json!({ ALL_ACCOUNTS: "*" })),
        policy("allow", "Logs Read", &whole()),
        policy("allow", "Cache Purge", &zones(ALL_ZONES)),
        policy("deny", "DNS Write", &zones(ALL_ZONES)),
    ]);
    let all = lines(&policies, Purpose::Reviews);
    let excess: Vec<&String> = all.iter().filter(|line| line.ends_with("needed")).collect();
    assert_eq!(
        excess,
        [
            "Billing: Edit: more than needed",
            "Logs: Read: more than needed",
            "Cache Purge: more than needed",
            "Other accounts: more than needed",
        ]
    );
}

#[test]
fn a_permission_without_a_name_cannot_be_judged() {
    let group = json!([{ "effect": "allow", "permission_groups": [{ "id": "x" }], "resources": whole() }]);
    assert!(!are_named(&token(&group)));
    assert!(are_named(&token(&json!([policy(
        "allow",
        "Zone Read",
        &whole()
    )]))));
}
