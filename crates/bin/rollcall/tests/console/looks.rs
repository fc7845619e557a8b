//! Every page: for everybody to use, light and dark, with nothing that the page's own rules forbid.

use crate::adding::TOKEN;
use crate::person::{PASSWORD, Person};
use crate::world::World;

impl Person {
    /// Makes sure that the page is one for everybody.
    async fn must_do(&self) {
        self.must_be_accessible().await;
        self.must_be_content().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn every_page_is_for_everybody() {
    let mut world = World::new().await;
    let mut ada = the_first_start(&mut world).await;
    what_is_empty(&world, &mut ada).await;
    keys_of_programs(&world, &mut ada).await;
    a_list_and_a_group(&world, &mut ada).await;
    a_connector_here(&world, &mut ada).await;
    a_connector_elsewhere(&mut ada).await;
    a_connector_by_hand(&mut ada).await;
    what_is_there(&mut ada).await;
    signing_in_again(&mut ada).await;
}

async fn the_first_start(world: &mut World) -> Person {
    let link = world.set_up_link().await;
    let mut ada = Person::new().await;
    ada.goto(&world.page("/")).await;
    ada.see("Almost there").await;
    ada.must_do().await;
    ada.goto(&link).await;
    ada.must_do().await;
    ada.click("Continue").await;
    ada.see("your attention").await;
    ada.must_do().await;
    ada.fill("Your name", "Ada Moreau").await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.choose_password().await;
    ada.see("Add your second factor").await;
    ada.must_do().await;
    ada.add_second_factor().await;
    ada
}

async fn what_is_empty(world: &World, ada: &mut Person) {
    for (path, seen) in [
        ("/connectors", "No connector yet"),
        ("/connectors/add", "Choose what is to be read."),
        ("/connectors/add?q=zzz", "Nothing like that"),
        ("/connectors/add/cloudflare", "About this connector"),
        ("/apps", "No managed app yet"),
        ("/apps?state=unmanaged", "Nothing was found yet"),
        ("/apps/add", "Several apps"),
        ("/apps/import", "The list"),
        ("/users/import", "The list"),
        ("/users/provisioning", "Connect the directory"),
        ("/users/add", "Roles"),
        ("/mail", "No letter yet"),
        ("/account", "Your account"),
        ("/account/keys", "No API key"),
        ("/users/keys", "No API key"),
        ("/nowhere", "Not found"),
        ("/", "Hello, Ada"),
    ] {
        ada.goto(&world.page(path)).await;
        ada.see(seen).await;
        // The browser itself complains of an answer that says there is nothing.
        if path == "/nowhere" {
            ada.complaints().await;
        }
        ada.must_do().await;
    }
}

async fn a_list_and_a_group(world: &World, ada: &mut Person) {
    ada.goto(&world.page("/users/import")).await;
    ada.fill("The list", "name,email\nBen,ben\nCleo,cleo@example.com")
        .await;
    ada.click("See what would happen").await;
    ada.see("Nothing can be done with this list yet").await;
    ada.must_do().await;
    ada.goto(&world.page("/users/provisioning")).await;
    ada.fill("Group", "Cloud team").await;
    ada.click("Give the role").await;
    ada.see("Not known yet").await;
    ada.must_do().await;
}

async fn keys_of_programs(world: &World, ada: &mut Person) {
    ada.goto(&world.page("/account/keys")).await;
    ada.fill("Name", "Deploy pipeline").await;
    ada.click("Create key").await;
    ada.see("The key is shown this once").await;
    ada.must_do().await;
    ada.click("Revoke").await;
    ada.see("Revoke the key Deploy pipeline?").await;
    ada.must_do().await;
    ada.press("Escape").await;
    ada.goto(&world.page("/users/keys")).await;
    ada.see("Acts for").await;
    ada.must_do().await;
}

async fn a_connector_here(world: &World, ada: &mut Person) {
    ada.add_cloudflare("Production").await;
    ada.must_do().await;
    ada.fill("Account ID", "none").await;
    ada.click("Save").await;
    ada.see("your attention").await;
    ada.must_do().await;
    ada.fill("Account ID", &world.sim.account_id()).await;
    ada.choose(TOKEN).await;
    ada.fill(
        "API token",
        "cfat_0000000000000000000000000000000000000000narrow0",
    )
    .await;
    ada.click("Test").await;
    ada.see("One permission is missing").await;
    ada.must_do().await;
    ada.click("Save").await;
    ada.see("Connected").await;
    ada.must_do().await;
    ada.click("Remove connector").await;
    ada.see("Remove Production?").await;
    ada.must_do().await;
    ada.press("Escape").await;
    ada.click("Owners and schedule").await;
    ada.see("When does it read?").await;
    ada.must_do().await;
    ada.choose("Only some types").await;
    ada.see("Which types?").await;
    ada.must_do().await;
    ada.open("Connectors").await;
    ada.click("More about Production").await;
    ada.must_do().await;
    ada.click("Log").await;
    ada.see("asking for tasks").await;
    ada.must_do().await;
}

async fn a_connector_elsewhere(ada: &mut Person) {
    ada.choose_cloudflare().await;
    ada.fill("Name", "Elsewhere").await;
    ada.fill("Name of the app", "Elsewhere").await;
    ada.choose(crate::self_hosted::ELSEWHERE).await;
    ada.click("Next").await;
    ada.see("No credential yet").await;
    ada.must_do().await;
    ada.click("Create credential").await;
    ada.see("The secret is shown this once").await;
    ada.must_do().await;
}

async fn a_connector_by_hand(ada: &mut Person) {
    ada.add_file_connector("Archive").await;
    ada.must_do().await;
    ada.open("Connectors").await;
    ada.click("Production").await;
    ada.see("Belongs to").await;
    for (side, seen) in [
        ("Accounts", "Without 2FA"),
        ("Entitlements", "Given directly"),
        ("Runs", "What happened"),
    ] {
        ada.click(side).await;
        ada.see(seen).await;
        ada.must_do().await;
    }
    ada.open_run("the first").await;
    ada.must_do().await;
    let run = ada.url().await;
    ada.goto(&format!("{run}/changes")).await;
    ada.see("compared with what was believed before").await;
    ada.must_do().await;
}

async fn what_is_there(ada: &mut Person) {
    for (area, seen) in [
        ("Home", "Hello, Ada"),
        ("Connectors", "Elsewhere"),
        ("Apps", "Production app"),
        ("Users", "Ada Moreau"),
        ("Audit trail", "saved the settings"),
        ("Mail", "Letters to people"),
    ] {
        ada.open(area).await;
        ada.see(seen).await;
        ada.must_do().await;
    }
    ada.open("Apps").await;
    ada.click("Production app").await;
    ada.see("Known from").await;
    ada.must_do().await;
    ada.open("Users").await;
    ada.click("Ada Moreau").await;
    ada.see("They hold from the next page on").await;
    ada.must_do().await;
}

async fn signing_in_again(ada: &mut Person) {
    ada.click("Ada Moreau ada@example.com").await;
    ada.click("Sign out").await;
    ada.see("No account?").await;
    ada.must_do().await;
    ada.fill("E-mail", "ada@example.com").await;
    ada.fill("Password", PASSWORD).await;
    ada.click("Sign in").await;
    ada.see("One more step").await;
    ada.must_do().await;
}
