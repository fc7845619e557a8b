//! The demo: a console in which everything is there already.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;
use testkit::browser::Browser;
use testkit::{Process, free_port};

use crate::world::{PATIENCE, link_in};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn the_demo_opens_a_console_with_connectors_in_every_state() {
    let folder = TempDir::new().unwrap();
    let listen = free_port().unwrap();
    let mut command = Command::new(cargo_bin!("rollcall"));
    command
        .env_clear()
        .env("TMPDIR", folder.path())
        .args(["demo", "--listen", &listen.to_string()]);
    let mut demo = Process::start(&mut command, &folder.path().join("demo.log")).unwrap();
    let pages = format!("https://localhost:{}/", listen.port());
    let link = demo
        .says(PATIENCE, |said| {
            said.contains("Rollcall listens").then(|| link_in(said, &pages))?
        })
        .await
        .unwrap();

    let ada = Browser::start().await;
    ada.width(1280).await;
    ada.goto(&link).await;
    ada.click("Look around").await;
    for (connector, state) in [
        ("Warehouse", "Not connected"),
        ("Cloudflare, marketing", "Ben Okafor"),
        ("Cloudflare, agency", "Error"),
        ("Cloudflare", "Connected"),
    ] {
        ada.within("Main").click("Connectors").await;
        ada.click(connector).await;
        ada.within("Breadcrumb").see(connector).await;
        ada.see(state).await;
    }
    assert_eq!(ada.complaints().await, [""; 0]);
    assert_eq!(demo.stop(PATIENCE).await.unwrap(), Some(0));
}
