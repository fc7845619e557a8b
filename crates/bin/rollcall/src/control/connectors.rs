//! Connectors: listed, added, shown, let go.

use std::time::Duration;

use governance::{Connector, Desk, End, Label, Task, TaskKind, TaskRules, TaskState, Worker};
use inspect::{Cell, Column, Ink, Screen, Table, ago};
use proto::baton_service_v1::task::{SyncFullTask, TaskType};

use super::{credentials, place};
use crate::args::{self, Every, Place};
use crate::failure::Failure;
use crate::terminal;

/// How many of the newest tasks are shown with a connector.
const LATELY: u64 = 10;

pub(super) async fn run(place: &Place, order: args::Connectors) -> Result<(), Failure> {
    let desk = place::desk(place, TaskRules::default()).await?;
    match order {
        args::Connectors::List => list(&desk).await,
        args::Connectors::Add { name, sync_every } => add(place, &desk, &name, sync_every).await,
        args::Connectors::Show { name } => show(&desk, &name).await,
        args::Connectors::Sync { name, debug } => sync(&desk, &name, debug).await,
        args::Connectors::Pause { name } => set_paused(&desk, &name, true).await,
        args::Connectors::Resume { name } => set_paused(&desk, &name, false).await,
    }
}

/// What is known of a connector.
struct Known {
    connector: Connector,
    workers: Vec<Worker>,
    sync: Option<Task>,
    label: Label,
}

async fn known(desk: &Desk, connector: Connector) -> Result<Known, Failure> {
    let workers = desk.store().workers(&connector.id).await?;
    let newest = desk.store().tasks(&connector.id, Some(TaskKind::Sync), 1).await?;
    let sync = newest.into_iter().next();
    Ok(Known {
        label: Label::of(&connector, &workers, sync.as_ref(), desk.now()),
        connector,
        workers,
        sync,
    })
}

async fn list(desk: &Desk) -> Result<(), Failure> {
    let mut all = Vec::new();
    for connector in desk.store().connectors().await? {
        all.push(known(desk, connector).await?);
    }
    let now = desk.now();
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

async fn add(place: &Place, desk: &Desk, name: &str, every: Every) -> Result<(), Failure> {
    let Every(every) = every;
    let connector = desk.add_connector(name, every).await?;
    let issued = credentials::issue(place, desk, &connector, None).await?;
    terminal::with_screen(|screen| {
        let said = format!("{} was added. {}", connector.name, schedule(every));
        screen.paragraph(Ink::Plain, "", &said)?;
        Ok(issued.show(screen)?)
    })?;
    Ok(())
}

fn schedule(every: Option<Duration>) -> String {
    let minutes = every.map(|every| every.as_secs() / 60);
    match minutes {
        None => "It reads everything only when it is asked to.".to_owned(),
        Some(minutes) if minutes % (24 * 60) == 0 => {
            format!("It reads everything every {} d.", minutes / (24 * 60))
        }
        Some(minutes) if minutes % 60 == 0 => format!("It reads everything every {} h.", minutes / 60),
        Some(minutes) => format!("It reads everything every {minutes} min."),
    }
}

async fn show(desk: &Desk, name: &str) -> Result<(), Failure> {
    let connector = place::connector(desk, name).await?;
    let known = known(desk, connector).await?;
    let tasks = desk.store().tasks(&known.connector.id, None, LATELY).await?;
    let now = desk.now();
    terminal::with_screen(|screen| {
        let word = screen.look.paint(ink(known.label), &known.label.to_string());
        writeln!(
            screen.out,
            "{}: {word}",
            inspect::clean(known.connector.name.as_str())
        )?;
        screen.paragraph(Ink::Plain, "", &schedule(known.connector.sync_every))?;
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

async fn sync(desk: &Desk, name: &str, debug: bool) -> Result<(), Failure> {
    let connector = place::connector(desk, name).await?;
    let newest = desk.store().tasks(&connector.id, Some(TaskKind::Sync), 1).await?;
    let on_its_way = newest.into_iter().find(|task| !task.is_finished() && !debug);
    let said = if let Some(task) = on_its_way {
        format!("There is a sync on its way already: {}", task.id)
    } else {
        let asked = TaskType::SyncFull(SyncFullTask::default());
        let work = task_service::work(asked, debug).map_err(|error| Failure::new(error, ""))?;
        let task = desk.ask(&connector.id, work).await?;
        format!("Asked for: {}", task.id)
    };
    say(&format!("{said}. `rollcall connectors show` tells how it goes."))
}

async fn set_paused(desk: &Desk, name: &str, paused: bool) -> Result<(), Failure> {
    let connector = place::connector(desk, name).await?;
    desk.set_paused(&connector.id, paused).await?;
    let now = if paused {
        "is paused: what it works on goes on, and nothing new is given to it"
    } else {
        "goes on"
    };
    say(&format!("{} {now}.", connector.name))
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
