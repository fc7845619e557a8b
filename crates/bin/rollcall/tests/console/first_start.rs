//! From the link in the terminal into the console, out, and in again.

use crate::person::{PASSWORD, Person};
use crate::world::World;

const WRONG: &str = "The address or the password is not right.";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn whoever_has_the_link_sets_the_console_up_and_signs_in_again() {
    let mut world = World::new().await;
    let mut ada = Person::ada(&mut world).await;
    ada.see("Hello, Ada").await;
    ada.see("Begin with a connector").await;

    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.see("No account? Ask who runs this Rollcall.").await;
    // What only those see who are signed in leads to the same place, and back.
    ada.goto(&world.page("/connectors/add")).await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", "four other words of mine").await;
    ada.click("Sign in").await;
    ada.see(WRONG).await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("One more step").await;
    ada.fill("Code", "000000").await;
    ada.click("Continue").await;
    ada.see("This code is not right").await;
    let code = ada.code().await;
    ada.fill("Code", &code).await;
    ada.click("Continue").await;
    ada.see("Choose what is to be read.").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn the_link_is_good_once_and_what_was_typed_wrong_is_said() {
    let mut world = World::new().await;
    let link = world.set_up_link().await;
    let ada = Person::new().await;
    ada.goto(&world.page("/")).await;
    ada.see("Nobody has set this console up yet.").await;
    ada.goto(&link).await;
    ada.fill("Your name", "Ada Moreau").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.fill("Password again", "four plain words of yours").await;
    ada.click("Continue").await;
    ada.see("The two passwords are not the same.").await;
    assert_eq!(ada.value("Your name").await, "Ada Moreau");
    ada.fill("Password", "short").await;
    ada.fill("Password again", "short").await;
    ada.click("Continue").await;
    ada.see("One thing needs your attention").await;
    ada.choose_password().await;
    ada.see("Add your second factor").await;
    // Without a second factor nobody is in.
    ada.goto(&world.page("/users")).await;
    ada.see("Sign in").await;
    ada.must_be_content().await;
    ada.goto(&link).await;
    ada.see("There is no such link to the first start").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_recovery_code_lets_in_once() {
    let mut world = World::new().await;
    let mut ada = Person::new().await;
    let link = world.set_up_link().await;
    ada.goto(&link).await;
    ada.fill("Your name", "Ada Moreau").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.choose_password().await;
    let recovery = ada.keep_recovery_codes().await;
    for is_good in [true, false] {
        ada.click("Ada Moreau ada@example.com").await;
        ada.click("Sign out").await;
        ada.fill("E-mail", "ada@example.com").await;
        ada.fill("Password", PASSWORD).await;
        ada.click("Sign in").await;
        ada.fill("Code", &recovery).await;
        ada.click("Continue").await;
        let answer = if is_good {
            "Hello, Ada"
        } else {
            "This code is not right"
        };
        ada.see(answer).await;
    }
}
