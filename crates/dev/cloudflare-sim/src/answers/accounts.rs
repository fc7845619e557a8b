//! Accounts, the caller and the caller's memberships.

use serde_json::{Value, json};

use super::{
    Context,
    envelope::{self, Answer},
    member_view::derived_roles,
};
use crate::state::{Account, Member, SUPER_ADMINISTRATOR};

impl Context<'_> {
    pub(super) fn accounts(&self) -> Answer {
        let wanted = |account: &&Account| self.params.accepts("name", &account.name);
        let mut accounts: Vec<_> = self.all_accounts().filter(wanted).collect();
        if self.params.is_descending() {
            accounts.reverse();
        }
        self.page(&accounts)
    }

    pub(super) fn account(&self) -> Answer {
        envelope::ok(&self.state.account)
    }

    pub(super) fn user(&self) -> Answer {
        let user = &self.state.user;
        envelope::ok(json!({
            "id": user.id,
            "email": user.email,
            "username": user.email.split('@').next(),
            "first_name": user.first_name,
            "last_name": user.last_name,
            "telephone": null,
            "country": null,
            "zipcode": null,
            "two_factor_authentication_enabled": user.two_factor,
            "two_factor_authentication_locked": self.state.account.settings.enforce_twofactor,
            "suspended": false,
            "has_pro_zones": false,
            "has_business_zones": false,
            "has_enterprise_zones": true,
            "betas": [],
            "organizations": [],
            "created_on": "2020-01-01T00:00:00Z",
            "modified_on": "2026-04-04T00:00:00Z",
        }))
    }

    pub(super) fn memberships(&self) -> Answer {
        let status = self.params.get("status").unwrap_or("accepted");
        let memberships: Vec<_> = if status == "accepted" {
            self.own_memberships()
        } else {
            Vec::new()
        };
        self.page(&memberships)
    }

    /// The caller's membership in the account, then bare ones in the other accounts.
    fn own_memberships(&self) -> Vec<Value> {
        let user = &self.state.user;
        let own = self
            .state
            .members
            .iter()
            .find(|member| member.person.user_id == user.id);
        let own = own.map(|member| membership(&self.state.account, Some(member)));
        own.into_iter()
            .chain(self.state.other_accounts.iter().map(|a| membership(a, None)))
            .collect()
    }

    fn all_accounts(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.state.account).chain(&self.state.other_accounts)
    }
}

fn membership(account: &Account, member: Option<&Member>) -> Value {
    let roles = member
        .map(|member| derived_roles(&member.policies))
        .unwrap_or_default();
    let names: Vec<_> = roles.iter().map(|role| role.name).collect();
    let strongest = roles
        .iter()
        .find(|role| role.id == SUPER_ADMINISTRATOR)
        .or(roles.first());
    json!({
        "id": member.map_or(&account.id, |member| &member.id),
        "status": "accepted",
        "account": account,
        "api_access_enabled": null,
        "permissions": strongest.map_or_else(|| json!({}), |role| json!(role.permissions)),
        "roles": names,
    })
}
