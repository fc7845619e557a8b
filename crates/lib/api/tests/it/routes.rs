//! Every operation × everybody, with keys of every scope: let in or refused as this table says.

use std::fmt::Write as _;

use governance::repository::{Tasks as _, Uploads as _, Write};
use governance::{
    Actor, App, AppId, AppName, AppSource, AppState, Connector, Content, Credential, Digest, Hosting,
    KeyScope, NewConnector, NewPlace, Operator, PublicKey, Role, Schedule, Task, TaskId, TaskKind, Upload,
    UploadId, UploadState, Work,
};
use model::SyncId;
use reqwest::Method;

use crate::operations::{ALL, body, query};
use crate::world::{Answer, World};

/// A world with one of each thing, all of them somebody else's or one's own.
pub(crate) struct Furnished {
    pub(crate) world: World,
    pub(crate) key: String,
    user: Operator,
    pub(crate) owner: Operator,
    app: App,
    pub(crate) connector: Connector,
    credential: Credential,
    task: Task,
    file: UploadId,
}

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    With(Role, KeyScope),
    Owner(KeyScope),
    Nobody,
}

impl Furnished {
    pub(crate) async fn new(who: Who) -> Self {
        let world = World::new().await;
        let somebody_else = world.person("Grace", &[Role::SuperAdministrator]).await;
        let role = match who {
            Who::With(role, _) => role,
            Who::Owner(_) | Who::Nobody => Role::User,
        };
        let own = world.person("Ada", &[role]).await;
        let owner = match who {
            Who::Owner(_) => &own,
            _ => &somebody_else,
        };
        let key = match who {
            Who::With(_, scope) | Who::Owner(scope) => world.key(&own, scope).await.1,
            Who::Nobody => "none".to_owned(),
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
        let (connector, credential) = connector(&world, owner, &app).await;
        let (task, file) = work(&world, &connector).await;
        Self {
            key,
            owner: owner.clone(),
            user: somebody_else,
            app,
            connector,
            credential,
            task,
            file,
            world,
        }
    }

    pub(crate) async fn call(&self, operation: &str) -> Answer {
        let (method, pattern) = operation.split_once(' ').unwrap();
        let path = self.path(pattern) + query(operation);
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let body = body(operation, self.owner.id.as_str());
        self.world.send(&self.key, method, &path, &body).await
    }

    /// What comes back, in a word.
    async fn ask(&self, operation: &str) -> String {
        let found = self.call(operation).await;
        match found.status {
            200..=299 => "yes".to_owned(),
            401 => "key".to_owned(),
            403 => "no".to_owned(),
            404 => "-".to_owned(),
            status => status.to_string(),
        }
    }

    fn path(&self, pattern: &str) -> String {
        pattern
            .replace("{operator}", self.user.id.as_str())
            .replace("{app}", self.app.id.as_str())
            .replace("{connector}", self.connector.id.as_str())
            .replace("{credential}", self.credential.id.as_str())
            .replace("{run}", self.task.id.as_str())
            .replace("{file}", self.file.as_str())
    }
}

/// A connector that is its owner's, with something to sign in with.
async fn connector(world: &World, owner: &Operator, app: &App) -> (Connector, Credential) {
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
    let added = added.unwrap();
    let client_id = |id: &governance::CredentialId| format!("amber-otter-1@localhost/{id}");
    let key = (PublicKey([1; 32]), None);
    let credential = world.office.add_credential(&tests, &added.id, client_id, key);
    let credential = credential.await.unwrap();
    (added, credential)
}

async fn work(world: &World, connector: &Connector) -> (Task, UploadId) {
    let task = Task::new(
        TaskId::new(world.now(), [2; 16]),
        connector.id.clone(),
        Work::new(TaskKind::Hello, None, Vec::new()),
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
    use KeyScope::{Everything, ReadOnly, Users};
    use Role::{ApplicationAdministrator, Auditor, ConnectorAdministrator, SuperAdministrator, User};
    vec![
        ("super", Who::With(SuperAdministrator, Everything)),
        ("su read", Who::With(SuperAdministrator, ReadOnly)),
        ("su users", Who::With(SuperAdministrator, Users)),
        ("connector", Who::With(ConnectorAdministrator, Everything)),
        ("co read", Who::With(ConnectorAdministrator, ReadOnly)),
        ("app", Who::With(ApplicationAdministrator, Everything)),
        ("auditor", Who::With(Auditor, Everything)),
        ("user", Who::With(User, Everything)),
        ("owner", Who::Owner(Everything)),
        ("ow read", Who::Owner(ReadOnly)),
        ("nobody", Who::Nobody),
    ]
}

/// `yes`: it was answered or done, `no`: refused, `-`: it does not exist for them, `key`: only with one; a number is the
/// status of an answer that says why it cannot be done.
#[tokio::test(flavor = "multi_thread")]
async fn every_key_gets_where_it_may_and_nowhere_else() {
    let mut columns = Vec::new();
    for (name, who) in people() {
        let furnished = Furnished::new(who).await;
        let mut column = vec![name.to_owned()];
        for operation in ALL {
            column.push(furnished.ask(operation).await);
        }
        columns.push(column);
    }
    let mut grid = String::new();
    for (line, operation) in std::iter::once("").chain(ALL.iter().copied()).enumerate() {
        write!(grid, "\n{operation:56}").unwrap();
        for column in &columns {
            write!(grid, " {:>9}", column[line]).unwrap();
        }
    }
    insta::assert_snapshot!(grid);
}

/// What is not there is not there for whoever may do everything either; nor is what is no id at all.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_so() {
    let furnished = Furnished::new(Who::With(Role::SuperAdministrator, KeyScope::Everything)).await;
    let unknown = furnished
        .task
        .id
        .as_str()
        .replace(|c: char| c.is_ascii_digit(), "7");
    for operation in ALL.iter().filter(|operation| operation.contains('{')) {
        let (method, pattern) = operation.split_once(' ').unwrap();
        for id in [
            unknown.as_str(),
            "x",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "%00",
            "'%20OR%201=1",
        ] {
            let parts = pattern
                .split('/')
                .map(|part| if part.starts_with('{') { id } else { part });
            let path = parts.collect::<Vec<_>>().join("/") + query(operation);
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let body = body(operation, furnished.owner.id.as_str());
            let found = furnished.world.send(&furnished.key, method, &path, &body).await;
            assert_eq!(
                (found.status, found.code()),
                (404, "not-found".to_owned()),
                "{operation} {id}"
            );
        }
    }
}
