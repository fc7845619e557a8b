//! Tables: short, long, and empty.

use chrono::{DateTime, Utc};
use ui::table::{Bulk, Cell, Column, Filter, Row, Table, TableQuery};
use ui::{Button, Chip, Crumb, EmptyState, Html, Icon, Menu, MenuItem, PageHead, Time, Tone};

use crate::page;

fn empty() -> EmptyState {
    EmptyState::new(
        Icon::Connectors,
        "No connector yet",
        "A connector reads who has access. Add Cloudflare to see its members, roles and tokens here.",
    )
    .action(
        Button::link("Add connector", "add.html")
            .primary()
            .icon(Icon::Plus),
    )
}

fn head() -> PageHead {
    PageHead::new("Connectors")
        .text("What reads your accounts, and how each of them is.")
        .action(
            Button::link("Add connector", "add.html")
                .primary()
                .icon(Icon::Plus),
        )
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Connector").sortable(),
        Column::new("app", "App").sortable(),
        Column::new("owners", "Owners"),
        Column::new("status", "Status").sortable(),
        Column::new("sync", "Last sync").sortable(),
        Column::new("members", "Members").numeric().sortable().wide_only(),
        Column::new("id", "ID").hidden_by_default(),
    ]
}

fn filters() -> Vec<Filter> {
    let status = [
        ("connected", "Connected"),
        ("error", "Error"),
        ("paused", "Paused"),
        ("syncing", "Syncing"),
    ];
    let kind = [("hosted", "Hosted"), ("self", "Self-hosted"), ("file", "File")];
    vec![
        Filter::new("type", "Type", kind),
        Filter::new("status", "Status", status),
    ]
}

fn row(number: u64, name: &str, app: &str, owners: &str, state: Chip) -> Row {
    let moment = DateTime::<Utc>::from_timestamp(1_773_323_762, 0).unwrap_or_default();
    let menu = Menu {
        id: format!("row-{number}"),
        label: format!("More about {name}"),
        items: vec![
            MenuItem::post("Sync now", "#", "token").icon(Icon::Refresh),
            MenuItem::post("Pause", "#", "token").icon(Icon::Pause),
            MenuItem::link("Logs", "log.html").icon(Icon::Audit),
            MenuItem::link("Remove", "#").icon(Icon::Trash).danger(),
        ],
    };
    let cells = vec![
        Cell::text(name),
        Cell::text(app),
        if owners.is_empty() {
            Cell::none()
        } else {
            Cell::text(owners)
        },
        Cell::piece(state),
        Cell::piece(Time::ago(moment)),
        Cell::number(number * 1_213),
        Cell::text(format!("con_{number}")),
    ];
    Row::new(number.to_string(), cells)
        .href("connector.html")
        .menu(menu)
}

fn rows() -> Vec<Row> {
    vec![
        row(
            31,
            "Cloudflare v2",
            "Cloudflare prod",
            "Ana Ruiz, M. Oba",
            Chip::new(Tone::Good, "Connected"),
        ),
        row(
            2,
            "Cloudflare v2",
            "Cloudflare dev",
            "Waiting for M. Oba",
            Chip::new(Tone::Quiet, "Not connected"),
        ),
        row(
            3,
            "Baton",
            "Zero Trust",
            "Ana Ruiz",
            Chip::new(Tone::Bad, "Error").hint("The token was rejected"),
        ),
        row(
            4,
            "Cloudflare v2",
            "Cloudflare staging",
            "Ana Ruiz",
            Chip::busy("Syncing"),
        ),
        row(
            5,
            "File",
            "Contractors",
            "",
            Chip::new(Tone::Quiet, "Paused").icon(Icon::Pause),
        ),
    ]
}

pub(crate) fn connectors(query: &str) -> String {
    let state = TableQuery::parse(query);
    let table = Table {
        id: "connectors",
        label: "Connectors",
        columns: columns(),
        rows: rows(),
        state: &state,
        total: 5,
        filters: filters(),
        search_placeholder: "Search connector, app or owner",
        empty: empty(),
        bulk: Some(
            Bulk::new("#", "token")
                .button(
                    Button::submit("Sync now")
                        .answer("do", "sync")
                        .icon(Icon::Refresh),
                )
                .button(Button::submit("Pause").answer("do", "pause").icon(Icon::Pause)),
        ),
        csv_href: Some("connectors.csv"),
    };
    page(
        "Connectors",
        vec![Crumb::here("Connectors")],
        None,
        &Html::from(head()).and(table),
    )
}

pub(crate) fn accounts(query: &str) -> String {
    let state = TableQuery::parse(query);
    let keys = [
        "account", "status", "type", "owner", "factor", "roles", "change", "seen", "tokens", "zones",
    ];
    let labels = [
        "Account",
        "Status",
        "Type",
        "Owner",
        "2FA",
        "Roles and scope",
        "Last change",
        "Last seen",
        "Tokens",
        "Zones",
    ];
    let column = |(key, label): (&str, &str)| Column::new(key, label).sortable();
    let rows = (0..25).map(|number| {
        let cells = vec![
            Cell::text(format!("person{number}@example.com")).below("Person of the team"),
            Cell::piece(Chip::new(Tone::Good, "Active")),
            Cell::text("User"),
            Cell::text("Ana Ruiz").below("by e-mail"),
            Cell::text("on"),
            Cell::text("Super Administrator - All Privileges"),
            Cell::text("3 months ago"),
            Cell::text("yesterday"),
            Cell::number(number),
            Cell::number(number * 1_000),
        ];
        Row::new(number.to_string(), cells).href("connector.html")
    });
    let table = Table {
        id: "accounts",
        label: "Accounts",
        columns: keys.into_iter().zip(labels).map(column).collect(),
        rows: rows.collect(),
        state: &state,
        total: 10_234,
        filters: vec![Filter::new(
            "status",
            "Status",
            [("active", "Active"), ("invited", "Invited")],
        )],
        search_placeholder: "Search account or role",
        empty: empty(),
        bulk: None,
        csv_href: Some("accounts.csv"),
    };
    page(
        "Accounts",
        vec![Crumb::here("Accounts")],
        None,
        &Html::from(PageHead::new("Accounts")).and(table),
    )
}

pub(crate) fn nothing(query: &str) -> String {
    let state = TableQuery::parse(query);
    let table = Table {
        id: "connectors",
        label: "Connectors",
        columns: columns(),
        rows: Vec::new(),
        state: &state,
        total: 0,
        filters: filters(),
        search_placeholder: "Search connector, app or owner",
        empty: empty(),
        bulk: None,
        csv_href: None,
    };
    page(
        "Connectors",
        vec![Crumb::here("Connectors")],
        None,
        &Html::from(head()).and(table),
    )
}
