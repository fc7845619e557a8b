//! Every page: for everybody to use, light and dark, with nothing that the page's own rules forbid.

use crate::adding::TOKEN;
use crate::person::{PASSWORD, Person};
use crate::world::World;

impl Person {
    /// Makes sure that the page is one for everybody.
    async fn must_do(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SHOTS") {
            self.pictures(folder.as_ref(), name).await;
        }
        self.must_be_accessible().await;
        self.must_be_content().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn every_page_is_for_everybody() {
    let mut world = World::new().await;
    let link = world.set_up_link().await;
    let mut ada = Person::new().await;
    ada.goto(&world.page("/")).await;
    ada.see("Almost there").await;
    ada.must_do("almost-there").await;
    ada.goto(&link).await;
    ada.must_do("set-up").await;
    ada.click("Continue").await;
    ada.see("your attention").await;
    ada.must_do("set-up-wrong").await;
    ada.fill("Your name", "Ada Moreau").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.choose_password().await;
    ada.see("Add your second factor").await;
    ada.must_do("second-factor").await;
    ada.add_second_factor().await;

    for (path, seen, name) in [
        ("/connectors", "No connector yet", "connectors-empty"),
        ("/connectors/add", "Choose what is to be read.", "catalogue"),
        ("/connectors/add?q=zzz", "Nothing like that", "catalogue-nothing"),
        ("/connectors/add/cloudflare", "About this connector", "add"),
        ("/apps", "No managed app yet", "apps-empty"),
        ("/apps?state=unmanaged", "Nothing was found yet", "apps-unmanaged"),
        ("/apps/add", "A list of apps", "apps-add"),
        ("/users/add", "Roles", "users-add"),
        ("/mail", "No letter yet", "mail-empty"),
        ("/account", "Your account", "account"),
        ("/nowhere", "Not found", "nowhere"),
        ("/", "Hello, Ada", "home-empty"),
    ] {
        ada.goto(&world.page(path)).await;
        ada.see(seen).await;
        // The browser itself complains of an answer that says there is nothing.
        if path == "/nowhere" {
            ada.complaints().await;
        }
        ada.must_do(name).await;
    }

    ada.add_cloudflare("Production").await;
    ada.must_do("settings").await;
    ada.fill("Account ID", "none").await;
    ada.click("Save").await;
    ada.see("your attention").await;
    ada.must_do("settings-wrong").await;
    ada.fill("Account ID", &world.sim.account_id()).await;
    ada.choose(TOKEN).await;
    ada.fill(
        "API token",
        "cfat_0000000000000000000000000000000000000000narrow0",
    )
    .await;
    ada.click("Test").await;
    ada.see("One permission is missing").await;
    ada.must_do("settings-tested").await;
    ada.click("Save").await;
    ada.see("Connected").await;
    ada.must_do("connector").await;
    ada.click("Remove connector").await;
    ada.see("Remove Production?").await;
    ada.must_do("connector-remove").await;
    ada.press("Escape").await;
    ada.click("Owners and schedule").await;
    ada.see("When does it read?").await;
    ada.must_do("change").await;
    ada.open("Connectors").await;
    ada.click("More about Production").await;
    ada.must_do("connectors-menu").await;
    ada.click("Log").await;
    ada.see("asking for tasks").await;
    ada.must_do("log").await;

    ada.choose_cloudflare().await;
    ada.fill("Name", "Elsewhere").await;
    ada.fill("Name of the app", "Elsewhere").await;
    ada.choose(crate::self_hosted::ELSEWHERE).await;
    ada.click("Next").await;
    ada.see("No credential yet").await;
    ada.must_do("keys-empty").await;
    ada.click("Create credential").await;
    ada.see("The secret is shown this once").await;
    ada.must_do("keys").await;

    for (area, seen, name) in [
        ("Home", "Hello, Ada", "home"),
        ("Connectors", "Elsewhere", "connectors"),
        ("Apps", "Production app", "apps"),
        ("Users", "Ada Moreau", "users"),
        ("Audit trail", "saved the settings", "audit"),
        ("Mail", "Letters to people", "mail"),
    ] {
        ada.open(area).await;
        ada.see(seen).await;
        ada.must_do(name).await;
    }
    ada.open("Apps").await;
    ada.click("Production app").await;
    ada.see("Known from").await;
    ada.must_do("app").await;
    ada.open("Users").await;
    ada.click("Ada Moreau").await;
    ada.see("They hold from the next page on").await;
    ada.must_do("user").await;

    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.see("No account?").await;
    ada.must_do("sign-in").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("One more step").await;
    ada.must_do("code").await;
}
