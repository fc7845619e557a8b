//! Tasks: listed, stopped.

use chrono::{DateTime, Utc};
use governance::{End, Task, TaskId, TaskState};
use inspect::{Cell, Column, Ink, Screen, Table, ago};

use super::{connectors, place};
use crate::args::{self, Place};
use crate::failure::Failure;
use crate::terminal;

/// How many of the newest are listed.
const LISTED: u64 = 50;

pub(super) async fn run(place: &Place, order: args::Tasks) -> Result<(), Failure> {
    let office = place::office(place).await?;
    match order {
        args::Tasks::List { connector } => {
            let connector = place::connector(&office, &connector).await?;
            let tasks = office.tasks(&place::actor(), &connector.id, None, LISTED).await?;
            let now = office.now();
            terminal::with_screen(|screen| Ok(table(&tasks, now, screen)?))?;
            Ok(())
        }
        args::Tasks::Cancel { id } => {
            let id = TaskId::parse(&id)
                .map_err(|error| Failure::new(error, "`rollcall tasks list CONNECTOR` lists them"))?;
            let task = office.cancel(&place::actor(), &id).await?;
            connectors::say(match task.state {
                TaskState::Running(_) => "Whoever works on it is told to stop with the next sign of life.",
                _ => "It is cancelled.",
            })
        }
    }
}

/// Tasks, the newest first.
pub(super) fn table(tasks: &[Task], now: DateTime<Utc>, screen: &mut Screen<'_>) -> std::io::Result<()> {
    if tasks.is_empty() {
        return screen.line(Ink::Plain, "It was not asked to do anything yet.");
    }
    let columns = [
        Column::name("Task"),
        Column::id("Asked for"),
        Column::number("Tries"),
        Column::detail("Status"),
        Column::extra("ID"),
    ];
    let mut table = Table::new(screen.out, screen.look, columns);
    for task in tasks {
        table.row([
            Cell::from(task.work.kind.as_str()),
            Cell::from(ago(task.created_at, now)),
            Cell::from(task.tries.to_string()),
            Cell::new(connectors::state(task, now), ink(task)),
            Cell::from(task.id.as_str()),
        ])?;
    }
    table.finish().map(|_| ())
}

fn ink(task: &Task) -> Ink {
    match &task.state {
        TaskState::Waiting { last: None, .. } | TaskState::Running(_) => Ink::Plain,
        TaskState::Waiting { .. } => Ink::Caution,
        TaskState::Finished { end, .. } => match end {
            End::Succeeded(_) => Ink::Good,
            End::Cancelled => Ink::Faint,
            End::Failed(_) => Ink::Alarm,
        },
    }
}
