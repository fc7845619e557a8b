//! Writes leave entries in the audit log.

use serde_json::{Map, Value, json};

use super::Write;
use crate::{
    Endpoint,
    state::{AuditEntry, Event, Holder, Subject, Token},
};

/// Where every caller calls from.
const ADDRESS: &str = "198.51.100.7";

impl Write<'_> {
    /// Notes that this write was done to the object with this id.
    pub(super) fn log(&mut self, id: &str) {
        let (product, kind) = self.subject();
        let event = Event {
            id: &self.state.chance.id(),
            time: self.now,
            description: self.description(),
            actor: self.actor(),
            method: self.route.method,
            uri: &self.uri(),
            ray: self.ray.split('-').next().unwrap_or_default(),
            subject: Subject {
                id,
                product,
                kind,
                request: serde_json::from_slice(self.body).unwrap_or_else(|_| json!({})),
            },
        };
        let entry = AuditEntry::of(&self.state.account, event);
        self.state.audit_log.insert(0, entry);
    }

    /// Product and type. Those of members were published, the others are by analogy.
    fn subject(&self) -> (&'static str, &'static str) {
        match self.route.endpoint {
            Endpoint::Members | Endpoint::Member => ("members", "member"),
            Endpoint::AccountToken | Endpoint::AccountTokenValue => ("tokens", "token"),
            Endpoint::ResourceGroups | Endpoint::ResourceGroup => ("iam", "resource_group"),
            _ => ("iam", "user_group"),
        }
    }

    /// "Add Member" was published, the others are by analogy.
    fn description(&self) -> &'static str {
        match (self.route.endpoint, self.route.method) {
            (Endpoint::Members, _) => "Add Member",
            (Endpoint::Member, "PUT") => "Update Member",
            (Endpoint::Member, _) => "Remove Member",
            (Endpoint::UserGroups, _) => "Create User Group",
            (Endpoint::UserGroup, "PUT") => "Update User Group",
            (Endpoint::UserGroup, _) => "Delete User Group",
            (Endpoint::UserGroupMembers, "POST") => "Add User Group Members",
            (Endpoint::UserGroupMembers, _) => "Replace User Group Members",
            (Endpoint::UserGroupMember, _) => "Remove User Group Member",
            (Endpoint::AccountTokenValue, _) => "Roll Token",
            (Endpoint::AccountToken, "PUT") => "Update Token",
            (Endpoint::AccountToken, _) => "Delete Token",
            (Endpoint::ResourceGroups, _) => "Create Resource Group",
            (Endpoint::ResourceGroup, "PUT") => "Update Resource Group",
            _ => "Delete Resource Group",
        }
    }

    fn uri(&self) -> String {
        self.route.ids_in(self.route.endpoint.path())
    }

    fn actor(&self) -> Value {
        let (context, has_token) = match self.caller.holder {
            Holder::Key { .. } => ("api_key", false),
            Holder::User | Holder::Account => ("api_token", true),
        };
        let mut actor = Map::new();
        let mut tell = |field: &str, value: &str| actor.insert(field.to_owned(), value.into());
        tell("context", context);
        tell("ip_address", ADDRESS);
        if self.caller.holder == Holder::Account {
            tell("id", &self.state.account.id);
            tell("type", "account");
        } else {
            tell("id", &self.state.user.id);
            tell("email", &self.state.user.email);
            tell("type", "user");
        }
        if has_token {
            tell("token_id", &self.caller.id);
            tell("token_name", self.token_name(&self.caller.id));
        }
        actor.into()
    }

    fn token_name(&self, id: &str) -> &str {
        let mut tokens = self.state.tokens.iter().chain(&self.state.user_tokens);
        let found = tokens.find(|token| token.id == id);
        found.map_or("", |token: &Token| &token.name)
    }
}
