//! What processes do, and what is known of it.

use std::os::unix::fs::MetadataExt as _;

use governance::{LogLevel, LogQuery};

use crate::processes;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_reads_its_account_and_its_log_says_so() {
    let world = World::new().await;
    let service = &world.service;
    let connector = service.add("Cloudflare").await;
    service.want(&[(&connector, 1, world.settings())]);
    let task = service.sync(&connector).await;
    service.until_logged(&connector, "task ended").await;
    let of_task = LogQuery {
        task: Some(task.clone()),
        ..LogQuery::all(connector.id.clone())
    };
    let all = LogQuery::all(connector.id.clone());
    let said = async |query| {
        let lines = service.log(query).await.into_iter();
        lines.map(|entry| entry.line.message).collect::<Vec<_>>()
    };
    let (of_task, all) = (said(&of_task).await, said(&all).await);
    for line in [
        "task begun",
        "Syncing...",
        "Syncing members...",
        "Sync complete.",
        "task ended",
    ] {
        assert!(of_task.iter().any(|said| said == line), "{line}: {of_task:#?}");
    }
    let before = "the connector's process was started";
    assert_eq!(all.first().map(String::as_str), Some(before), "{all:#?}");
    assert!(all.len() > of_task.len() && !of_task.iter().any(|said| said == before));
    let workers = service.desk.store().workers(&connector.id).await.unwrap();
    assert_eq!(workers.first().map(|worker| worker.host.as_str()), Some("hosted"));
    world.service.stop().await;
}

/// Others on the machine see neither the credential of the account nor that of the service.
#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_seen_nowhere() {
    let world = World::new().await;
    let service = &world.service;
    let connector = service.add("Cloudflare").await;
    service.want(&[(&connector, 1, world.settings())]);
    let process = service.process(&connector, &[]).await;
    service.until_logged(&connector, "asking for tasks").await;
    let seen = processes::seen(process);
    assert!(seen.contains("hosted\ncloudflare\n"), "{seen}");
    assert!(
        !seen.contains("BATON_") && !seen.contains(&world.sim.token()),
        "{seen}"
    );
    let folder = service.folder(&connector);
    assert_eq!(folder.metadata().unwrap().mode() & 0o777, 0o700);
    world.service.stop().await;
}

/// Why a connector cannot run is in its log.
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_do_not_work_are_named_in_the_log() {
    let world = World::new().await;
    let service = &world.service;
    let connector = service.add("Cloudflare").await;
    let mut settings = world.settings();
    settings.retain(|(name, _)| name != "BATON_ACCOUNT_ID");
    service.want(&[(&connector, 1, settings)]);
    service.until_logged(&connector, "it is started again in").await;
    let wrong = LogQuery {
        least: LogLevel::Error,
        ..LogQuery::all(connector.id.clone())
    };
    let said = service.log(&wrong).await;
    assert!(
        said.iter().any(|entry| entry.line.message.contains("account-id")),
        "{said:#?}"
    );
    service.want(&[(&connector, 2, world.settings())]);
    service.sync(&connector).await;
    world.service.stop().await;
}
