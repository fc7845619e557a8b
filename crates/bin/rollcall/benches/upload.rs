//! A large file on its way from a connector to the service: how much memory both have at most.
//!
//! `cargo bench -p rollcall --bench upload`; `cargo xtask bench` runs it too. The service is a process of its own, and so
//! is the connector, which is this program again: everything that our connectors are made of, around an account that is
//! made up as it is read and that no packing makes smaller.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a measurement that fails says so"
)]
#![expect(clippy::print_stdout, reason = "the numbers are the result")]
#![expect(clippy::indexing_slicing, reason = "a remainder of the length is an index")]

mod plane;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use clap::Parser;
use connector::{
    Actions, ConnectorError, ErrorKind, EventSource, Feed, FeedId, Found, Known, Metadata, Note, Output,
    Owned, Provisioner, Record, Syncer,
};
use governance::{Actor, End, Office, SyncAsked, Task, TaskState};
use model::{Profile, Resource, ResourceId, ResourceType};
use plane::Running;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use runner::{Connect, Connected, Definition, Field, Group, Problem, Surroundings, Values};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Says to this program that it is the connector, and how many MiB there are to read.
const SIZE: &str = "BATON_MEBIBYTES";
/// The characters of a resource: six bits each, which is what is left of them when they are packed.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// How many of them a resource has.
const LETTERS_EACH: usize = 8 << 10;
/// How many resources are read at a time, as from a page.
const PAGE: usize = 50;

#[derive(Parser)]
struct Args {
    /// The size of the file
    #[arg(long, default_value_t = 500)]
    mebibytes: usize,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let environment: runner::Environment = std::env::vars().collect();
    if environment.contains_key(SIZE) {
        let surroundings = Surroundings {
            arguments: vec!["baton-bench".into()],
            environment,
            folder: ".".into(),
            stop: CancellationToken::new(),
        };
        return runner::main(&DEFINITION, &surroundings).into();
    }
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(measure(&Args::parse()));
    ExitCode::SUCCESS
}

async fn measure(args: &Args) {
    let folder = TempDir::new().unwrap();
    let service = plane::serve(folder.path(), None);
    let office = plane::office(folder.path(), None).await;
    let actor = Actor::command("benchmark");
    let authority = format!("localhost:{}", service.address.port());
    let (member, id, secret) = plane::enrol(&office, "Bench", &authority).await;
    let connector = connect(
        args,
        folder.path(),
        (id.as_str(), secret.to_text().expose_secret()),
    );
    let began = Instant::now();
    let asked = office.sync_now(&actor, &member.id, task_service::sync_work).await;
    let SyncAsked::Now(task) = asked.unwrap() else {
        panic!("nobody else asked for one");
    };
    finished(&office, &actor, &task).await;
    let uploads = office.files(&actor, &member.id, 1).await.unwrap();
    println!("| what | measured |\n| --- | ---: |");
    println!("| a file of | {} MiB |", uploads.first().unwrap().size >> 20);
    println!(
        "| read, handed over, checked and kept in | {:.1} s |",
        began.elapsed().as_secs_f64()
    );
    let peak = |process: &Running| plane::memory(process.0.id(), "VmHWM:");
    println!("| peak memory of the connector | {:.1} MiB |", peak(&connector));
    println!(
        "| peak memory of the service | {:.1} MiB |",
        peak(&service.process)
    );
}

/// This program again, as a connector.
fn connect(args: &Args, folder: &Path, (id, secret): (&str, &str)) -> Running {
    let temporary = folder.join("connector");
    std::fs::create_dir(&temporary).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .env_clear()
        .env(SIZE, args.mebibytes.to_string())
        .env("BATON_CLIENT_ID", id)
        .env("BATON_CLIENT_SECRET", secret)
        .env("BATON_C1Z_TEMP_DIR", temporary)
        .env("SSL_CERT_FILE", folder.join("tls").join("authority.pem"))
        .current_dir(folder)
        .stderr(Stdio::null());
    Running(command.spawn().unwrap())
}

/// Waits until it was done.
async fn finished(office: &Office, actor: &Actor, task: &Task) {
    loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let task = office.task(actor, &task.id).await.unwrap();
        match task.state {
            TaskState::Finished { end, .. } => return assert!(matches!(end, End::Succeeded(_)), "{end:?}"),
            TaskState::Waiting { last, .. } => assert_eq!(last, None),
            TaskState::Running(_) => {}
        }
    }
}

const DEFINITION: Definition = Definition {
    name: "baton-bench",
    version: "1",
    display_name: "Bench",
    about: "Reads an account that is made up.",
    examples: "",
    help_url: "",
    icon_url: "",
    fields: &[Field::text("mebibytes", "How much there is to read")],
    groups: &[],
    crates: &[],
    resource_types: types,
    abilities: |_| &[],
    actions: Vec::new,
    event_feeds: Vec::new,
    account_fields: &[],
    prepare,
};

fn types() -> Vec<Arc<ResourceType>> {
    vec![Arc::new(ResourceType {
        id: "thing".into(),
        display_name: "Thing".to_owned(),
        traits: Vec::new(),
        annotations: Vec::new(),
        description: String::new(),
    })]
}

fn prepare(values: &Values, _: Option<&Group>) -> Result<Connect, Vec<Problem>> {
    let mebibytes: usize = values.text("mebibytes").parse().map_err(|_| {
        let problem = Problem::new("this is no number of MiB");
        vec![problem.given_by(values.origin("mebibytes"))]
    })?;
    // Packed, six bits are left of a letter's eight.
    let letters = (mebibytes << 20) / 6 * 8;
    let account = Arc::new(Account {
        resources: letters.div_ceil(LETTERS_EACH),
    });
    Ok(Box::new(move |_| {
        Ok(Connected {
            syncer: account.clone(),
            provisioner: account.clone(),
            actions: account.clone(),
            events: account,
            calls: Arc::new(|| 0),
        })
    }))
}

/// Things with texts that nobody can guess.
struct Account {
    resources: usize,
}

#[async_trait]
impl Syncer for Account {
    fn metadata(&self) -> Metadata {
        Metadata {
            display_name: "Bench".to_owned(),
            description: String::new(),
        }
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        types()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        Ok(Vec::new())
    }

    fn plan(&self) -> Vec<Feed> {
        vec![Feed {
            id: "things".into(),
            title: "things".to_owned(),
            after: Vec::new(),
            owns: vec![Owned::Resources("thing".into())],
        }]
    }

    async fn read(&self, _: &FeedId, _: &dyn Known, out: &mut dyn Output) -> Result<(), ConnectorError> {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for first in (0..self.resources).step_by(PAGE) {
            let page = first..(first + PAGE).min(self.resources);
            let page = page.map(|number| Record::Resource(thing(number, &mut random)));
            out.records(page.collect()).await?;
        }
        Ok(())
    }

    async fn find(&self, _: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        Ok(None)
    }
}

fn thing(number: usize, random: &mut ChaCha8Rng) -> Resource {
    let mut text = vec![0; LETTERS_EACH];
    random.fill(text.as_mut_slice());
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    let text: String = text.iter().map(letter).collect();
    let id = ResourceId::new("thing", number.to_string());
    Resource {
        profile: Some(Profile::from([("text".to_owned(), text.into())])),
        ..Resource::new(id, format!("Thing {number}"))
    }
}

impl Provisioner for Account {}

#[async_trait]
impl Actions for Account {
    async fn invoke(&self, name: &str, _: &Profile) -> Result<Profile, ConnectorError> {
        let message = format!("there is no action `{name}`");
        Err(ConnectorError::new(ErrorKind::NotFound, message))
    }
}

impl EventSource for Account {}
