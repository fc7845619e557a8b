//! Writes every piece into HTML files in a folder, to be looked at and to be checked for accessibility:
//! `cargo run -p ui --example gallery -- FOLDER`, then serve that folder.

mod forms;
mod pieces;
mod tables;
mod things;

use std::fs;
use std::path::{Path, PathBuf};

use ui::{Crumb, Icon, NavItem, Notice, Person, Shell, Tone, assets};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    fs::create_dir_all(folder.join("assets"))?;
    for name in ["style.css", "app.js", "theme.js", "favicon.svg"] {
        let url = assets::url(name);
        let asset = assets::asset(url.trim_start_matches(assets::PREFIX)).ok_or("an asset is missing")?;
        fs::write(folder.join(url.trim_start_matches('/')), asset.bytes)?;
    }
    for (name, page) in pages() {
        write(&folder, name, &page)?;
    }
    Ok(())
}

fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("sign-in", forms::sign_in()),
        ("set-up", forms::set_up()),
        ("add", forms::add_connector()),
        ("settings", forms::settings()),
        ("connector", things::connector()),
        ("log", things::log()),
        ("self-hosted", things::self_hosted()),
        ("pieces", pieces::all()),
        (
            "connectors",
            tables::connectors("status=error&status=connected&sort=name"),
        ),
        (
            "accounts",
            tables::accounts(
                "page=4&per=25&col=status&col=type&col=owner&col=factor&col=roles&col=change&col=seen&col=tokens&col=zones",
            ),
        ),
        ("nothing", tables::nothing("")),
        ("no-match", tables::nothing("q=zzz")),
    ]
}

fn write(folder: &Path, name: &str, page: &str) -> std::io::Result<()> {
    fs::write(folder.join(format!("{name}.html")), page)
}

/// A page for somebody who is signed in.
fn page(title: &str, crumbs: Vec<Crumb>, banner: Option<Notice>, body: &dyn std::fmt::Display) -> String {
    let item = |label, href, icon, current| NavItem {
        label,
        href,
        current,
        icon,
        group: None,
    };
    let admin = |item: NavItem<'static>| NavItem {
        group: Some("Admin"),
        ..item
    };
    Shell {
        title,
        product: "Rollcall",
        nav: vec![
            item("Home", "home.html", Icon::Home, false),
            item("Tasks", "tasks.html", Icon::Tasks, false),
            item("Apps", "apps.html", Icon::Apps, false),
            admin(item("Connectors", "connectors.html", Icon::Connectors, true)),
            admin(item("People", "people.html", Icon::People, false)),
            admin(item("Audit log", "audit.html", Icon::Audit, false)),
            admin(item("Settings", "settings.html", Icon::Settings, false)),
        ],
        person: Some(Person {
            name: "Ana Ruiz",
            email: "ana.ruiz@example.com",
            profile: Some("account.html"),
            sign_out: "/sign-out",
            csrf: "token",
        }),
        banner,
        breadcrumbs: crumbs,
        body,
    }
    .to_string()
}

/// What a demonstration says on every page.
fn demo_banner() -> Notice {
    Notice::new(Tone::Info, "This is a demonstration")
        .text("The account is simulated; nothing leaves this machine.")
}
