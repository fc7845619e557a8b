//! Who can do what, as the newest believed sync of a connector says: accounts, what they hold, who holds something.

mod account;
mod accounts;
mod entitlement;
mod entitlements;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use governance::access::{ListedResource, PageRequest, ResourceKind, Through};
use model::Lifecycle;
use ui::table::TableQuery;
use ui::{Chip, Html, Link, Tone};

use crate::Inner;

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/connectors/{id}/accounts", get(accounts::list))
        .route("/connectors/{id}/accounts.csv", get(accounts::csv))
        .route("/connectors/{id}/account", get(account::show))
        .route("/connectors/{id}/entitlements", get(entitlements::list))
        .route("/connectors/{id}/entitlement", get(entitlement::show))
}

/// The address of a page about something, whose ids can have any sign in them.
fn address(connector: &governance::ConnectorId, page: &str, parts: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parts)
        .finish();
    format!("/connectors/{connector}/{page}?{query}")
}

/// The page about a resource.
pub(super) fn account_address(connector: &governance::ConnectorId, resource: &model::ResourceId) -> String {
    let kind = resource.resource_type.to_string();
    let object = resource.object.to_string();
    address(connector, "account", &[("type", &kind), ("id", &object)])
}

/// The page about something that can be held.
pub(super) fn entitlement_address(
    connector: &governance::ConnectorId,
    entitlement: &model::EntitlementId,
) -> String {
    address(connector, "entitlement", &[("id", entitlement.as_ref())])
}

/// The rows that belong on the page that was asked for.
fn rows_of(state: &TableQuery) -> PageRequest {
    PageRequest::new(state.offset(), state.limit())
}

/// Whether an account is in use: the word of where it comes from, when there is one.
fn status(resource: &ListedResource) -> Chip {
    let (tone, word) = match resource.resource.lifecycle {
        Lifecycle::Enabled => (Tone::Good, "Active"),
        Lifecycle::Disabled => (Tone::Warn, "Disabled"),
        Lifecycle::Deleted => (Tone::Bad, "Deleted"),
        Lifecycle::Unspecified | Lifecycle::Other(_) => (Tone::Quiet, "Not said"),
    };
    let source = &resource.resource.status;
    if source.is_empty() {
        return Chip::new(tone, word);
    }
    Chip::new(tone, source.as_str()).hint(word)
}

/// Whether a second factor is set up.
fn second_factor(resource: &ListedResource) -> Html {
    match resource.resource.second_factor {
        Some(true) => Chip::new(Tone::Good, "On").into(),
        Some(false) => Chip::new(Tone::Bad, "Off").into(),
        None => Html::text("–"),
    }
}

/// What part something plays.
pub(super) fn kind(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::User => "Account",
        ResourceKind::Group => "Group",
        ResourceKind::Role => "Role",
        ResourceKind::App => "App",
        ResourceKind::Secret => "Token",
        ResourceKind::Other => "Resource",
    }
}

/// Why something is held: given directly, or through what.
fn why(connector: &governance::ConnectorId, direct: bool, through: &[Through]) -> Html {
    let mut html = if direct {
        Html::text("Given directly")
    } else {
        Html::default()
    };
    for one in through {
        let before = if html.is_empty() {
            "Through "
        } else {
            ", and through "
        };
        html = html.and(Html::text(before)).and(Link::new(
            one.on.name.as_str(),
            account_address(connector, &one.on.id),
        ));
    }
    html
}
