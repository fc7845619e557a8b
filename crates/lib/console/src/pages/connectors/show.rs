//! A connector: how it is, why, and what to do next.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use governance::access::Snapshot;
use governance::{
    Action, Authentication, CheckOutcome, ConnectorId, Hosting, Mode, Operator, Readable, Seen, SyncFact,
};
use ui::{Button, Card, ConfirmForm, Facts, Field, Html, Icon, Live, Notice, PostButton, Time, Tone};

use super::head::{Side, crumbs, head, path};
use super::{runs, types};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::words;
use crate::web::{Named, Outcome, Signed, sentence};

/// How many of the newest syncs are shown.
const RUNS: u64 = 8;

pub(super) async fn show(
    State(inner): State<Arc<Inner>>,
    Named(id): Named<ConnectorId>,
    signed: Signed,
) -> Outcome {
    shown(&inner, &signed, &id, Html::default()).await
}

/// The page of a connector after something was refused, with why on top.
pub(super) async fn refused(inner: &Inner, signed: &Signed, id: &ConnectorId, why: &str) -> Outcome {
    let notice = Notice::new(Tone::Bad, "That cannot be done").text(format!("{}.", sentence(why)));
    let page = shown(inner, signed, id, notice.into()).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn shown(inner: &Inner, signed: &Signed, id: &ConnectorId, on_top: Html) -> Outcome {
    let seen = inner.office.seen(&signed.actor, id).await?;
    let owners = inner.office.named(&seen.installation.owners).await?;
    let runs = inner.office.runs(&signed.actor, id, RUNS).await?;
    let readable = inner.office.readable_types(&signed.actor, id).await?;
    let now = inner.office.now();
    let snapshot = inner.office.snapshot(&signed.actor, id).await?;
    let live = Html::default()
        .and(notices(signed, &seen, &owners))
        .and(Card::new("State", facts(&seen, snapshot.as_ref())))
        .and(
            Card::new("Syncs", runs::table(signed, &seen, &runs, now))
                .flush()
                .action(Button::link("All runs", format!("{}/runs", path(id)))),
        );
    let mut body = head(signed, &seen, Side::Overview)
        .and(on_top)
        .and(Live::polled("overview", path(id), live))
        .and(settings(signed, &seen))
        .and(belonging(signed, &seen, &owners, &readable));
    if signed.actor.may(Action::RemoveConnector).is_ok() {
        body = body.and(removal(signed, &seen));
    }
    let title = seen.connector.name.as_str();
    Ok(page(signed, Area::Connectors, title, crumbs(&seen, None), &body))
}

/// What stands in the way, the most pressing first, each with its next step.
fn notices(signed: &Signed, seen: &Seen, owners: &[Operator]) -> Html {
    let here = path(&seen.connector.id);
    let may_change = signed
        .actor
        .may(Action::ConfigureConnector(&seen.installation))
        .is_ok();
    let mut notices = beginning(signed, seen, owners);
    let outcome = seen
        .settings
        .as_ref()
        .and_then(|settings| settings.checked.as_ref());
    if let Some(CheckOutcome::Insufficient { missing }) = outcome.map(|checked| &checked.outcome) {
        let notice = Notice::new(Tone::Warn, "Permissions are missing")
            .text(format!("{}. What they are for is left out.", missing.join(", ")));
        notices = notices.and(if may_change {
            notice.action("How to fix it", format!("{here}/settings"))
        } else {
            notice
        });
    }
    if let SyncFact::Failed { why, .. } = &seen.facts.sync {
        let run = seen
            .sync
            .as_ref()
            .map(|task| runs::run_path(&task.connector, &task.id));
        notices = notices.and(
            Notice::new(Tone::Bad, "The last sync failed")
                .text(sentence(why))
                .action("Look at its log", run.unwrap_or_else(|| format!("{here}/log"))),
        );
    }
    if let SyncFact::Held { why } = &seen.facts.sync {
        notices = notices.and(
            Notice::new(Tone::Warn, "A sync is held")
                .text(sentence(why))
                .action("Look at the difference", format!("{here}/held")),
        );
    }
    notices
}

/// What it needs before its first sync, with a way to it for whoever may change it.
fn beginning(signed: &Signed, seen: &Seen, owners: &[Operator]) -> Html {
    if let Some(waiting) = &seen.installation.waiting_for {
        return waiting_notice(signed, seen, owners, &waiting.operator);
    }
    let (title, text, action) = match seen.installation.hosting {
        Hosting::Hosted if seen.settings.is_none() => (
            "It is not told yet how to reach the account",
            "Enter the credentials; then it reads at once.",
            "Enter the settings",
        ),
        Hosting::SelfHosted if seen.workers.is_empty() => (
            "Nobody has reported for it yet",
            "Start it in your environment with a client ID and secret.",
            "How to start it",
        ),
        Hosting::ByHand if seen.facts.sync == SyncFact::Never => (
            "It waits for its first file",
            "Somebody uploads a .c1z file that a connector wrote elsewhere.",
            "Upload a file",
        ),
        _ => return Html::default(),
    };
    let notice = Notice::new(Tone::Info, title).text(text);
    let may_change = signed.actor.may(Action::ConfigureConnector(&seen.installation));
    if may_change.is_ok() {
        return notice.action(action, setup_path(seen)).into();
    }
    notice.into()
}

fn waiting_notice(signed: &Signed, seen: &Seen, owners: &[Operator], whom: &governance::OperatorId) -> Html {
    let here = path(&seen.connector.id);
    if signed.whose.operator.id == *whom {
        return Notice::new(Tone::Info, "Your help is needed")
            .text("You were named as the owner of this connector. Tell it how to reach the account.")
            .action("Set up connector", setup_path(seen))
            .into();
    }
    let name = owners
        .iter()
        .find(|owner| owner.id == *whom)
        .map_or("an owner", |owner| owner.name.as_str());
    let notice = Notice::new(Tone::Info, format!("Waiting for {name}"))
        .text("They were sent a link to finish this connector.");
    let resend = PostButton::new(
        Button::submit("Send it again").icon(Icon::Mail),
        format!("{here}/ask-again"),
        csrf(signed),
    );
    Html::from(notice).and(resend)
}

fn setup_path(seen: &Seen) -> String {
    let below = match seen.installation.hosting {
        Hosting::Hosted => "settings",
        Hosting::SelfHosted => "keys",
        Hosting::ByHand => "file",
    };
    format!("{}/{below}", path(&seen.connector.id))
}

fn facts(seen: &Seen, snapshot: Option<&Snapshot>) -> Facts {
    if seen.installation.hosting == Hosting::ByHand {
        let none = || Html::text("None yet");
        let taken = snapshot.map_or_else(none, |snapshot| Time::ago(snapshot.of.taken_at).into());
        return Facts::new()
            .stacked()
            .piece("Last file", words::sync(&seen.facts.sync))
            .piece("The account as it was", taken);
    }
    let is_hosted = seen.installation.hosting == Hosting::Hosted;
    let next = match seen.connector.next_sync_at {
        _ if seen.connector.paused => Html::text("When it is resumed"),
        Some(at) => Time::ago(at).into(),
        None => Html::text("When somebody asks"),
    };
    Facts::new()
        .stacked()
        .piece("Credentials", words::credentials(&seen.facts.credentials))
        .piece("Worker", words::worker(&seen.facts.worker, is_hosted))
        .piece("Last sync", words::sync(&seen.facts.sync))
        .piece("Next sync", next)
}

fn settings(signed: &Signed, seen: &Seen) -> Html {
    let Some(settings) = &seen.settings else {
        return Html::default();
    };
    let way = match &settings.authentication {
        Authentication::ApiToken => format!("API token, ends in {}", settings.last_four),
        Authentication::ApiKey { email } => {
            format!("Email + API key of {email}, ends in {}", settings.last_four)
        }
    };
    let facts = Facts::new()
        .fact("Authentication", way)
        .piece(
            "Account ID",
            ui::CopyBox::new("Account ID", settings.account_id.as_str()),
        )
        .fact("Mode", mode(settings.mode))
        .piece("Saved", Time::ago(settings.saved_at));
    let mut card = Card::new("Settings", facts);
    if signed
        .actor
        .may(Action::ConfigureConnector(&seen.installation))
        .is_ok()
    {
        card = card
            .action(Button::link("Edit", format!("{}/settings", path(&seen.connector.id))).icon(Icon::Edit));
    }
    card.into()
}

/// What it is to do, in words.
pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Reviews => "Reviews only",
        Mode::ReviewsAndProvisioning => "Reviews and provisioning",
    }
}

fn belonging(signed: &Signed, seen: &Seen, owners: &[Operator], readable: &[Readable]) -> Html {
    let app = seen.app.as_ref().map_or_else(
        || Html::text("None"),
        |app| ui::Link::new(app.name.as_str(), format!("/apps/{}", app.id)).into(),
    );
    let guard = seen.installation.guard.map_or_else(
        || "Off: every sync is believed".to_owned(),
        |share| format!("A sync that loses {share} % or more is held for a person"),
    );
    let facts = Facts::new()
        .piece("App", app)
        .fact("Owners", words::names(owners))
        .fact("Reads", reads(seen, readable))
        .fact("When", when(seen))
        .fact("Guard", guard);
    let mut card = Card::new("Belongs to", facts);
    if owners.iter().filter(|owner| owner.is_active()).count() == 0 {
        card = card.text("Nobody who can sign in owns it.");
    }
    if signed
        .actor
        .may(Action::ConfigureConnector(&seen.installation))
        .is_ok()
    {
        card = card
            .action(Button::link("Edit", format!("{}/change", path(&seen.connector.id))).icon(Icon::Edit));
    }
    card.into()
}

fn reads(seen: &Seen, readable: &[Readable]) -> String {
    match seen.installation.hosting {
        Hosting::ByHand => "The files that somebody brings".to_owned(),
        Hosting::Hosted | Hosting::SelfHosted => types::words(readable, &seen.installation.types),
    }
}

fn when(seen: &Seen) -> String {
    match seen.installation.hosting {
        Hosting::ByHand => "When somebody brings one".to_owned(),
        Hosting::Hosted | Hosting::SelfHosted => sentence(&seen.connector.schedule.to_string()),
    }
}

fn removal(signed: &Signed, seen: &Seen) -> Card {
    let name = seen.connector.name.as_str();
    let form = ConfirmForm::new(
        "remove",
        "Remove connector",
        Button::submit("Remove").danger(),
        format!("{}/remove", path(&seen.connector.id)),
        csrf(signed),
    )
    .question(format!("Remove {name}?"))
    .text("Its settings, credentials, syncs and log are deleted. The app and the audit trail stay.")
    .field(Field::text("name", format!("Type {name} to confirm")).required());
    Card::new("Remove", form).danger()
}
