//! Lists: searched, filtered, and taken along.

use crate::person::Person;
use crate::world::World;

/// Nothing is done before it was seen.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn people_come_from_a_list_once_it_was_seen() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.open("Users").await;
    ada.click("Import").await;
    ada.fill("The list", "name;e-mail;roles\nBen Okoro;ben@example.com;auditor")
        .await;
    ada.click("See what would happen").await;
    ada.see("1 new, 0 changed, 0 there already, 0 refused.").await;
    ada.click("Do all of it").await;
    ada.within("1–2 of 2").see("ben@example.com").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn what_is_searched_and_filtered_is_what_is_shown() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.add_cloudflare("Production").await;
    ada.add_cloudflare("Staging").await;
    ada.open("Connectors").await;
    ada.fill("Search name, app or owner", "stag").await;
    ada.press("Enter").await;
    ada.see_no("Production").await;
    ada.see("Staging").await;
    ada.click("Clear all").await;
    ada.see("Production").await;
    ada.click("Runs").await;
    ada.click("Self-hosted").await;
    ada.see("Nothing matches").await;
    ada.click("Runs: Self-hosted").await;
    ada.click("Hosted").await;
    ada.see("Production app").await;
    ada.open("Users").await;
    ada.within("1–1 of 1").see("Super Administrator").await;
    ada.fill("Search name or e-mail", "ada@").await;
    ada.press("Enter").await;
    ada.see("Clear all").await;
    ada.within("1–1 of 1").see("ada@example.com").await;
    ada.fill("Search name or e-mail", "ben@").await;
    ada.press("Enter").await;
    ada.see("Nothing matches").await;
    ada.must_be_content().await;
}
