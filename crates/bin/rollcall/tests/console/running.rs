//! A connector that runs: held up, let go on, asked, taken away; and what is written down of it.

use crate::person::Person;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_connector_is_paused_resumed_asked_and_removed_and_all_of_it_is_written_down() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.connect_cloudflare(&world, "Production").await;
    ada.click("Pause").await;
    ada.see("Paused").await;
    ada.within("State").see("When it is resumed").await;
    ada.click("Resume").await;
    ada.see("Syncing").await;
    ada.see("Connected").await;
    ada.click("Sync now").await;
    ada.see("Syncing").await;
    ada.see("Connected").await;

    ada.click("Remove connector").await;
    ada.fill("Type Production to confirm", "production").await;
    ada.click("Remove").await;
    ada.see("nothing was removed").await;
    // The browser itself complains of an answer that says no.
    ada.complaints().await;
    ada.click("Remove connector").await;
    ada.fill("Type Production to confirm", "Production").await;
    ada.click("Remove").await;
    ada.see("No connector yet").await;

    ada.open("Audit trail").await;
    for what in [
        "Ada Moreau set up Rollcall",
        "Ada Moreau set up a second factor for themselves",
        "Ada Moreau added the connector Production",
        "Ada Moreau saved the settings of the connector Production",
        "Ada Moreau paused the connector Production",
        "Ada Moreau asked for a sync of the connector Production",
        "Ada Moreau removed the connector Production",
    ] {
        ada.see(what).await;
    }
    ada.must_be_content().await;
    let said = world.say(&["verify"]);
    assert!(said.contains("The audit trail is whole"), "{said}");
    ada.click("Download").await;
    let trail = ada.downloaded("audit.jsonl").await;
    assert!(String::from_utf8(trail).unwrap().contains("connector.removed"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_connector_goes_on_where_it_was_after_the_service_was_started_again() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.connect_cloudflare(&world, "Production").await;
    assert_eq!(world.stop().await, Some(0));
    world.start().await;
    ada.reload().await;
    ada.see("Connected").await;
    ada.click("Sync now").await;
    ada.see("Syncing").await;
    ada.see("Connected").await;
}
