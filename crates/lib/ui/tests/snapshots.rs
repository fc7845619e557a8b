//! What the pieces look like to a browser, for whoever changes them.

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use ui::table::{Bulk, Cell, Column, Filter, Row, Table, TableQuery};
use ui::{
    Button, Chip, Choice, ConfirmForm, CopyBox, Crumb, EmptyState, Field, Form, Icon, Live, LogEntry,
    LogLevel, LogView, NavItem, Notice, Person, Plain, Shell, Time, Tone,
};

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_323_762, 0).unwrap_or_default()
}

/// Without the drawings of icons and the hashes of assets, which change for reasons of their own.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r#"<svg class="icon".*?</svg>"#, "[icon]");
    settings.add_filter(r#"<svg class="mark".*?</svg>"#, "[mark]");
    settings.add_filter(r"\.[0-9a-f]{16}\.", ".[hash].");
    settings
}

fn looks(name: &str, page: &impl std::fmt::Display) {
    settings().bind(|| assert_snapshot!(name, page));
}

#[test]
fn a_page() {
    let item = |label, group, current| NavItem {
        label,
        href: "/there",
        current,
        icon: Icon::Home,
        group,
    };
    let page = Shell {
        title: "Connectors",
        product: "Rollcall",
        nav: vec![
            item("Home", None, false),
            item("Connectors", Some("Admin"), true),
            item("People", Some("Admin"), false),
        ],
        person: Some(Person {
            name: "Ana Maria Ruiz",
            email: "ana.ruiz@example.com",
            profile: Some("/account"),
            sign_out: "/sign-out",
            csrf: "token",
        }),
        banner: Some(Notice::new(Tone::Info, "A demonstration")),
        breadcrumbs: vec![
            Crumb::to("Connectors", "/connectors"),
            Crumb::here("Cloudflare v2"),
        ],
        body: &"<h1>Body</h1>",
    };
    looks("shell", &page);
}

#[test]
fn a_page_for_somebody_unknown() {
    let page = Plain {
        title: "Sign in",
        product: "Rollcall",
        body: &"<h1>Sign in</h1>",
        foot: Some("Ask Ana."),
    };
    looks("plain", &page);
}

#[test]
fn a_form_with_mistakes() {
    let ways = vec![
        Choice::new("token", "API token", "Recommended.")
            .checked()
            .field(Field::secret("token", "API token").required()),
        Choice::new("key", "Email + API key", "").refused("Not allowed here."),
    ];
    let form = Form::new("/save", "token")
        .field(
            Field::text("account", "Account ID")
                .value("c1")
                .hint("In the address.")
                .required()
                .error(Some("Too short.")),
        )
        .field(
            Field::cards("way", "How should it sign in?", ways)
                .required()
                .error(Some("Choose one.")),
        )
        .field(Field::password("password", "Password", "new-password").value("never shown"))
        .field(Field::code("code", "Code").required())
        .field(Field::checkbox("hold", "Hold it", true).hint("Somebody looks."))
        .field(Field::textarea("note", "Note", 3).value("\nfirst line is empty"))
        .button(Button::submit("Save").primary());
    looks("form", &form);
}

#[test]
fn small_pieces() {
    looks(
        "notice",
        &Notice::new(Tone::Bad, "Refused")
            .text("Give it more.")
            .action("How", "/how"),
    );
    looks("chip", &Chip::new(Tone::Good, "Connected").hint("4 minutes ago"));
    looks("busy_chip", &Chip::busy("Syncing"));
    looks("time", &Time::ago(moment()));
    looks("copy_box", &CopyBox::labelled("Client ID", "nimble-otter"));
    looks(
        "live",
        &Live::polled("state", "/state", Chip::busy("Syncing")).every(5),
    );
    let remove = ConfirmForm::new(
        "remove",
        "Remove",
        Button::submit("Remove it").danger(),
        "/remove",
        "token",
    );
    looks("confirm", &remove.text("Its runs are deleted."));
}

#[test]
fn a_log() {
    let entry = |level, message: &str| LogEntry {
        at: moment(),
        level,
        message: message.into(),
        fields: vec![("code".into(), "9109".into())],
    };
    let log = LogView {
        id: "log".into(),
        label: "Log of the sync".into(),
        entries: vec![
            entry(LogLevel::Info, "Started"),
            entry(LogLevel::Error, "Refused"),
        ],
        live: Some("/events".into()),
        empty: "Nothing yet.".into(),
    };
    looks("log", &log);
}

fn table(state: &TableQuery, rows: Vec<Row>, total: u64) -> Table<'_> {
    Table {
        id: "connectors",
        label: "Connectors",
        columns: vec![
            Column::new("name", "Connector").sortable(),
            Column::new("status", "Status"),
            Column::new("members", "Members").numeric().sortable(),
            Column::new("id", "ID").hidden_by_default(),
        ],
        rows,
        state,
        total,
        filters: vec![Filter::new(
            "status",
            "Status",
            [("ok", "Connected"), ("error", "Error")],
        )],
        search_placeholder: "Search",
        empty: EmptyState::new(Icon::Connectors, "No connector yet", "Add one."),
        bulk: Some(Bulk::new("/many", "token").button(Button::submit("Pause").answer("do", "pause"))),
        csv_href: Some("/connectors.csv"),
    }
}

#[test]
fn a_table() {
    let state = TableQuery::parse("q=cloud&status=error&sort=members&dir=desc&page=7&per=25&tab=all");
    let cells = vec![
        Cell::text("Cloudflare v2").below("prod"),
        Cell::piece(Chip::new(Tone::Bad, "Error")),
        Cell::number(30_000),
        Cell::text("con_1"),
    ];
    let rows = vec![
        Row::new("1", cells).href("/connectors/1"),
        Row::new("2", vec![Cell::text("File")]),
    ];
    looks("table", &table(&state, rows, 1_234));
}

#[test]
fn a_table_with_nothing_in_it_teaches_and_one_without_a_match_leads_back() {
    let none = table(&TableQuery::default(), Vec::new(), 0).to_string();
    assert!(none.contains("No connector yet") && !none.contains("Nothing matches"));
    let state = TableQuery::parse("q=zzz&tab=all");
    let unmatched = table(&state, Vec::new(), 0).to_string();
    assert!(unmatched.contains("Nothing matches") && !unmatched.contains("No connector yet"));
    assert!(unmatched.contains(r#"href="?tab=all">Clear search"#));
}

#[test]
fn a_column_that_is_chosen_is_shown_and_the_name_always_is() {
    let cells = || {
        vec!["n-cell", "s-cell", "m-cell", "i-cell"]
            .into_iter()
            .map(Cell::text)
            .collect()
    };
    let shown = |query: &str| {
        let page = table(&TableQuery::parse(query), vec![Row::new("1", cells())], 1).to_string();
        ["n-cell", "s-cell", "m-cell", "i-cell"].map(|cell| page.contains(cell))
    };
    assert_eq!(shown(""), [true, true, true, false]);
    assert_eq!(shown("col=id"), [true, false, false, true]);
    assert_eq!(shown("col=unknown"), [true, false, false, false]);
}
