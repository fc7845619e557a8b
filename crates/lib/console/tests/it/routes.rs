//! Every address × everybody: let in or refused as this table says.

use std::fmt::Write as _;

use governance::repository::AuditFilter;
use governance::repository::{
    Connectors as _, Credentials as _, Letters as _, People as _, Places as _, Tasks as _, Uploads as _,
    Write,
};
use governance::{
    Actor, ApiKey, App, AppId, AppName, AppSource, AppState, Connector, Content, Credential, Digest, Hosting,
    KeyLife, KeyScope, NewApiKey, NewConnector, NewPlace, Operator, Passkey, PasskeyId, PublicKey, Role,
    Schedule, SessionScope, Task, TaskId, TaskKind, Upload, UploadId, UploadState, Work,
};
use model::SyncId;

use crate::world::{Browser, World};

/// What stands in addresses.
const ADDRESSES: &[&str] = &[
    "GET /",
    "GET /account",
    "GET /account/keys",
    "GET /users",
    "GET /users/add",
    "GET /users/keys",
    "GET /users/import",
    "GET /users/provisioning",
    "GET /users/{user}",
    "GET /apps",
    "GET /apps/add",
    "GET /apps/import",
    "GET /apps/{app}",
    "GET /connectors",
    "GET /connectors.csv",
    "GET /connectors/add",
    "GET /connectors/add/{kind}",
    "GET /connectors/{connector}",
    "GET /connectors/{connector}/settings",
    "GET /connectors/{connector}/change",
    "GET /connectors/{connector}/keys",
    "GET /connectors/{connector}/log",
    "GET /connectors/{connector}/log/live",
    "GET /connectors/{connector}/log.txt",
    "GET /connectors/{connector}/files/{file}",
    "GET /connectors/{connector}/file",
    "GET /connectors/{connector}/held",
    "GET /connectors/{connector}/runs",
    "GET /connectors/{connector}/runs/{task}",
    "GET /connectors/{connector}/runs/{task}/changes",
    "GET /connectors/{connector}/runs/{task}/changes.csv",
    "GET /connectors/{connector}/accounts",
    "GET /connectors/{connector}/accounts.csv",
    "GET /connectors/{connector}/account?type=user&id=u1",
    "GET /connectors/{connector}/entitlements",
    "GET /connectors/{connector}/entitlement?id=e1",
    "GET /audit",
    "GET /audit.jsonl",
    "GET /mail",
    "GET /single-sign-on",
    "GET /sign-in",
    "GET /sign-in/sso",
    "GET /sign-in/sso/back",
    "GET /sign-in/code",
    "GET /second-factor",
    "GET /set-up/{token}",
    "GET /welcome/{token}",
    "GET /demo/{token}",
    "GET /assets/{name}",
    "POST /account/password",
    "POST /account/sessions/{session}/end",
    "POST /account/keys",
    "POST /account/keys/{apikey}/revoke",
    "POST /account/passkeys",
    "POST /account/passkeys/{passkey}/remove",
    "POST /account/link",
    "POST /account/unlink",
    "POST /users",
    "POST /users/keys/{apikey}/revoke",
    "POST /users/import",
    "POST /users/provisioning",
    "POST /users/provisioning/groups",
    "POST /users/provisioning/groups/remove",
    "POST /users/{user}/roles",
    "POST /users/{user}/end-sessions",
    "POST /users/{user}/deactivate",
    "POST /users/{user}/reactivate",
    "POST /single-sign-on",
    "POST /single-sign-on/test",
    "POST /single-sign-on/on",
    "POST /single-sign-on/off",
    "POST /single-sign-on/remove",
    "POST /apps",
    "POST /apps/import",
    "POST /apps/manage",
    "POST /apps/{app}",
    "POST /connectors/add/{kind}",
    "POST /connectors/{connector}/settings",
    "POST /connectors/{connector}/change",
    "POST /connectors/{connector}/keys",
    "POST /connectors/{connector}/keys/{key}/revoke",
    "POST /connectors/{connector}/sync",
    "POST /connectors/{connector}/cancel/{task}",
    "POST /connectors/{connector}/pause",
    "POST /connectors/{connector}/resume",
    "POST /connectors/{connector}/ask-again",
    "POST /connectors/{connector}/file",
    "POST /connectors/{connector}/held/confirm",
    "POST /connectors/{connector}/held/discard",
    "POST /connectors/{connector}/remove",
    "POST /set-up/{token}",
    "POST /welcome/{token}",
    "POST /demo/{token}",
    "POST /second-factor",
    "POST /second-factor/passkey",
    "POST /sign-in/code/passkey",
    "POST /sign-in/passkey",
    "POST /sign-in/code",
    "POST /sign-in",
    "POST /sign-out",
];

/// A world with one of each thing, all of them somebody else's or one's own.
struct Furnished {
    world: World,
    someone: Browser,
    session: String,
    passkey: PasskeyId,
    user: Operator,
    owner: Operator,
    app: App,
    connector: Connector,
    key: Credential,
    api_key: ApiKey,
    task: Task,
    file: UploadId,
}

/// Who asks.
#[derive(Clone, Copy)]
enum Who {
    With(Role),
    Owner,
    Half(SessionScope),
    Nobody,
}

impl Furnished {
    async fn new(who: Who) -> Self {
        let world = World::new().await;
        let somebody_else = world.person("Grace", &[Role::SuperAdministrator]).await;
        let roles = match who {
            Who::With(role) => vec![role],
            // Who has shown their password only would be able to do everything.
            Who::Half(_) => vec![Role::SuperAdministrator],
            Who::Owner | Who::Nobody => vec![Role::User],
        };
        let own = world.person("Ada", &roles).await;
        let owner = match who {
            Who::Owner => &own,
            _ => &somebody_else,
        };
        let (_, session) = world.signed_in(&own).await;
        let someone = match who {
            Who::Nobody => Browser::without_session(),
            Who::Half(scope) => world.with_session(&own, scope).await.0,
            _ => world.signed_in(&own).await.0,
        };
        let app = App {
            id: AppId::new(world.now(), [1; 16]),
            name: AppName::parse("Mail").unwrap(),
            state: AppState::Managed,
            source: AppSource::ByHand,
            owners: vec![owner.id.clone()],
            created_at: world.now(),
        };
        world.write(&[Write::AddApp(app.clone())]).await;
        let connector = connector(&world, owner, &app).await;
        let tests = Actor::command("tests");
        let key = world
            .office
            .add_credential(
                &tests,
                &connector.id,
                |id| format!("amber-otter-1@localhost/{id}"),
                (PublicKey([1; 32]), None),
            )
            .await
            .unwrap();
        let api_key = api_key(&world, owner).await;
        let (task, file) = work(&world, &connector).await;
        Self {
            someone,
            session: session.id.to_string(),
            passkey: passkey(&world, &own).await,
            owner: owner.clone(),
            user: somebody_else,
            app,
            connector,
            key,
            api_key,
            task,
            file,
            world,
        }
    }

    /// What comes back, in a word.
    async fn ask(&self, address: &str) -> String {
        let (method, pattern) = address.split_once(' ').unwrap();
        let path = self.path(pattern);
        let found = if method == "GET" {
            self.world.get(&self.someone, &path).await
        } else {
            let fields = [
                ("name", self.name(pattern)),
                ("owner", self.owner.id.as_str()),
                ("role", "super-administrator"),
                ("schedule", "never"),
                ("email", "new@example.com"),
            ];
            self.world.post(&self.someone, &path, &fields).await
        };
        match (found.status, found.location()) {
            (303, Some(to)) if to.starts_with("/sign-in") && pattern != "/sign-out" => "sign in".to_owned(),
            (200..=299 | 303, _) => "yes".to_owned(),
            (403, _) => "no".to_owned(),
            (404, _) => "-".to_owned(),
            (status, _) => status.to_string(),
        }
    }

    fn name(&self, pattern: &str) -> &str {
        if pattern.ends_with("/remove") || pattern.ends_with("/change") {
            self.connector.name.as_str()
        } else {
            "Another"
        }
    }

    fn path(&self, pattern: &str) -> String {
        pattern
            .replace("{user}", self.user.id.as_str())
            .replace("{app}", self.app.id.as_str())
            .replace("{connector}", self.connector.id.as_str())
            .replace("{kind}", "cloudflare")
            .replace("{file}", self.file.as_str())
            .replace("{session}", &self.session)
            .replace("{passkey}", self.passkey.as_str())
            .replace("{key}", self.key.id.as_str())
            .replace("{apikey}", self.api_key.id.as_str())
            .replace("{task}", self.task.id.as_str())
            .replace("{token}", "none")
            .replace("/assets/{name}", &ui::assets::url("style.css"))
    }
}

/// One of two that they have.
async fn passkey(world: &World, of: &Operator) -> PasskeyId {
    let passkeys = [1, 2].map(|number| Passkey {
        id: PasskeyId::new(world.now(), [number; 16]),
        operator: of.id.clone(),
        credential: vec![number],
        key: Vec::new(),
        count: 0,
        name: "Laptop".to_owned(),
        created_at: world.now(),
        used_at: None,
    });
    let first = passkeys[0].id.clone();
    world.write(&passkeys.map(Write::AddPasskey)).await;
    first
}

/// A connector that is its owner's.
async fn connector(world: &World, owner: &Operator, app: &App) -> Connector {
    let new = NewConnector {
        name: "Example".to_owned(),
        kind: governance::ConnectorKind::Cloudflare,
        hosting: Hosting::Hosted,
        place: NewPlace::App(app.id.clone()),
        owners: vec![owner.id.clone()],
        schedule: Schedule::Never,
    };
    let tests = Actor::command("tests");
    let added = world.office.add_connector(&tests, &new, "localhost").await;
    added.unwrap()
}

/// A key with which a program acts for its owner.
async fn api_key(world: &World, owner: &Operator) -> ApiKey {
    let (_, session) = world.signed_in(owner).await;
    let whose = governance::Whose {
        session,
        operator: owner.clone(),
    };
    let (_, hash) = world.new_token(authn::TokenKind::ApiKey);
    let new = NewApiKey {
        name: "deploy",
        scope: KeyScope::ReadOnly,
        life: KeyLife::Week,
    };
    let actor = whose.actor(None, None);
    let added = world.office.add_api_key(&actor, &new, (hash, "Ab1_"));
    added.await.unwrap()
}

async fn work(world: &World, connector: &Connector) -> (Task, UploadId) {
    let task = Task::new(
        TaskId::new(world.now(), [2; 16]),
        connector.id.clone(),
        Work::new(TaskKind::Sync, None, Vec::new()),
        world.now(),
    );
    world.database.add_task(&task).await.unwrap();
    let upload = Upload {
        id: UploadId::new(world.now(), [3; 16]),
        connector: connector.id.clone(),
        task: task.id.clone(),
        attempt: governance::AttemptId::new(world.now(), [3; 16]),
        content: Content::Sync(SyncId::new("sync")),
        size: 3,
        digest: Digest([0; 32]),
        key: "somewhere".to_owned(),
        state: UploadState::Kept { at: world.now() },
        keep_until: world.now(),
    };
    world.database.add_upload(&upload).await.unwrap();
    (task, upload.id)
}

fn people() -> Vec<(&'static str, Who)> {
    let roles = ["super", "connector", "app", "campaign", "auditor", "user"];
    let mut people: Vec<_> = roles.into_iter().zip(Role::ALL.map(Who::With)).collect();
    people.extend([
        ("owner", Who::Owner),
        ("nobody", Who::Nobody),
        ("half", Who::Half(SessionScope::AwaitingCode)),
        ("set-up", Who::Half(SessionScope::SetUpOnly)),
    ]);
    people
}

/// `yes`: it was answered or done, `no`: refused, `-`: it does not exist for them, `sign in`: only after that; a number
/// is the status of an answer that says what is wrong with what was asked.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_where_they_may_and_nowhere_else() {
    let mut columns = Vec::new();
    for (name, who) in people() {
        let furnished = Furnished::new(who).await;
        let mut column = vec![name.to_owned()];
        for address in ADDRESSES {
            column.push(furnished.ask(address).await);
        }
        columns.push(column);
    }
    let mut grid = String::new();
    for (line, address) in std::iter::once("").chain(ADDRESSES.iter().copied()).enumerate() {
        write!(grid, "\n{address:48}").unwrap();
        for column in &columns {
            write!(grid, " {:>9}", column[line]).unwrap();
        }
    }
    insta::assert_snapshot!(grid);
}

/// What is not there is not there for whoever may do everything either; nor is what is no id at all.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_so() {
    let furnished = Furnished::new(Who::With(Role::SuperAdministrator)).await;
    let world = &furnished.world;
    let unknown = furnished
        .task
        .id
        .as_str()
        .replace(|c: char| c.is_ascii_digit(), "7");
    for address in ADDRESSES {
        let (method, pattern) = address.split_once(' ').unwrap();
        let is_named = [
            "{user}",
            "{app}",
            "{connector}",
            "{session}",
            "{key}",
            "{apikey}",
            "{task}",
            "{file}",
            "{passkey}",
        ]
        .iter()
        .any(|part| pattern.contains(part));
        if !is_named {
            continue;
        }
        for id in [
            unknown.as_str(),
            "x",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "%00",
            "' OR 1=1 --",
        ] {
            let parts = pattern.split('/').map(|part| match part {
                "{user}" | "{app}" | "{connector}" | "{session}" | "{key}" | "{apikey}" | "{task}"
                | "{file}" | "{passkey}" => id,
                part => part,
            });
            let path: Vec<_> = parts.collect();
            let path = path.join("/");
            let found = if method == "GET" {
                world.get(&furnished.someone, &path).await
            } else {
                let owner = furnished.owner.id.as_str();
                let fields = [("name", "Example"), ("owner", owner), ("role", "user")];
                world.post(&furnished.someone, &path, &fields).await
            };
            assert_eq!(found.status, 404, "{method} {path}: {}", found.text);
        }
    }
}

/// Looking changes nothing, whatever is looked at; and what changes something cannot be looked at.
#[tokio::test(flavor = "multi_thread")]
async fn looking_changes_nothing() {
    let furnished = Furnished::new(Who::With(Role::SuperAdministrator)).await;
    let database = &furnished.world.database;
    let state = async || {
        (
            database.operators().await.unwrap(),
            database.apps().await.unwrap(),
            database.connectors().await.unwrap(),
            database.installations().await.unwrap(),
            database.all_settings().await.unwrap(),
            database.credentials(&furnished.connector.id).await.unwrap(),
            database.tasks(&furnished.connector.id, None, 10).await.unwrap(),
            database.letters(10).await.unwrap(),
        )
    };
    let before = state().await;
    for address in ADDRESSES {
        let (method, pattern) = address.split_once(' ').unwrap();
        let path = furnished.path(pattern);
        let found = furnished.world.get(&furnished.someone, &path).await;
        let is_page = method == "GET" || ADDRESSES.contains(&format!("GET {pattern}").as_str());
        assert_eq!(found.status != 405, is_page, "{address}: {}", found.status);
    }
    assert_eq!(state().await, before);
    assert_eq!(
        furnished.world.get(&furnished.someone, "/account").await.status,
        200
    );
}

/// No address is left out of the table.
#[test]
fn the_table_has_every_address() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    let mut folders = vec![sources];
    let mut missing = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for after in source.split(".route(").skip(1) {
                let Some(pattern) = after.trim_start().strip_prefix('"') else {
                    continue;
                };
                let pattern = pattern.split('"').next().unwrap();
                let is_same = |address: &&str| {
                    let path = address.split_once(' ').unwrap().1;
                    shape(path.split('?').next().unwrap()) == shape(pattern)
                };
                if !ADDRESSES.iter().any(is_same) {
                    missing.push(pattern.to_owned());
                }
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

/// An address without the names of what stands in it.
fn shape(pattern: &str) -> Vec<&str> {
    let parts = pattern.split('/');
    parts
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect()
}

/// Whoever tried what they may not is written down, with what it was.
#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_in_the_trail() {
    let furnished = Furnished::new(Who::With(Role::User)).await;
    let world = &furnished.world;
    assert_eq!(furnished.ask("GET /users").await, "no");
    assert_eq!(furnished.ask("POST /users").await, "no");
    let tests = Actor::command("tests");
    let (newest, _) = world
        .office
        .audit(&tests, &AuditFilter::default(), 0, 2)
        .await
        .unwrap();
    let said: Vec<_> = newest
        .iter()
        .map(|entry| {
            let draft = &entry.draft;
            let from = draft.from.as_deref().unwrap_or_default();
            format!(
                "{} ({}, {from}) {} {}",
                draft.actor,
                draft.via,
                draft.says(),
                draft.object.name
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "Ada (session, 127.0.0.1) was refused: change who uses this console",
            "Ada (session, 127.0.0.1) was refused: see who uses this console",
        ]
    );
}
