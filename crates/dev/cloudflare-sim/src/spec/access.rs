//! The Zero Trust side: an organization with two identity providers and two groups.

use serde_json::{Value, json};

use crate::state::Access;

const OKTA: &str = "1d02aefb-ae6a-49d4-8ef8-202b28d1f6b3";
const STAFF: &str = "20db3240-0e31-4e17-8276-46bcfa0711de";

/// The Zero Trust side of an account of this name.
pub(crate) fn access(account_name: &str) -> Access {
    let team = account_name.to_lowercase().replace(' ', "-");
    Access {
        organization: organization(account_name, &team),
        groups: vec![staff(), contractors()],
        identity_providers: vec![okta(&team), one_time_pin()],
    }
}

fn organization(name: &str, team: &str) -> Value {
    json!({
        "name": name,
        "auth_domain": format!("{team}.cloudflareaccess.com"),
        "is_ui_read_only": false,
        "session_duration": "24h",
        "user_seat_expiration_inactive_time": "730h",
        "allow_authenticate_via_warp": false,
        "auto_redirect_to_identity": false,
        "warp_auth_session_duration": "24h",
        "mfa_required_for_all_apps": false,
    })
}

fn staff() -> Value {
    json!({
        "id": STAFF,
        "name": "Staff",
        "include": [
            { "email_domain": { "domain": "example.com" } },
            { "okta": { "identity_provider_id": OKTA, "name": "staff" } },
        ],
        "exclude": [{ "email": { "email": "gus@example.com" } }],
        "require": [{ "geo": { "country_code": "NL" } }],
        "is_default": [],
    })
}

fn contractors() -> Value {
    json!({
        "id": "9c41d6fb-c15f-4de5-87ce-97b4a32ab931",
        "name": "Contractors",
        "include": [
            { "email_list": { "id": "6f931483-69d9-429f-b9f6-52d7f3d4f4a0" } },
            { "group": { "id": STAFF } },
        ],
        "exclude": [],
        "require": [],
        "is_default": [],
    })
}

fn okta(team: &str) -> Value {
    json!({
        "id": OKTA,
        "name": "Okta",
        "type": "okta",
        "config": {
            "client_id": "0oa-fixture",
            "okta_account": "https://example.okta.com",
            "claims": ["groups"],
        },
        "scim_config": {
            "enabled": true,
            "user_deprovision": true,
            "seat_deprovision": false,
            "identity_update_behavior": "automatic",
            "scim_base_url": format!("https://{team}.cloudflareaccess.com/cdn-cgi/access/scim/v2"),
        },
    })
}

fn one_time_pin() -> Value {
    json!({
        "id": "e6c285ce-45e4-4713-8f5a-974defcc3278",
        "name": "One-time PIN",
        "type": "onetimepin",
        "config": {},
    })
}
