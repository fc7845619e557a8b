//! Before anything else, the service is there.

use task_protocol::TOKEN_PATH;
use testkit::browser::Browser;

use crate::world::World;

/// A browser asks where connectors fetch their tokens, and is told that it may not; so it was heard.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_browser_reaches_the_service_on_an_empty_folder_and_again_after_a_restart() {
    let mut world = World::new().await;
    let browser = Browser::start().await;
    browser.goto(&world.page(TOKEN_PATH)).await;
    browser.see("HTTP ERROR 405").await;
    assert_eq!(world.stop().await, Some(0));
    world.start().await;
    browser.reload().await;
    browser.see("HTTP ERROR 405").await;
}
