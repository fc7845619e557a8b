//! A company's own provider: set up, come in by it, again, and not any more.

use model::Clock as _;
use runner::SystemClock;
use testkit::oidc_provider::{
    Algorithm, CLIENT_ID, CLIENT_SECRET, Misbehaviour, OidcProvider, Person as Known,
};

use crate::person::Person;
use crate::world::World;

const WITH: &str = "Sign in with Example login";

async fn provider() -> OidcProvider {
    let now = SystemClock.now().timestamp();
    let provider = OidcProvider::start(Algorithm::Es256, now).await.unwrap();
    provider.admit(Known {
        subject: "bo-1".to_owned(),
        email: "bo@example.com".to_owned(),
        name: "Bo Lindqvist".to_owned(),
        ..testkit::oidc_provider::ada()
    });
    provider
}

/// Ada sets it up, tests it and turns it on.
async fn set_up(ada: &Person, provider: &OidcProvider) {
    ada.open("Single sign-on").await;
    ada.must_be_accessible().await;
    ada.fill("Name", "Example login").await;
    ada.fill("Issuer", &provider.issuer()).await;
    ada.fill("Client ID", CLIENT_ID).await;
    ada.fill("Client secret optional", CLIENT_SECRET).await;
    ada.choose("Let in people who have no account here yet").await;
    ada.choose("Believe the provider's second factor").await;
    ada.click("Save").await;
    ada.see("Say from which domains").await;
    ada.must_be_accessible().await;
    ada.fill("E-mail domains optional", "example.com").await;
    ada.fill("Client secret optional", CLIENT_SECRET).await;
    ada.click("Save").await;
    ada.see("The sign-in page does not offer it yet").await;
    ada.click("Test").await;
    ada.see("The provider answers as one").await;
    ada.click("Turn on").await;
    ada.see("The sign-in page offers it").await;
    ada.must_be_accessible().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn somebody_comes_in_by_their_company_until_they_are_deactivated() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    let provider = provider().await;
    set_up(&ada, &provider).await;
    let bo = Person::new().await;
    bo.goto(&world.page("/apps")).await;
    bo.must_be_accessible().await;
    for _ in 0..2 {
        bo.click(WITH).await;
        bo.see("No managed app yet").await;
        bo.click("Bo Lindqvist bo@example.com").await;
        bo.click("Sign out").await;
        bo.see("No account?").await;
        bo.goto(&world.page("/apps")).await;
    }
    ada.open("Users").await;
    ada.click("Bo Lindqvist").await;
    ada.see("Single sign-on").await;
    ada.click("Deactivate").await;
    ada.see("Let Bo Lindqvist in no more?").await;
    ada.within("Let Bo Lindqvist in no more?")
        .click("Deactivate")
        .await;
    ada.see("Let in again").await;
    bo.click(WITH).await;
    bo.see("Your account here is deactivated").await;
    bo.must_be_accessible().await;
    bo.click("Back to sign-in").await;
    bo.see("No account?").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn whoever_cancels_at_the_provider_finds_the_way_back_and_links_their_account() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    let provider = provider().await;
    set_up(&ada, &provider).await;
    let bo = Person::new().await;
    provider.misbehave(Misbehaviour::Cancelled);
    bo.goto(&world.page("/sign-in")).await;
    bo.click(WITH).await;
    bo.see("cancelled or not allowed").await;
    bo.click("Back to sign-in").await;
    bo.see("No account?").await;
    provider.misbehave(Misbehaviour::None);
    provider.admit(testkit::oidc_provider::ada());
    bo.click(WITH).await;
    bo.see("that is not linked").await;
    // Ada links herself, with her password, and comes in by it from then on.
    ada.goto(&world.page("/account")).await;
    ada.fill("Your password here", crate::person::PASSWORD).await;
    ada.click("Link with Example login").await;
    ada.see("Sign in there as yourself").await;
    ada.must_be_accessible().await;
    ada.click("Go to Example login").await;
    ada.see("You are linked with Example login").await;
    ada.must_be_accessible().await;
    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.see("No account?").await;
    ada.click(WITH).await;
    ada.see("Hello, Ada").await;
    ada.must_be_content().await;
}
