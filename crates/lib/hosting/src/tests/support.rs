//! What stands around a supervisor; everything that happens is written down with the second that it happens in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::{ConnectorId, CredentialId, LogLine};
use model::{Clock, SeededIds};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    ClientKey, Exit, Hosted, HostingError, Keys, Launched, Launcher, LogSink, Process, Supervisor, Tools,
    Wanted,
};

pub(super) fn connector(number: u8) -> ConnectorId {
    ConnectorId::new(DateTime::UNIX_EPOCH, [number; 16])
}

pub(super) fn hosted(number: u8, revision: i64) -> Hosted {
    Hosted {
        connector: connector(number),
        revision,
        settings: Vec::new(),
    }
}

/// How a process lives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    /// After how many seconds it ends by itself.
    pub(super) lasts: u64,
    /// With which exit code.
    pub(super) code: i32,
    /// How many seconds it takes to end when it is asked to.
    pub(super) last_work: u64,
    /// What it logs.
    pub(super) says: &'static str,
}

impl Life {
    pub(super) const LONG: Self = Self {
        lasts: 1_000_000,
        code: 0,
        last_work: 2,
        says: "",
    };
    pub(super) const FAILING: Self = Self {
        lasts: 3,
        code: 2,
        ..Self::LONG
    };
}

/// The world of one test.
pub(super) struct World {
    begun: Instant,
    happened: Mutex<Vec<String>>,
    wanted: watch::Sender<Option<Vec<Hosted>>>,
    /// How each next process of a connector lives; the last one again and again.
    lives: Mutex<HashMap<ConnectorId, Vec<Life>>>,
    names: HashMap<ConnectorId, u8>,
    keys: Mutex<u8>,
    /// Keys that somebody took back by hand.
    taken_back: Mutex<Vec<CredentialId>>,
}

impl World {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            begun: Instant::now(),
            happened: Mutex::default(),
            wanted: watch::Sender::new(Some(Vec::new())),
            lives: Mutex::default(),
            names: (1..5).map(|number| (connector(number), number)).collect(),
            keys: Mutex::new(0),
            taken_back: Mutex::default(),
        })
    }

    /// Wants these from now on; with `None` nobody can tell.
    pub(super) fn want(&self, wanted: Option<Vec<Hosted>>) {
        self.wanted.send_replace(wanted);
    }

    pub(super) fn live(&self, number: u8, mut lives: Vec<Life>) {
        lives.reverse();
        self.lives.lock().unwrap().insert(connector(number), lives);
    }

    /// Somebody takes a key back by hand.
    pub(super) fn take_back(&self, number: u8) {
        let key = CredentialId::new(DateTime::UNIX_EPOCH, [number; 16]);
        self.taken_back.lock().unwrap().push(key);
    }

    pub(super) fn note(&self, what: &str) {
        let second = self.begun.elapsed().as_secs();
        self.happened.lock().unwrap().push(format!("{second:>4} {what}"));
    }

    /// Runs a supervisor for so many seconds, and gives everything that has happened until its end.
    pub(super) async fn run(self: &Arc<Self>, seconds: u64) -> String {
        let running = self.begin();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        self.end(running).await
    }

    pub(super) fn begin(self: &Arc<Self>) -> (CancellationToken, tokio::task::JoinHandle<()>) {
        let tools = Tools {
            launcher: self.clone(),
            keys: self.clone(),
            logs: self.clone(),
            clock: self.clone(),
            ids: Arc::new(SeededIds::new(0)),
        };
        let (supervisor, stop) = (Supervisor::new(self.clone(), tools), CancellationToken::new());
        let asked = stop.clone();
        (stop, tokio::spawn(async move { supervisor.run(asked).await }))
    }

    pub(super) async fn end(&self, running: (CancellationToken, tokio::task::JoinHandle<()>)) -> String {
        let (stop, supervisor) = running;
        self.note("stop");
        stop.cancel();
        supervisor.await.unwrap();
        self.note("the end");
        std::mem::take(&mut *self.happened.lock().unwrap()).join("\n")
    }

    fn name(&self, connector: &ConnectorId) -> u8 {
        self.names[connector]
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

impl Clock for World {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap() + self.begun.elapsed()
    }
}

#[async_trait]
impl Wanted for World {
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError> {
        let wanted = self.wanted.borrow().clone();
        wanted.ok_or_else(|| HostingError::Other("the database is away".to_owned()))
    }

    async fn changed(&self) {
        self.wanted.subscribe().changed().await.unwrap();
    }
}

#[async_trait]
impl Keys for World {
    async fn issue(&self, _: &ConnectorId) -> Result<ClientKey, HostingError> {
        let number = {
            let mut keys = self.keys.lock().unwrap();
            *keys += 1;
            *keys
        };
        Ok(ClientKey {
            id: CredentialId::new(DateTime::UNIX_EPOCH, [number; 16]),
            client_id: format!("key-{number}"),
            secret: format!("secret of key {number}").into(),
        })
    }

    async fn is_good(&self, key: &CredentialId) -> Result<bool, HostingError> {
        let taken_back = self.taken_back.lock().unwrap();
        Ok(!taken_back.contains(key))
    }

    async fn revoke(&self, key: &CredentialId) -> Result<(), HostingError> {
        let number = (1..=*self.keys.lock().unwrap())
            .find(|number| CredentialId::new(DateTime::UNIX_EPOCH, [*number; 16]) == *key);
        self.note(&format!("key {} taken back", number.unwrap()));
        Ok(())
    }
}

#[async_trait]
impl Launcher for World {
    async fn launch(&self, hosted: &Hosted, key: &ClientKey) -> Result<Launched, HostingError> {
        let name = self.name(&hosted.connector);
        let life = {
            let mut lives = self.lives.lock().unwrap();
            let lives = lives.get_mut(&hosted.connector).unwrap();
            if lives.len() > 1 {
                lives.pop()
            } else {
                lives.last().copied()
            }
        };
        let life = life.ok_or_else(|| HostingError::Other("no such program".to_owned()))?;
        self.note(&format!(
            "{name} starts, revision {}, {}",
            hosted.revision, key.client_id
        ));
        Ok(Launched {
            process: Box::new(Fake {
                code: life.code,
                last_work: Duration::from_secs(life.last_work),
                end: Instant::now() + Duration::from_secs(life.lasts),
                killed: false,
            }),
            log: Box::new(life.says.as_bytes()),
            secrets: vec![key.secret.clone()],
        })
    }
}

#[async_trait]
impl LogSink for World {
    async fn write(&self, lines: Vec<LogLine>) {
        for line in lines {
            let name = self.name(&line.connector);
            self.note(&format!("{name} {}: {}", line.level, line.message));
        }
    }
}

struct Fake {
    code: i32,
    last_work: Duration,
    end: Instant,
    killed: bool,
}

#[async_trait]
impl Process for Fake {
    async fn ended(&mut self) -> Exit {
        tokio::time::sleep_until(self.end).await;
        if self.killed {
            Exit::Killed
        } else {
            Exit::Code(self.code)
        }
    }

    fn ask_to_stop(&mut self) {
        self.end = self.end.min(Instant::now() + self.last_work);
    }

    async fn kill(&mut self) {
        self.killed = true;
        self.end = Instant::now();
    }
}
