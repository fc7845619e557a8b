//! All of it works without scripts.

use crate::person::{PASSWORD, Person};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn without_scripts_one_signs_in_and_adds_a_connector() {
    let mut world = World::new().await;
    let mut ada = Person::ada(&mut world).await;
    ada.scripts(false).await;
    ada.reload().await;
    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("One more step").await;
    let code = ada.code().await;
    ada.fill("Code", &code).await;
    ada.click("Continue").await;
    ada.see("Hello, Ada").await;
    ada.add_cloudflare("Production").await;
    ada.save_token(&world, &world.sim.token()).await;
    ada.see("Syncing").await;
    // Nothing moves by itself now; whoever looks again sees how it is.
    while !ada.text().await.contains("Connected") {
        ada.reload().await;
    }
    ada.click("Remove connector").await;
    ada.fill("Type Production to confirm", "Production").await;
    ada.click("Remove").await;
    ada.see("No connector yet").await;
    ada.must_be_content().await;
}
