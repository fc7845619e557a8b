//! The deprecated roles endpoint.

use std::sync::Arc;

use axum::http::StatusCode;

use super::{
    Context,
    envelope::{self, Answer},
    not_found,
};
use crate::{RolesEndpoint, SuperAdministrator, state::Role};

impl Context<'_> {
    pub(super) fn roles(&self) -> Answer {
        self.gone().unwrap_or_else(|| self.page(&self.listed_roles()))
    }

    pub(super) fn role(&self) -> Answer {
        let id = self.route.object();
        self.gone()
            .unwrap_or_else(|| match self.state.roles.iter().find(|role| role.id == id) {
                Some(role) => envelope::ok(role),
                None => not_found("Role"),
            })
    }

    fn listed_roles(&self) -> Vec<&Arc<Role>> {
        let all = self.options.super_administrator == SuperAdministrator::Listed;
        self.state
            .roles
            .iter()
            .filter(|role| all || !role.is_super_administrator())
            .collect()
    }

    fn gone(&self) -> Option<Answer> {
        let RolesEndpoint::Gone(status) = self.options.roles else {
            return None;
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::GONE);
        Some(envelope::error(status, 7000, "No route for that URI"))
    }
}
