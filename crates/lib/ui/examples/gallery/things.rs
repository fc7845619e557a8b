//! A connector, its log, and how to run one elsewhere.

use chrono::{DateTime, Duration, Utc};
use ui::{
    Beside, BesideItem, Button, Card, Chip, ConfirmForm, CopyBox, Crumb, Facts, Field, Html, Icon, Live,
    LogEntry, LogLevel, LogView, Menu, MenuItem, Notice, PageHead, PostButton, Stat, Stats, Steps, Tab, Tabs,
    Time, Tone,
};

use crate::{demo_banner, page};

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_323_762, 120_000_000).unwrap_or_default()
}

fn tabs(current: &str) -> Tabs {
    let tab = |label: &str, href: &str| Tab::new(label, href, label == current);
    Tabs {
        label: "Cloudflare v2".into(),
        tabs: vec![
            tab("Overview", "connector.html"),
            tab("Accounts", "connectors.html").count(38),
            tab("Syncs", "log.html").count(212),
            tab("Settings", "settings.html"),
        ],
    }
}

fn head(state: Chip) -> PageHead {
    let menu = Menu {
        id: "more".into(),
        label: "More about Cloudflare v2".into(),
        items: vec![
            MenuItem::link("Change owners", "#").icon(Icon::People),
            MenuItem::link("Download file", "#").icon(Icon::Download),
            MenuItem::post("Rotate credentials", "#", "token").icon(Icon::Key),
            MenuItem::link("Remove connector", "#").icon(Icon::Trash).danger(),
        ],
    };
    PageHead::new("Cloudflare v2")
        .text("Reads Cloudflare prod every hour and provisions what was approved.")
        .state(Live::polled("state", "", state))
        .action(menu)
        .action(PostButton::new(
            Button::submit("Pause").icon(Icon::Pause),
            "#",
            "token",
        ))
        .action(PostButton::new(
            Button::submit("Sync now").icon(Icon::Refresh).primary(),
            "#",
            "token",
        ))
}

fn crumbs() -> Vec<Crumb> {
    vec![
        Crumb::to("Connectors", "connectors.html"),
        Crumb::here("Cloudflare v2"),
    ]
}

pub(crate) fn connector() -> String {
    let facts = Facts::new()
        .stacked()
        .piece(
            "Credentials",
            Html::from(Chip::new(Tone::Good, "Valid")).and(Html::text(" token “gov”, 61 days left")),
        )
        .fact("Worker", "Built in")
        .piece(
            "Last sync",
            Html::from(Time::ago(moment())).and(Html::text(", 38 members")),
        );
    let settings = Facts::new()
        .fact("Authentication", "API token, ends in 9f2, stored 12 March")
        .piece(
            "Account ID",
            CopyBox::new("Account ID", "c1a5b7d94e0f4a6db2c3e4f5a6b7c8d9"),
        )
        .fact("Mode", "Reviews and provisioning")
        .piece("Owners", Html::text("Ana Ruiz, M. Oba"));
    let remove = ConfirmForm::new(
        "remove",
        "Remove connector",
        Button::submit("Remove").danger(),
        "#",
        "token",
    )
    .question("Remove Cloudflare v2?")
    .text("Its credentials and its 212 syncs are deleted. The app and its history stay.")
    .field(Field::text("name", "Type Cloudflare v2 to confirm").required());
    let stats = Stats {
        stats: vec![
            Stat::new("Members", 38).href("#"),
            Stat::new("Pending invites", 4).href("#"),
            Stat::new("Without 2FA", 5).href("#").tone(Tone::Warn),
            Stat::new("Super Administrators", 2).href("#"),
            Stat::new("Tokens never used", 6).href("#").tone(Tone::Bad),
        ],
    };
    let body = Html::from(head(
        Chip::new(Tone::Good, "Connected").hint("The last sync was believed"),
    ))
    .and(tabs("Overview"))
    .and(
        Notice::new(Tone::Warn, "Two permissions are missing")
            .text("Account API Tokens: Read, so tokens are not reviewed.")
            .action("How to fix", "#"),
    )
    .and(Card::new("State", facts))
    .and(stats)
    .and(Card::new("Settings", settings).action(Button::link("Edit", "settings.html").icon(Icon::Edit)))
    .and(
        Card::new("Remove", remove)
            .text("What was reviewed stays on record.")
            .danger(),
    );
    page("Cloudflare v2", crumbs(), Some(demo_banner()), &body)
}

fn entries() -> Vec<LogEntry> {
    let said = [
        (
            LogLevel::Info,
            "Sync has started",
            vec![("run", "2Nf1b8"), ("mode", "full")],
        ),
        (
            LogLevel::Debug,
            "GET /accounts/c1a5/members?page=1",
            vec![("status", "200"), ("took", "212 ms")],
        ),
        (
            LogLevel::Info,
            "Read 38 members and 4 invitations",
            vec![("feed", "members")],
        ),
        (
            LogLevel::Warn,
            "Tokens may not be read: give the token “Account API Tokens: Read”",
            vec![("code", "9109")],
        ),
        (LogLevel::Debug, "Expanded 3 user groups", vec![("grants", "117")]),
        (
            LogLevel::Error,
            "Cloudflare refused the token: 10000 Authentication error",
            vec![
                ("feed", "audit"),
                ("next", "create a new token and replace it under Settings"),
            ],
        ),
        (
            LogLevel::Info,
            "Tries again in 30 seconds",
            vec![("try", "2"), ("of", "5")],
        ),
    ];
    let entries = said
        .into_iter()
        .zip(0..)
        .map(|((level, message, fields), place)| LogEntry {
            at: moment() + Duration::milliseconds(place * 731),
            level,
            message: message.into(),
            fields: fields
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        });
    entries.collect()
}

/// The newest syncs, and the one that is shown.
fn beside(body: Html) -> Beside {
    let item = |hours: i64, state: Chip, text: &str| BesideItem {
        href: "log.html".into(),
        title: Html::from(Time::ago(moment() - Duration::hours(hours))).and(state),
        text: Html::text(text),
        current: hours == 0,
    };
    Beside {
        label: "Syncs".into(),
        items: vec![
            item(0, Chip::busy("Running"), "12 s"),
            item(1, Chip::new(Tone::Good, "Succeeded"), "41 s; 3 added, 1 removed"),
            item(2, Chip::new(Tone::Bad, "Failed"), "3 s"),
        ],
        body,
    }
}

pub(crate) fn log() -> String {
    let log = LogView {
        id: "log".into(),
        label: "Log of the sync".into(),
        entries: entries(),
        live: Some("log-events".into()),
        empty: "Nothing was said yet.".into(),
    };
    let shown = Card::new("Sync 2Nf1b8", log)
        .text("Started by the schedule")
        .flush()
        .action(Button::link("Download", "#").icon(Icon::Download));
    let body = Html::from(head(Chip::busy("Syncing")))
        .and(tabs("Syncs"))
        .and(beside(shown.into()));
    page("Log", crumbs(), None, &body)
}

pub(crate) fn self_hosted() -> String {
    let secret = Html::from(
        Notice::new(Tone::Warn, "The secret is shown only now")
            .text("Copy it before you leave this page. If it is lost, rotate and get a new one."),
    )
    .and(CopyBox::labelled(
        "Client ID",
        "nimble-otter-41723@console.example.com/ccpat",
    ))
    .and(CopyBox::labelled(
        "Client secret",
        "secret-token:example:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjEx",
    ));
    let command = "baton-cloudflare \\\n  --client-id \"$CLIENT_ID\" \\\n  --client-secret \"$CLIENT_SECRET\" \\\n  --account-id c1a5b7d94e0f4a6db2c3e4f5a6b7c8d9 \\\n  --api-token-file /run/secrets/cloudflare";
    let steps = Steps::new()
        .step("Keep the credentials of this connector", secret)
        .step(
            "Start it where it can reach Cloudflare and this Rollcall",
            CopyBox::new("Command", command),
        )
        .step(
            "Wait for the first sign of life",
            Html::text("This page follows it; you need not reload."),
        );
    let body = Html::from(head(Chip::new(Tone::Quiet, "Not connected")))
        .and(tabs("Overview"))
        .and(Card::new("Run it in your own environment", steps));
    page("Run it yourself", crumbs(), None, &body)
}
