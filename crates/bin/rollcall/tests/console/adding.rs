//! Adding Cloudflare, and watching it go from *Syncing* to *Connected*.

use crate::person::Person;
use crate::world::World;

pub(crate) const TOKEN: &str = "API token";
const KEY: &str = "Email + API key";
const ABOUT: &str =
    "Members, roles, scoped policies, user groups, invitations and tokens of a Cloudflare account.";

impl Person {
    /// Goes to the catalogue: by the empty page's own button as long as there is no connector.
    pub(crate) async fn open_catalogue(&self) {
        self.open("Connectors").await;
        self.see("how each of them is").await;
        if self.text().await.contains("No connector yet") {
            self.within("No connector yet").click("Add connector").await;
        } else {
            self.click("Add connector").await;
        }
    }

    /// Finds Cloudflare in the catalogue and goes to its first page.
    pub(crate) async fn choose_cloudflare(&self) {
        self.open_catalogue().await;
        self.fill("Search the catalogue", "cloudflare v2").await;
        self.press("Enter").await;
        self.see_no("Any connector of the Baton ecosystem").await;
        self.within(ABOUT).click("Add").await;
        self.see("About this connector").await;
    }

    /// The same, and goes on with what the form proposes: a new managed app, oneself as owner, hosted.
    pub(crate) async fn add_cloudflare(&self, name: &str) {
        self.choose_cloudflare().await;
        self.fill("Name", name).await;
        self.fill("Name of the app", &format!("{name} app")).await;
        self.click("Next").await;
        self.see("Where to find it").await;
    }

    /// Enters account and token, and saves.
    pub(crate) async fn save_token(&self, world: &World, token: &str) {
        self.fill("Account ID", &world.sim.account_id()).await;
        self.choose(TOKEN).await;
        self.fill("API token", token).await;
        self.click("Save").await;
    }

    /// A connector that has read the account.
    pub(crate) async fn connect_cloudflare(&self, world: &World, name: &str) {
        self.add_cloudflare(name).await;
        self.save_token(world, &world.sim.token()).await;
        self.see("Connected").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn cloudflare_is_added_with_a_token_tested_and_connected() {
    added_with_a_token(World::new().await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser and PostgreSQL"]
async fn cloudflare_is_added_with_a_token_tested_and_connected_on_postgresql() {
    added_with_a_token(World::on_postgres().await).await;
}

async fn added_with_a_token(mut world: World) {
    let ada = Person::ada(&mut world).await;
    ada.add_cloudflare("Production").await;
    ada.fill("Account ID", &world.sim.account_id()).await;
    ada.choose(TOKEN).await;
    ada.fill("API token", &world.sim.token()).await;
    ada.click("Test").await;
    ada.see("Everything that is needed is there").await;
    ada.see("Example Retail").await;
    ada.within("What it may do").see("There").await;
    // What was tested need not be pasted again.
    ada.click("Save").await;
    ada.see("Syncing").await;
    ada.see("Connected").await;
    ada.within("State").see("Valid").await;
    ada.within("State").see("Built in").await;
    ada.see("API token, ends in mple").await;

    ada.open("Connectors").await;
    ada.within("Production app").see("Connected").await;
    ada.click("More about Production").await;
    ada.click("Log").await;
    ada.see("Live").await;
    ada.see("asking for tasks").await;
    ada.see("Download (").await;
    ada.open("Apps").await;
    ada.within("Production app").see("Connected").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn cloudflare_is_added_with_a_key_and_an_address() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    let (email, key) = world.sim.key();
    ada.add_cloudflare("Production").await;
    ada.fill("Account ID", &world.sim.account_id()).await;
    ada.choose(KEY).await;
    ada.fill("API key", &key).await;
    ada.click("Save").await;
    ada.see("Give the e-mail address of the user whose key it is.")
        .await;
    ada.fill("Email ID", &email).await;
    ada.click("Save").await;
    ada.see("Syncing").await;
    ada.see("Connected").await;
    ada.see(&format!("Email + API key of {email}, ends in mple"))
        .await;
    // Saved again without a secret: the one that is kept goes on.
    ada.within("Authentication").click("Edit").await;
    ada.choose("Reviews and provisioning").await;
    ada.click("Save").await;
    ada.see("Reviews and provisioning").await;
    ada.see("Connected").await;
    ada.must_be_content().await;
}
