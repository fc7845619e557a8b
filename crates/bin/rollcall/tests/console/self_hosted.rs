//! A connector in somebody's own environment: a real process with what the console told them to set.

use crate::person::Person;
use crate::world::{PATIENCE, World};

pub(crate) const ELSEWHERE: &str = "In my own environment";
const BATON: &str = "Any connector of the Baton ecosystem that you run yourself and that reports here.";

/// The variables that a person copies from the page, with the file of the authority in its place.
async fn told(ada: &Person) -> Vec<(String, String)> {
    let shown = ada.within("Environment").text().await;
    let authority = ada.within("File").text().await;
    let words = shown.split(' ').filter(|word| *word != "export");
    let pairs = words.map(|word| word.split_once('=').unwrap());
    pairs
        .map(|(name, value)| match name {
            "SSL_CERT_FILE" => (name.to_owned(), authority.clone()),
            _ => (name.to_owned(), value.trim_matches('\'').to_owned()),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_connector_of_ones_own_reports_until_its_credential_is_revoked() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.choose_cloudflare().await;
    ada.choose(ELSEWHERE).await;
    ada.click("Next").await;
    ada.see("No credential yet").await;
    ada.click("Create credential").await;
    ada.see("The secret is shown this once").await;
    let told = told(&ada).await;
    let secret = told[1].1.clone();
    let mut process = world.connector(told);
    ada.click("Overview").await;
    ada.see("Connected").await;
    ada.within("State").see("One instance").await;
    ada.within("State").see("With whoever runs it").await;

    ada.click("Credentials").await;
    assert!(!ada.text().await.contains(&secret));
    ada.see("Last used").await;
    ada.click("Revoke").await;
    ada.within("Whoever uses it is turned away").click("Revoke").await;
    ada.see("Revoked").await;
    let turned_away = |said: &str| said.contains("this credential was revoked").then_some(());
    process.says(PATIENCE, turned_away).await.unwrap();
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn any_connector_of_the_family_is_rotated_without_a_gap() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.open_catalogue().await;
    ada.within(BATON).click("Add").await;
    ada.fill("Name", "Somewhere else").await;
    ada.click("Next").await;
    ada.click("Create credential").await;
    let old = told(&ada).await;
    ada.click("Rotate").await;
    // Both pages say the same words: it is the new one when the old secret is gone.
    ada.see_no(&old[1].1).await;
    ada.see("The secret is shown this once").await;
    let new = told(&ada).await;
    assert_ne!(old[1], new[1]);
    let _one = world.connector(new);
    ada.click("Overview").await;
    ada.see("Connected").await;
    ada.must_be_content().await;
}
