//! Before anything else, the service is there.

use testkit::browser::Browser;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_browser_reaches_the_service_on_an_empty_folder_and_again_after_a_restart() {
    let mut world = World::new().await;
    let browser = Browser::start().await;
    browser.goto(&world.page("/")).await;
    assert_eq!(browser.url().await.as_str(), world.page("/"));
    assert_eq!(world.stop().await, Some(0));
    world.start().await;
    browser.reload().await;
    assert_eq!(browser.url().await.as_str(), world.page("/"));
}
