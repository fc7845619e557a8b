//! What is on top of every page about a connector.

use governance::{Action, ConnectorId, Hosting, Seen};
use ui::{Button, Crumb, Html, Icon, Live, PageHead, PostButton, Tab, Tabs};

use crate::frame::csrf;
use crate::pages::words;
use crate::web::Signed;

/// The sides of a connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Side {
    Overview,
    Accounts,
    Entitlements,
    Runs,
    Log,
    Settings,
    Keys,
    File,
    Change,
}

/// The address of a connector's page.
pub(super) fn path(id: &ConnectorId) -> String {
    format!("/connectors/{id}")
}

/// The way to a connector's page, or to one below it.
pub(in crate::pages) fn crumbs(seen: &Seen, below: Option<&str>) -> Vec<Crumb> {
    let name = seen.connector.name.as_str();
    let mut crumbs = vec![Crumb::to("Connectors", "/connectors")];
    match below {
        None => crumbs.push(Crumb::here(name)),
        Some(below) => {
            crumbs.push(Crumb::to(name, path(&seen.connector.id)));
            crumbs.push(Crumb::here(below));
        }
    }
    crumbs
}

/// The heading with its state and buttons, and the tabs.
pub(in crate::pages) fn head(signed: &Signed, seen: &Seen, side: Side) -> Html {
    let here = path(&seen.connector.id);
    let belongs = seen.app.as_ref().map_or_else(
        || seen.installation.kind.title().to_owned(),
        |app| format!("{} for {}", seen.installation.kind.title(), app.name),
    );
    let state = Live::polled("state", here.clone(), words::label(seen.label));
    let is_by_hand = seen.installation.hosting == Hosting::ByHand;
    let text = if is_by_hand {
        format!("{belongs}. Somebody brings its files.")
    } else {
        format!("{belongs}, reads {}.", seen.connector.schedule)
    };
    let mut head = PageHead::new(seen.connector.name.as_str())
        .text(text)
        .state(state);
    let may_run = signed.actor.may(Action::RunConnector(&seen.installation)).is_ok();
    if may_run && is_by_hand {
        let upload = Button::link("Upload a file", format!("{here}/file"));
        head = head.action(upload.icon(Icon::Upload));
    } else if may_run {
        for button in buttons(signed, seen, &here) {
            head = head.action(button);
        }
    }
    Html::from(head).and(tabs(signed, seen, side, &here))
}

/// What the page is called on which people change how it is set up.
pub(super) fn change_title(seen: &Seen) -> &'static str {
    match seen.installation.hosting {
        Hosting::ByHand => "Owners",
        Hosting::Hosted | Hosting::SelfHosted => "Owners and schedule",
    }
}

fn buttons(signed: &Signed, seen: &Seen, here: &str) -> Vec<PostButton> {
    let csrf = csrf(signed);
    let button = |label: &str, icon, to: &str| {
        PostButton::new(
            Button::submit(label).icon(icon),
            format!("{here}/{to}"),
            csrf.clone(),
        )
    };
    if seen.connector.paused {
        return vec![button("Resume", Icon::Play, "resume")];
    }
    let is_set_up = seen.installation.hosting == Hosting::SelfHosted || seen.settings.is_some();
    let mut buttons = vec![button("Pause", Icon::Pause, "pause")];
    if is_set_up {
        buttons.push(button("Sync now", Icon::Refresh, "sync"));
    }
    buttons
}

fn tabs(signed: &Signed, seen: &Seen, side: Side, here: &str) -> Tabs {
    let tab = |label: &str, below: &str, is: Side| Tab::new(label, format!("{here}{below}"), side == is);
    let mut tabs = vec![
        tab("Overview", "", Side::Overview),
        tab("Accounts", "/accounts", Side::Accounts),
        tab("Entitlements", "/entitlements", Side::Entitlements),
        tab("Runs", "/runs", Side::Runs),
    ];
    if seen.installation.hosting != Hosting::ByHand {
        tabs.push(tab("Log", "/log", Side::Log));
    }
    let may_change = signed
        .actor
        .may(Action::ConfigureConnector(&seen.installation))
        .is_ok();
    if may_change {
        match seen.installation.hosting {
            Hosting::Hosted => tabs.push(tab("Settings", "/settings", Side::Settings)),
            Hosting::SelfHosted => tabs.push(tab("Credentials", "/keys", Side::Keys)),
            Hosting::ByHand => tabs.push(tab("File", "/file", Side::File)),
        }
        tabs.push(tab(change_title(seen), "/change", Side::Change));
    }
    Tabs {
        label: seen.connector.name.to_string(),
        tabs,
    }
}
