//! Where everybody begins: what waits for them, and how things are.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use governance::{Action, Hosting, Label, Seen, SyncFact};
use ui::{
    Button, Card, Chip, Crumb, EmptyState, Facts, Html, Icon, Link, Live, Notice, PageHead, Stat, Stats, Tone,
};

use super::words;
use crate::Inner;
use crate::frame::{Area, page};
use crate::web::{Outcome, Signed};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/", get(home))
}

async fn home(State(inner): State<Arc<Inner>>, signed: Signed) -> Outcome {
    let seen = inner.office.all_seen(&signed.actor).await?;
    let apps = inner.office.apps(&signed.actor).await?;
    let first = signed
        .whose
        .operator
        .name
        .split_whitespace()
        .next()
        .unwrap_or("there");
    let mut body =
        Html::from(PageHead::new(format!("Hello, {first}")).text("What waits for you, and how things are."));
    if seen.is_empty() {
        body = body.and(empty(&signed));
        return Ok(page(
            &signed,
            Area::Home,
            "Home",
            vec![Crumb::here("Home")],
            &body,
        ));
    }
    let count = |label: Label| seen.iter().filter(|one| one.label == label).count();
    let stats = Stats {
        stats: vec![
            Stat::new("Connectors", seen.len()).href("/connectors"),
            Stat::new("Connected", count(Label::Connected)).href("/connectors?status=connected"),
            Stat::new("In error", count(Label::Error))
                .href("/connectors?status=error")
                .tone(if count(Label::Error) > 0 {
                    Tone::Bad
                } else {
                    Tone::Quiet
                }),
            Stat::new("Paused", count(Label::Paused)).href("/connectors?status=paused"),
            Stat::new("Apps", apps.len()).href("/apps"),
        ],
    };
    let live = Html::from(stats)
        .and(waiting(&signed, &seen))
        .and(Card::new("Connectors", connectors(&seen)));
    let body = body.and(Live::polled("home", "/", live).every(5));
    Ok(page(
        &signed,
        Area::Home,
        "Home",
        vec![Crumb::here("Home")],
        &body,
    ))
}

fn empty(signed: &Signed) -> EmptyState {
    let state = EmptyState::new(
        Icon::Connectors,
        "Begin with a connector",
        "It reads who has access to what in an account: members, roles, scoped policies, user groups, invitations and \
         tokens.",
    );
    if signed.actor.may(Action::AddConnector).is_ok() {
        return state.action(
            Button::link("Add connector", "/connectors/add")
                .primary()
                .icon(Icon::Plus),
        );
    }
    state
}

/// What this person can do something about.
fn waiting(signed: &Signed, seen: &[Seen]) -> Html {
    let own = &signed.whose.operator.id;
    let mut notices = Html::default();
    for one in seen {
        let path = format!("/connectors/{}", one.connector.id);
        let name = one.connector.name.as_str();
        let may_change = signed
            .actor
            .may(Action::ConfigureConnector(&one.installation))
            .is_ok();
        let is_asked = one
            .installation
            .waiting_for
            .as_ref()
            .is_some_and(|waiting| waiting.operator == *own);
        let lacks_file = one.installation.hosting == Hosting::ByHand && one.facts.sync == SyncFact::Never;
        let lacks_settings = one.installation.hosting == Hosting::Hosted && one.settings.is_none();
        if is_asked {
            notices = notices.and(
                Notice::new(Tone::Info, format!("{name} needs your help")).action("Set up connector", path),
            );
        } else if may_change && one.label == Label::Error {
            notices =
                notices.and(Notice::new(Tone::Bad, format!("{name} does not work")).action("See why", path));
        } else if may_change && one.installation.held.is_some() {
            notices = notices
                .and(Notice::new(Tone::Warn, format!("A sync of {name} is held")).action("Look at it", path));
        } else if may_change && lacks_file && one.installation.waiting_for.is_none() {
            notices = notices.and(
                Notice::new(Tone::Info, format!("{name} waits for its first file"))
                    .action("Upload a file", format!("{path}/file")),
            );
        } else if may_change && lacks_settings && one.installation.waiting_for.is_none() {
            notices = notices.and(
                Notice::new(Tone::Info, format!("{name} is not set up yet"))
                    .action("Enter its settings", path),
            );
        }
    }
    notices
}

fn connectors(seen: &[Seen]) -> Facts {
    seen.iter().fold(Facts::new(), |facts, one| {
        let chip: Chip = words::label(one.label);
        let link = Link::new(
            one.connector.name.as_str(),
            format!("/connectors/{}", one.connector.id),
        );
        let value = Html::from(chip)
            .and(Html::text("  "))
            .and(words::sync(&one.facts.sync));
        facts.about(link, value)
    })
}
