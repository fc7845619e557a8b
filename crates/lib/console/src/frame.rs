//! What is around every page of somebody who is signed in.

use authn::csrf_token;
use axum::response::Html as HtmlAnswer;
use axum::response::{IntoResponse as _, Response};
use governance::{Action, Role};
use secrecy::ExposeSecret as _;
use ui::table::TableQuery;
use ui::{Crumb, Html, Icon, NavItem, Person, Plain, Shell};

use crate::web::{Signed, Visitor};

/// The product's name on pages.
pub(crate) const PRODUCT: &str = "Rollcall";

/// The areas of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    Home,
    Apps,
    Connectors,
    Users,
    Audit,
    Mail,
    SignOn,
    Oneself,
}

/// A page for somebody who is signed in.
pub(crate) fn page(signed: &Signed, area: Area, title: &str, crumbs: Vec<Crumb>, body: &Html) -> Response {
    let csrf = csrf(signed);
    let operator = &signed.whose.operator;
    let shell = Shell {
        title,
        product: PRODUCT,
        nav: areas(signed, area),
        person: Some(Person {
            name: &operator.name,
            email: operator.email.as_str(),
            profile: Some("/account"),
            sign_out: "/sign-out",
            csrf: &csrf,
        }),
        banner: None,
        breadcrumbs: crumbs,
        body,
    };
    HtmlAnswer(shell.to_string()).into_response()
}

/// A page for somebody who is not.
pub(crate) fn plain(title: &str, body: &Html, foot: Option<&str>) -> Response {
    let page = Plain {
        title,
        product: PRODUCT,
        body,
        foot,
    };
    HtmlAnswer(page.to_string()).into_response()
}

/// What the forms of this session carry.
pub(crate) fn csrf(signed: &Signed) -> String {
    csrf_token(&signed.token).expose_secret().to_owned()
}

/// The same for a page that is not only for those who are signed in.
pub(crate) fn csrf_of(visitor: &Visitor) -> String {
    visitor.signed.as_ref().map(csrf).unwrap_or_default()
}

/// The areas that this person has anything in.
fn areas(signed: &Signed, here: Area) -> Vec<NavItem<'static>> {
    let item = |area: Area, label, href, icon, group| NavItem {
        label,
        href,
        current: area == here,
        icon,
        group,
    };
    let admin = Some("Admin");
    let mut areas = vec![
        item(Area::Home, "Home", "/", Icon::Home, None),
        item(Area::Apps, "Apps", "/apps", Icon::Apps, None),
        item(
            Area::Connectors,
            "Connectors",
            "/connectors",
            Icon::Connectors,
            admin,
        ),
    ];
    let actor = &signed.actor;
    if actor.may(Action::SeeOperators).is_ok() {
        areas.push(item(Area::Users, "Users", "/users", Icon::People, admin));
    }
    if actor.may(Action::SeeAudit).is_ok() {
        areas.push(item(Area::Audit, "Audit trail", "/audit", Icon::Audit, admin));
    }
    if actor.roles.has(Role::SuperAdministrator) {
        areas.push(item(Area::Mail, "Mail", "/mail", Icon::Mail, admin));
    }
    if actor.may(Action::ManageSignIn).is_ok() {
        let label = "Single sign-on";
        areas.push(item(Area::SignOn, label, "/single-sign-on", Icon::Key, admin));
    }
    areas
}

/// Those of a list that belong on the page of a table that was asked for.
pub(crate) fn on_page<T>(all: Vec<T>, state: &TableQuery) -> impl Iterator<Item = T> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    all.into_iter()
        .skip(number(state.offset()))
        .take(number(state.limit()))
}
