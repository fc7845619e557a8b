//! Processes that break off, are replaced, and end.

use crate::processes;
use crate::world::{Service, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_breaks_off_is_started_again_with_another_key() {
    let world = World::new().await;
    let service = &world.service;
    let connector = service.add("Cloudflare").await;
    service.want(&[(&connector, 1, world.settings())]);
    let first = service.process(&connector, &[]).await;
    service.until_logged(&connector, "asking for tasks").await;
    assert_eq!(Service::keys(&service.desk, &connector).await, (1, 0));
    processes::kill(first);
    service.process(&connector, &[first]).await;
    service
        .until_logged(&connector, "was ended from outside; it is started again in 1 s")
        .await;
    assert_eq!(Service::keys(&service.desk, &connector).await, (1, 1));
    service.sync(&connector).await;
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_settings_replace_the_process_and_leave_others_alone() {
    let world = World::new().await;
    let service = &world.service;
    let (one, two) = (service.add("One").await, service.add("Two").await);
    service.want(&[(&one, 1, world.settings()), (&two, 1, world.settings())]);
    let (first, other) = (service.process(&one, &[]).await, service.process(&two, &[]).await);
    service.until_logged(&one, "asking for tasks").await;
    service.want(&[(&one, 2, world.settings()), (&two, 1, world.settings())]);
    service.process(&one, &[first]).await;
    service
        .until_logged(&one, "ended with exit code 0, as it was asked to")
        .await;
    assert!(!processes::of(first, "cwd").exists());
    assert_eq!(service.process(&two, &[]).await, other);
    service.want(&[(&one, 2, world.settings())]);
    service
        .until("it ends", async || {
            processes::below(&service.folder(&two)).is_empty()
        })
        .await;
    service.sync(&one).await;
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_ends_with_the_service() {
    let world = World::new().await;
    let service = &world.service;
    let (one, two) = (service.add("One").await, service.add("Two").await);
    service.want(&[(&one, 1, world.settings()), (&two, 1, world.settings())]);
    service.process(&one, &[]).await;
    service.process(&two, &[]).await;
    service.until_logged(&one, "asking for tasks").await;
    let desk = world.service.stop().await;
    assert_eq!(processes::below(world.folder.path()), Vec::<u32>::new());
    for connector in [one, two] {
        assert_eq!(Service::keys(&desk, &connector).await, (0, 1));
    }
}
