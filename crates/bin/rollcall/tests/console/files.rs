//! Where no connector runs: somebody brings files, which are believed, or held when they have lost too much.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use c1z::{Draft, DraftOptions, SyncKind};
use chrono::{DateTime, Utc};
use model::UserTrait;
use model::{
    Annotation, Entitlement, EntitlementId, Grant, Purpose, Resource, ResourceId, ResourceType, Trait,
};

use crate::person::Person;
use crate::world::World;

const ABOUT: &str = "A .c1z file that a connector wrote elsewhere and that you bring.";

fn at(minute: u32) -> DateTime<Utc> {
    format!("2026-11-25T10:{minute:02}:00Z").parse().unwrap()
}

fn kind(id: &str, name: &str, part: Trait) -> ResourceType {
    ResourceType {
        id: id.into(),
        display_name: name.to_owned(),
        traits: vec![part],
        annotations: Vec::new(),
        description: String::new(),
    }
}

fn user(name: &str) -> Resource {
    let email = format!("{}@example.com", name.to_lowercase());
    let account = UserTrait {
        emails: vec![email.clone()],
        login: email,
        ..UserTrait::default()
    };
    Resource::new(ResourceId::new("user", name.to_lowercase()), name)
        .with_annotation(Annotation::User(account))
}

/// A file in which so many people, all but the first of whom hold a role, were read at that minute.
fn company(folder: &Path, minute: u32, people: &[String]) -> PathBuf {
    let path = folder.join(format!("company-{minute}.c1z"));
    let role =
        Arc::new(Resource::new(ResourceId::new("role", "r1"), "Billing").with_annotation(Annotation::Role));
    let right = Entitlement {
        id: EntitlementId::on(&role.id, "member"),
        resource: Arc::clone(&role),
        display_name: "Billing Member".to_owned(),
        description: String::new(),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: "member".to_owned(),
    };
    let users: Vec<_> = people.iter().map(|name| user(name)).collect();
    let holders = users.iter().skip(1);
    let grants = holders.map(|user| Grant::new(Arc::clone(&role), "member", user.id.clone()));
    let mut draft = Draft::open(&path, DraftOptions::default()).unwrap();
    draft
        .start(c1z::new_sync_id(at(minute), [1; 16]), &SyncKind::Full, at(minute))
        .unwrap();
    let mut batch = draft.batch(at(minute)).unwrap();
    batch
        .put_resource_types(&[
            kind("user", "User", Trait::User),
            kind("role", "Role", Trait::Role),
        ])
        .unwrap();
    batch.put_resources(&users).unwrap();
    batch.put_resources(&[Resource::clone(&role)]).unwrap();
    batch.put_entitlements(&[right]).unwrap();
    batch.put_grants(&grants.collect::<Vec<_>>()).unwrap();
    batch.commit().unwrap();
    draft.finish("{}", at(minute)).unwrap();
    draft.save().unwrap();
    path
}

fn crowd(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Person{number:02}")).collect()
}

impl Person {
    /// Adds a connector for files.
    pub(crate) async fn add_file_connector(&self, name: &str) {
        self.open_catalogue().await;
        self.within(ABOUT).click("Add").await;
        self.see("About this connector").await;
        self.fill("Name", name).await;
        self.fill("Name of the app", &format!("{name} app")).await;
        self.click("Next").await;
        self.see("takes its place").await;
    }

    /// Uploads a file, from the page of its connector or that for files.
    pub(crate) async fn upload(&self, file: &Path) {
        self.attach("File", file).await;
        self.click("Upload").await;
    }

    /// Opens the page of a run from the list of runs, by something that its row tells.
    pub(crate) async fn open_run(&self, told: &str) {
        let row = self.within(told).text().await;
        let (name, _) = row.split_once(" UTC").unwrap();
        self.within(told).click(&format!("{name} UTC")).await;
        self.see("This run").await;
    }

    async fn upload_another(&self, file: &Path) {
        self.click("Upload a file").await;
        self.see("takes its place").await;
        self.upload(file).await;
    }
}

/// A connector whose first file is believed, with this many people in it.
pub(crate) async fn brought(ada: &Person, name: &str, people: usize) {
    ada.add_file_connector(name).await;
    let file = company(ada.folder(), 0, &crowd(people));
    ada.upload(&file).await;
    ada.see("Connected").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_file_is_brought_believed_and_replaced_and_what_changed_is_told() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.add_file_connector("Archive").await;
    ada.see("Not connected").await;
    // What is no such file is refused with the reason.
    let other = ada.folder().join("notes.c1z");
    std::fs::write(&other, "these are notes").unwrap();
    ada.upload(&other).await;
    ada.see("neither a .c1z file nor a log").await;
    let first = company(ada.folder(), 0, &crowd(12));
    ada.upload(&first).await;
    ada.see("Connected").await;
    ada.see("The account as it was").await;

    let mut people = crowd(11);
    people.push("Grace".to_owned());
    let second = company(ada.folder(), 5, &people);
    ada.upload_another(&second).await;
    ada.see("2 added, 2 removed").await;
    ada.click("Runs").await;
    ada.within("2 added, 2 removed").see("Succeeded").await;
    ada.open_run("2 added, 2 removed").await;
    ada.within("Account added").see("Grace").await;
    ada.click("All changes").await;
    ada.see("compared with what was believed before").await;
    ada.within("Changes").see("Person11").await;
    ada.fill("Search name or ID", "grace").await;
    ada.press("Enter").await;
    ada.see_no("Person11").await;
    ada.within("Changes").see("Billing Member").await;
    ada.click("CSV").await;
    let csv = String::from_utf8(ada.downloaded("changes.csv").await).unwrap();
    assert!(csv.contains("added,account,user,grace,Grace"), "{csv}");
    assert!(!csv.contains("Person11"), "{csv}");
    ada.open("Audit trail").await;
    ada.see("Ada Moreau brought a file for the connector Archive")
        .await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_sync_that_lost_half_is_held_discarded_and_another_confirmed() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    brought(&ada, "Archive", 30).await;
    let half = company(ada.folder(), 5, &crowd(12));
    ada.upload_another(&half).await;
    ada.see("A sync is held").await;
    ada.see("Paused").await;
    ada.click("Look at the difference").await;
    ada.see("Your decision").await;
    ada.within("In numbers").see("18 gone").await;
    ada.see("Person12").await;
    ada.click("Discard this sync").await;
    ada.see("Connected").await;
    ada.see("Discarded").await;
    ada.click("Accounts").await;
    ada.see("Person29").await;

    ada.upload_another(&half).await;
    ada.see("A sync is held").await;
    ada.click("Look at the difference").await;
    ada.click("Confirm changes").await;
    ada.within("Everybody sees it from then on")
        .click("Confirm changes")
        .await;
    ada.see("Connected").await;
    ada.click("Accounts").await;
    ada.see("Person11").await;
    ada.see_no("Person12").await;
    ada.must_be_content().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a browser"]
async fn a_file_is_brought_without_script_and_by_a_command() {
    let mut world = World::new().await;
    let ada = Person::ada(&mut world).await;
    ada.scripts(false).await;
    brought_without_script(&ada).await;
    ada.scripts(true).await;
    ada.reload().await;
    ada.see("the first").await;
    let file = company(ada.folder(), 7, &crowd(14));
    let said = world.say(&["connectors", "upload", "Archive", &file.display().to_string()]);
    assert!(said.contains("were handed over for Archive"), "{said}");
    // Two people, and what they hold.
    ada.see("4 added").await;
    ada.must_be_content().await;
}

async fn brought_without_script(ada: &Person) {
    ada.add_file_connector("Archive").await;
    let file = company(ada.folder(), 0, &crowd(12));
    ada.upload(&file).await;
    ada.see("Last file").await;
}
