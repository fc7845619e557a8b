//! What each call answers, given that the caller may make it.

mod access;
mod accounts;
mod audit;
pub(crate) mod envelope;
pub(crate) mod groups;
mod iam;
mod member_view;
mod members;
mod page;
mod params;
mod policy_view;
mod roles;
mod tokens;
mod zones;

pub(crate) use params::Params;

use axum::http::StatusCode;
use envelope::Answer;

use crate::{
    Endpoint, Options,
    endpoint::Route,
    state::{Credential, State},
    store::Store,
};

/// All that an answer depends on.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) state: &'a State,
    pub(crate) store: &'a Store,
    pub(crate) options: &'a Options,
    pub(crate) params: Params,
    pub(crate) route: Route<'a>,
    pub(crate) caller: &'a Credential,
}

impl Context<'_> {
    /// The answer of the call.
    pub(crate) fn answer(&self) -> Answer {
        if self.options.empty_lists.contains(&self.route.endpoint) {
            return self.page::<()>(&[]);
        }
        match self.route.endpoint {
            Endpoint::Accounts => self.accounts(),
            Endpoint::Account => self.account(),
            Endpoint::Members => self.members(),
            Endpoint::Member => self.member(),
            Endpoint::Roles => self.roles(),
            Endpoint::Role => self.role(),
            Endpoint::PermissionGroups => self.permission_groups(),
            Endpoint::PermissionGroup => self.permission_group(),
            Endpoint::ResourceGroups => self.resource_groups(),
            Endpoint::ResourceGroup => self.resource_group(),
            Endpoint::UserGroups => self.user_groups(),
            Endpoint::UserGroup => self.user_group(),
            Endpoint::UserGroupMembers => self.user_group_members(),
            Endpoint::UserGroupMember => self.user_group_member(),
            Endpoint::AccountTokenVerify | Endpoint::UserTokenVerify => self.verify(),
            Endpoint::AccountTokenPermissionGroups => self.token_permission_groups(),
            Endpoint::AccountTokens => self.tokens(&self.state.tokens),
            Endpoint::AccountToken => Self::token(&self.state.tokens, self.route.object()),
            // Takes no GET, so that no route leads here.
            Endpoint::AccountTokenValue => not_found("Token"),
            Endpoint::UserTokens => self.tokens(&self.state.user_tokens),
            Endpoint::UserToken => Self::token(&self.state.user_tokens, self.route.first()),
            Endpoint::AuditLog => self.audit_log(),
            Endpoint::AccessOrganization => self.access_organization(),
            Endpoint::AccessGroups => self.page(&self.state.access.groups),
            Endpoint::AccessIdentityProviders => self.page(&self.state.access.identity_providers),
            Endpoint::User => self.user(),
            Endpoint::Memberships => self.memberships(),
            Endpoint::Zones => self.zones(),
        }
    }
}

/// What an unknown object answers: the text is invented, no source shows the real one.
fn not_found(what: &str) -> Answer {
    envelope::error(StatusCode::NOT_FOUND, 1003, format!("{what} not found"))
}
