//! Passkeys: instead of an authenticator app, alone, and one after another.

use crate::person::{PASSWORD, Person};
use crate::world::World;

const ALONE: &str = "Sign in with a passkey";

/// Ada, who sets the console up with a passkey on her device.
async fn ada(world: &mut World) -> Person {
    let ada = Person::new().await;
    ada.passkeys().await;
    let link = world.set_up_link().await;
    ada.goto(&link).await;
    ada.fill("Your name", "Ada Moreau").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.choose_password().await;
    ada.see("Add your second factor").await;
    ada.must_be_accessible().await;
    ada.click("Use a passkey instead").await;
    ada.see("Keep these codes").await;
    ada.click("I have kept them").await;
    ada.see("Hello, Ada").await;
    ada
}

async fn sign_out(ada: &Person) {
    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.see("No account?").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_passkey_is_enough_and_does_for_a_second_factor() {
    let mut world = World::new().await;
    let ada = ada(&mut world).await;
    sign_out(&ada).await;
    ada.must_be_accessible().await;
    ada.click(ALONE).await;
    ada.see("Hello, Ada").await;
    sign_out(&ada).await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("One more step").await;
    ada.must_be_accessible().await;
    ada.click("Use a passkey").await;
    ada.see("Hello, Ada").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn passkeys_are_listed_and_the_last_one_stays() {
    let mut world = World::new().await;
    let ada = ada(&mut world).await;
    ada.goto(&world.page("/account")).await;
    ada.within("Passkeys").see("My first passkey").await;
    ada.must_be_accessible().await;
    // The device has one already, and says so.
    ada.fill("Name", "Another").await;
    ada.fill("Password to confirm", PASSWORD).await;
    ada.click("Add a passkey").await;
    ada.see("This device has a passkey of yours already.").await;
    ada.click("Remove").await;
    ada.see("Remove My first passkey?").await;
    ada.within("Remove My first passkey?").click("Remove").await;
    ada.see("This is your last second factor").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn without_scripts_the_page_says_what_else_there_is() {
    let mut world = World::new().await;
    let ada = ada(&mut world).await;
    sign_out(&ada).await;
    ada.scripts(false).await;
    ada.reload().await;
    ada.see("Signing in with a passkey needs scripts").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("A passkey needs scripts, which are off in this browser: use a code.")
        .await;
    ada.see("One of your recovery codes").await;
}
