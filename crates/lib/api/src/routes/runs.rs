//! What a connector did and said: its runs, its log, its files.

use governance::{LogId, LogLevel, LogPage, LogQuery, OfficeError, TaskId};
use lobby::OpenFile;

use crate::answer::Found;
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get, post};
use crate::input::Nothing;
use crate::page::{Limit, Page, Part, Place, no_cursor};
use crate::problem::Problem;
use crate::shape::runs::{File, Line, LineQuery, PartQuery, Run, RunQuery};

/// How many of the newest runs and files are listed, on all pages.
const NEWEST: u64 = 1_000;

pub(super) fn all() -> [Endpoint; 6] {
    [
        get(
            "/connectors/{connector}/runs",
            "listRuns",
            "Lists the newest runs, the last thousand at most.",
            runs,
        ),
        get(
            "/connectors/{connector}/runs/{run}",
            "getRun",
            "Tells how a run is.",
            run,
        ),
        post(
            "/connectors/{connector}/runs/{run}/cancel",
            "cancelRun",
            "Asks for a run to be stopped.",
            cancel,
        ),
        get(
            "/connectors/{connector}/log",
            "listLogLines",
            "Lists what a connector that runs here said, the newest first.",
            log,
        ),
        get(
            "/connectors/{connector}/files",
            "listFiles",
            "Lists the newest files that a connector handed over.",
            files,
        ),
        get(
            "/connectors/{connector}/files/{file}",
            "downloadFile",
            "Gives a file; that it was taken is written down.",
            file,
        ),
    ]
}

async fn runs(call: Call<RunQuery, Nothing>) -> Result<Found<Page<Run>>, Problem> {
    let query = &call.query;
    let part = Part::of(query.limit, query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let kind = query.kind.map(Into::into);
    let all = office
        .tasks(call.actor(), &call.connector()?, kind, NEWEST)
        .await?;
    let all = all.iter().map(Run::from).collect();
    Ok(Found(part.page(all, |run: &Run| run.id.clone())?))
}

/// A run, if it is this connector's.
async fn named<Q, B>(call: &Call<Q, B>) -> Result<TaskId, Problem> {
    let (connector, run) = (call.connector()?, call.run()?);
    let task = call.inner.lobby.office.task(call.actor(), &run).await?;
    let is_its_own = task.connector == connector;
    Ok(is_its_own.then_some(run).ok_or(OfficeError::Unknown("run"))?)
}

async fn run(call: Call<NoQuery, Nothing>) -> Result<Found<Run>, Problem> {
    let run = named(&call).await?;
    let task = call.inner.lobby.office.task(call.actor(), &run).await?;
    Ok(Found((&task).into()))
}

async fn cancel(call: Call<NoQuery, Nothing>) -> Result<Found<Run>, Problem> {
    let run = named(&call).await?;
    let task = call.inner.lobby.office.cancel(call.actor(), &run).await?;
    Ok(Found((&task).into()))
}

async fn log(call: Call<LineQuery, Nothing>) -> Result<Found<Page<Line>>, Problem> {
    let query = &call.query;
    let run = query.run.as_deref().map(TaskId::parse).transpose();
    let wanted = LogQuery {
        connector: call.connector()?,
        task: run.map_err(|error| Problem::field("run", error))?,
        least: query.level.map_or(LogLevel::Debug, Into::into),
        text: query.search.clone().unwrap_or_default(),
    };
    let page = match Place::of(query.cursor.as_ref())? {
        None => LogPage::Newest,
        Some(Place::Before(place)) => LogPage::Before(LogId::new(place)),
        Some(_) => return Err(no_cursor()),
    };
    let limit = Limit::of(query.limit);
    let office = &call.inner.lobby.office;
    let lines = office.log(call.actor(), &wanted, page, limit).await?;
    let items: Vec<Line> = lines.into_iter().map(Line::from).collect();
    let last = items.last().filter(|_| items.len() as u64 == limit);
    Ok(Found(Page {
        next: last.map(|last| Place::Before(last.place).told()),
        items,
        total: None,
    }))
}

async fn files(call: Call<PartQuery, Nothing>) -> Result<Found<Page<File>>, Problem> {
    let part = Part::of(call.query.limit, call.query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let all = office.files(call.actor(), &call.connector()?, NEWEST).await?;
    let all = all.iter().map(File::from).collect();
    Ok(Found(part.page(all, |file: &File| file.id.clone())?))
}

async fn file(call: Call<NoQuery, Nothing>) -> Result<OpenFile, Problem> {
    let (connector, file) = (call.connector()?, call.file()?);
    Ok(call
        .inner
        .lobby
        .open_file(call.actor(), &connector, &file)
        .await?)
}
