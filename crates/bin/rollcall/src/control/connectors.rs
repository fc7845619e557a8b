//! Connectors: listed, added, shown, let go.

use std::path::Path;

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use governance::{
    ConnectorKind, End, Hosting, Label, NewConnector, Office, Schedule, SyncAsked, Task, TaskState, Worker,
};
use inspect::{Cell, Column, Ink, Screen, Table, ago};
use tokio::io::AsyncReadExt as _;

use super::{credentials, place};
use crate::args::{self, Every, Place};
use crate::bringing::Receiving;
use crate::failure::Failure;
use crate::terminal;

/// How many of the newest tasks are shown with a connector.
const LATELY: u64 = 10;
/// How much of a file is read at once, bytes.
const PIECE: usize = 1 << 20;

pub(super) async fn run(place: &Place, order: args::Connectors) -> Result<(), Failure> {
    let office = place::office(place).await?;
    match order {
        args::Connectors::List => list(&office).await,
        args::Connectors::Add {
            name,
            from_files: true,
            ..
        } => add_for_files(place, &office, &name).await,
        args::Connectors::Add { name, sync_every, .. } => add(place, &office, &name, sync_every).await,
        args::Connectors::Show { name } => show(&office, &name).await,
        args::Connectors::Sync { name, debug } => sync(&office, &name, debug).await,
        args::Connectors::Upload { name, file } => upload(place, &office, &name, &file).await,
        args::Connectors::Pause { name } => pause(&office, &name).await,
        args::Connectors::Resume { name } => resume(&office, &name).await,
    }
}

async fn list(office: &Office) -> Result<(), Failure> {
    let all = office.all_seen(&place::actor()).await?;
    let now = office.now();
    terminal::with_screen(|screen| {
        if all.is_empty() {
            screen.line(
                Ink::Plain,
                "There is no connector yet. `rollcall connectors add NAME` adds one.",
            )?;
            return Ok(());
        }
        let columns = [
            Column::name("Name"),
            Column::id("Status"),
            Column::detail("Last heard of"),
            Column::detail("Last sync"),
            Column::id("ID"),
        ];
        let mut table = Table::new(screen.out, screen.look, columns);
        for known in &all {
            let heard = known.workers.first().map(|worker| ago(worker.last_seen_at, now));
            table.row([
                Cell::from(known.connector.name.as_str()),
                label(known.label),
                Cell::or_dash(&heard.unwrap_or_default()),
                Cell::or_dash(
                    &known
                        .sync
                        .as_ref()
                        .map(|task| state(task, now))
                        .unwrap_or_default(),
                ),
                Cell::from(known.connector.id.as_str()),
            ])?;
        }
        table.finish()?;
        Ok(())
    })?;
    Ok(())
}

async fn add(place: &Place, office: &Office, name: &str, every: Every) -> Result<(), Failure> {
    let Every(every) = every;
    let schedule = every.map_or(Ok(Schedule::Never), Schedule::every);
    let schedule = schedule.map_err(|error| Failure::new(error, "see --sync-every"))?;
    let new = NewConnector::self_hosted(name, schedule);
    let connector = office
        .add_connector(&place::actor(), &new, &place.address)
        .await?;
    let issued = credentials::issue(place, office, &connector, None).await?;
    terminal::with_screen(|screen| {
        let said = format!("{} was added. {}", connector.name, told(&connector.schedule));
        screen.paragraph(Ink::Plain, "", &said)?;
        Ok(issued.show(screen)?)
    })?;
    Ok(())
}

fn told(schedule: &Schedule) -> String {
    format!("It reads everything {schedule}.")
}

async fn show(office: &Office, name: &str) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let known = office.seen(&place::actor(), &connector.id).await?;
    let tasks = office.tasks(&place::actor(), &connector.id, None, LATELY).await?;
    let now = office.now();
    terminal::with_screen(|screen| {
        let word = screen.look.paint(ink(known.label), &known.label.to_string());
        writeln!(
            screen.out,
            "{}: {word}",
            inspect::clean(known.connector.name.as_str())
        )?;
        screen.paragraph(Ink::Plain, "", &told(&known.connector.schedule))?;
        screen.gap()?;
        workers(&known.workers, now, screen)?;
        screen.gap()?;
        Ok(super::tasks::table(&tasks, now, screen)?)
    })?;
    Ok(())
}

fn workers(
    workers: &[Worker],
    now: chrono::DateTime<chrono::Utc>,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    if workers.is_empty() {
        return screen.line(Ink::Plain, "Nobody has reported for it yet.");
    }
    let columns = [
        Column::name("Host"),
        Column::detail("Program"),
        Column::extra("System"),
        Column::id("Last heard of"),
    ];
    let mut table = Table::new(screen.out, screen.look, columns);
    for worker in workers {
        let heard = ago(worker.last_seen_at, now);
        let ink = if worker.is_present(now) {
            Ink::Good
        } else {
            Ink::Faint
        };
        table.row([
            Cell::from(worker.host.as_str()),
            Cell::or_dash(&worker.program),
            Cell::or_dash(&worker.system),
            Cell::new(heard, ink),
        ])?;
    }
    table.finish().map(|_| ())
}

async fn sync(office: &Office, name: &str, debug: bool) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let sync = if debug {
        task_service::debug_sync_work
    } else {
        task_service::sync_work
    };
    let asked = office.sync_now(&place::actor(), &connector.id, sync).await?;
    let said = match asked {
        SyncAsked::Now(task) => format!("Asked for: {}", task.id),
        SyncAsked::Before(task) => format!("There is a sync on its way already: {}", task.id),
    };
    say(&format!("{said}. `rollcall connectors show` tells how it goes."))
}

/// Adds a connector for files that somebody brings.
async fn add_for_files(place: &Place, office: &Office, name: &str) -> Result<(), Failure> {
    let new = NewConnector {
        kind: ConnectorKind::File,
        hosting: Hosting::ByHand,
        ..NewConnector::self_hosted(name, Schedule::Never)
    };
    let connector = office
        .add_connector(&place::actor(), &new, &place.address)
        .await?;
    say(&format!(
        "{0} was added. `rollcall connectors upload {0} FILE` brings a file for it.",
        connector.name
    ))
}

async fn upload(place: &Place, office: &Office, name: &str, file: &Path) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let actor = place::actor();
    office.may_bring(&actor, &connector.id).await?;
    let receiving = Receiving {
        files: place::files(place)?,
        settings: task_service::Settings::default(),
        folder: place.data.join("spool"),
    };
    let unreadable = |error| Failure::new(error, "give a .c1z file of a full sync");
    let source = tokio::fs::File::open(file).await.map_err(unreadable)?;
    let brought = receiving.receive(Box::pin(pieces(source))).await;
    let brought = brought.map_err(|error| Failure::new(error, "give a .c1z file of a full sync"))?;
    let upload = office
        .begin_file(&actor, &connector.id, &receiving.described(&brought))
        .await?;
    let stored = brought.store(&receiving.files, &upload.key).await;
    stored.map_err(|error| Failure::new(error, "see --data and --files"))?;
    office.finish_file(&actor, &upload).await?;
    say(&format!(
        "{} bytes were handed over for {}. `rollcall serve` compares them with the file before, and believes or holds them.",
        upload.size, connector.name
    ))
}

/// What a file holds, piece by piece.
fn pieces(file: tokio::fs::File) -> impl Stream<Item = std::io::Result<Bytes>> {
    futures_util::stream::try_unfold(file, |mut file| async {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await?;
        Ok((read > 0).then(|| (piece.freeze(), file)))
    })
}

async fn pause(office: &Office, name: &str) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    office.pause(&place::actor(), &connector.id).await?;
    say(&format!(
        "{} is paused: what it works on goes on, and nothing new is given to it.",
        connector.name
    ))
}

async fn resume(office: &Office, name: &str) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    office
        .resume(&place::actor(), &connector.id, task_service::sync_work)
        .await?;
    say(&format!("{} goes on, with a sync.", connector.name))
}

/// One sentence for the terminal.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    terminal::with_screen(|screen| Ok(screen.paragraph(Ink::Plain, "", text)?))?;
    Ok(())
}

fn label(label: Label) -> Cell {
    Cell::new(label.to_string(), ink(label))
}

fn ink(label: Label) -> Ink {
    match label {
        Label::Connected => Ink::Good,
        Label::Syncing => Ink::Plain,
        Label::NotConnected | Label::Paused => Ink::Caution,
        Label::Error => Ink::Alarm,
    }
}

/// How far a task is, in a few words.
pub(super) fn state(task: &Task, now: chrono::DateTime<chrono::Utc>) -> String {
    match &task.state {
        TaskState::Waiting { last: None, .. } => "waiting".to_owned(),
        TaskState::Waiting {
            last: Some(failure), ..
        } => format!("to be tried again: {}", failure.message),
        TaskState::Running(attempt) if attempt.stop_asked_at.is_some() => {
            format!("stopping on {}", attempt.host)
        }
        TaskState::Running(attempt) => format!("running on {}", attempt.host),
        TaskState::Finished { at, end, .. } => match end {
            End::Succeeded(_) => format!("done {}", ago(*at, now)),
            End::Cancelled => format!("cancelled {}", ago(*at, now)),
            End::Failed(failure) => format!("failed {}: {}", ago(*at, now), failure.message),
        },
    }
}
