//! One connector: one process after the other, until it is to stop.

use std::time::Duration;

use governance::LogLevel;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::log::{Diary, Redaction, pump};
use crate::supervisor::Tools;
use crate::{ClientKey, Exit, Hosted, HostingError, Process};

/// How long a process may take to end once it was asked to.
const LAST_WORK: Duration = Duration::from_secs(25);
/// How often it is looked whether a process can still sign in.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long what it said last is waited for.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Keeps a process of this connector running until it is to stop, and then lets it end.
pub(crate) async fn keep(tools: Tools, hosted: Hosted, stop: CancellationToken) {
    let diary = Diary {
        connector: hosted.connector.clone(),
        sink: tools.logs.clone(),
        clock: tools.clock.clone(),
    };
    let mut backoff = Backoff::default();
    while !stop.is_cancelled() {
        let begun = Instant::now();
        let life = life(&tools, &hosted, &diary, &stop).await;
        if stop.is_cancelled() {
            break;
        }
        let wait = backoff.after(begun.elapsed(), tools.ids.next_bytes());
        diary.say(LogLevel::Warn, told(&life, wait)).await;
        stop.run_until_cancelled(tokio::time::sleep(wait)).await;
    }
}

fn told(life: &Result<Exit, HostingError>, wait: Duration) -> String {
    let seconds = wait.as_secs();
    match life {
        Ok(exit) => format!("the connector's process {exit}; it is started again in {seconds} s"),
        Err(error) => {
            format!("the connector could not be started: {error}; it is tried again in {seconds} s")
        }
    }
}

/// One process, with a key of its own.
async fn life(
    tools: &Tools,
    hosted: &Hosted,
    diary: &Diary,
    stop: &CancellationToken,
) -> Result<Exit, HostingError> {
    let key = tools.keys.issue(&hosted.connector).await?;
    let exit = process(tools, hosted, &key, (diary, stop)).await;
    if let Err(error) = tools.keys.revoke(&key.id).await {
        let connector = &hosted.connector;
        tracing::warn!(%connector, "a key is taken back later, because it could not be now: {error}");
    }
    exit
}

async fn process(
    tools: &Tools,
    hosted: &Hosted,
    key: &ClientKey,
    (diary, stop): (&Diary, &CancellationToken),
) -> Result<Exit, HostingError> {
    let mut launched = tools.launcher.launch(hosted, key).await?;
    diary
        .say(LogLevel::Info, "the connector's process was started".to_owned())
        .await;
    let redaction = Redaction::new(launched.secrets);
    let log = tokio::spawn(pump(launched.log, redaction, diary.clone()));
    let process = launched.process.as_mut();
    let exit = tokio::select! {
        exit = process.ended() => exit,
        () = stop.cancelled() => end(process, diary).await,
        () = taken_back(tools, key) => {
            let said = "the connector's key was taken back, so its process ends";
            diary.say(LogLevel::Warn, said.to_owned()).await;
            end(process, diary).await
        }
    };
    hear_out(log).await;
    if stop.is_cancelled() {
        diary
            .say(
                LogLevel::Info,
                format!("the connector's process {exit}, as it was asked to"),
            )
            .await;
    }
    Ok(exit)
}

/// Returns when a key is good no more. Whoever has it would ask for tasks in vain.
async fn taken_back(tools: &Tools, key: &ClientKey) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Ok(false) = tools.keys.is_good(&key.id).await {
            return;
        }
    }
}

async fn end(process: &mut dyn Process, diary: &Diary) -> Exit {
    process.ask_to_stop();
    if let Ok(exit) = timeout(LAST_WORK, process.ended()).await {
        return exit;
    }
    let said = "the connector's process does not end in time, and is killed";
    diary.say(LogLevel::Warn, said.to_owned()).await;
    process.kill().await;
    process.ended().await
}

/// Lets what a process said last arrive, unless something holds the pipe open.
async fn hear_out(mut log: JoinHandle<()>) {
    if timeout(LAST_WORDS, &mut log).await.is_err() {
        log.abort();
    }
}
