//! A colleague who has the credentials is asked for help, by mail.

use crate::person::Person;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn an_owner_who_is_somebody_else_finishes_the_connector() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.open("Users").await;
    ada.click("Add user").await;
    ada.fill("Name", "Ben Ortiz").await;
    ada.fill("E-mail", "ben@example.com").await;
    ada.choose("User").await;
    ada.click("Add user").await;
    ada.see("Invited").await;
    let welcome = world.mail.wait_for(1).await.remove(0);
    assert_eq!(welcome.to, ["ben@example.com"]);
    let link = welcome.link(&world.page("/welcome/")).unwrap();

    let mut ben = Person::new().await;
    ben.goto(&link).await;
    ben.see("Welcome, Ben Ortiz").await;
    ben.choose_password().await;
    ben.add_second_factor().await;
    ben.see("Hello, Ben").await;
    assert!(!ben.text().await.contains("Audit trail"));

    ada.choose_cloudflare().await;
    ada.unchoose("Ada Moreau (you)").await;
    ada.choose("Ben Ortiz").await;
    ada.click("Next").await;
    ada.see("Waiting for Ben Ortiz").await;
    ada.click("Send it again").await;
    ada.see("They were written to a moment ago").await;
    // The browser itself complains of an answer that says no.
    ada.complaints().await;
    ada.goto(&world.page("/connectors")).await;
    ada.see("Waiting for Ben Ortiz").await;

    let asked = world.mail.wait_for(2).await.remove(1);
    assert_eq!(asked.subject(), "Your help is needed: Cloudflare v2");
    assert!(asked.text().contains("Set up connector"));
    ben.goto(&asked.link(&world.page("/connectors/")).unwrap()).await;
    ben.see("Your help is needed").await;
    ben.click("Set up connector").await;
    ben.save_token(&world, &world.sim.token()).await;
    ben.see("Connected").await;
    ada.see_no("Waiting for Ben Ortiz").await;
    ada.see("Connected").await;
    ada.must_be_content().await;
    ben.must_be_content().await;
}
