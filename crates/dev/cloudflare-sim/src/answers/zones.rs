//! Zones.

use serde_json::{Value, json};

use super::{Context, envelope::Answer};
use crate::state::{Account, Zone};

impl Context<'_> {
    pub(super) fn zones(&self) -> Answer {
        let account = &self.state.account;
        let wanted = |zone: &&Zone| {
            self.params.accepts("account.id", &account.id)
                && self.params.accepts("name", &zone.name)
                && self.params.accepts("status", &zone.status)
        };
        let mut zones: Vec<_> = self.state.zones.iter().filter(wanted).collect();
        if self.params.get("order") == Some("name") {
            zones.sort_by(|a, b| a.name.cmp(&b.name));
        }
        if self.params.is_descending() {
            zones.reverse();
        }
        self.page(
            &zones
                .into_iter()
                .map(|zone| view(zone, account))
                .collect::<Vec<_>>(),
        )
    }
}

fn view(zone: &Zone, account: &Account) -> Value {
    json!({
        "id": zone.id,
        "name": zone.name,
        "status": zone.status,
        "type": "full",
        "paused": false,
        "development_mode": 0,
        "account": { "id": account.id, "name": account.name },
        "owner": { "id": account.id, "name": account.name, "type": "organization" },
        "plan": {
            "id": "889f5082d4e20d00b25ec257fbc9d1ea",
            "name": "Enterprise Website",
            "price": 0,
            "currency": "USD",
            "frequency": "",
            "is_subscribed": true,
            "can_subscribe": false,
            "legacy_id": "enterprise",
            "legacy_discount": false,
            "externally_managed": true,
        },
        "meta": {
            "step": 2,
            "custom_certificate_quota": 1,
            "page_rule_quota": 100,
            "phishing_detected": false,
        },
        "permissions": ["#zone:read"],
        "name_servers": ["ada.ns.cloudflare.com", "ben.ns.cloudflare.com"],
        "original_name_servers": null,
        "original_registrar": null,
        "original_dnshost": null,
        "created_on": zone.created_on,
        "modified_on": zone.created_on,
        "activated_on": zone.activated_on,
    })
}
