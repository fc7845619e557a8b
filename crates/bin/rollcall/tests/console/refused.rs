//! Settings with which it cannot work, or not quite.

use crate::adding::TOKEN;
use crate::person::Person;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_token_that_is_none_and_a_malformed_account_are_said_and_not_saved() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.add_cloudflare("Production").await;
    ada.fill("Account ID", "example retail").await;
    ada.choose(TOKEN).await;
    ada.fill("API token", &world.sim.token()).await;
    ada.click("Save").await;
    ada.see("An account ID has 32 characters of 0-9 and a-f.").await;
    assert_eq!(ada.value("Account ID").await, "example retail");
    let unknown = "cfut_9999999999999999999999999999999999999999unknown";
    ada.fill("Account ID", &world.sim.account_id()).await;
    // The one that was pasted is good for the form that came back, and another one can take its place.
    for (field, button) in [("API token optional", "Test"), ("API token", "Save")] {
        ada.fill(field, unknown).await;
        ada.click(button).await;
        ada.see("Cloudflare does not accept this").await;
    }
    assert_eq!(ada.value("API token").await, "");
    ada.click("Overview").await;
    ada.see("It is not told yet how to reach the account").await;
    ada.see("Not connected").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_missing_permission_is_named_and_what_can_be_read_is_read() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.add_cloudflare("Production").await;
    let narrow = "cfat_0000000000000000000000000000000000000000narrow0";
    ada.fill("Account ID", &world.sim.account_id()).await;
    ada.choose(TOKEN).await;
    ada.fill("API token", narrow).await;
    ada.click("Test").await;
    ada.see("One permission is missing").await;
    ada.within("What it may do")
        .see("Account API Tokens: Read Missing")
        .await;
    ada.click("Save").await;
    ada.within("State").see("1 permission missing").await;
    ada.see("Connected").await;
    ada.must_be_content().await;
}
