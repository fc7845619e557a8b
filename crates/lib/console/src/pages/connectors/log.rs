//! What a connector did and said: its syncs, its log while it runs, its files.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use governance::{
    Action, ConnectorId, Content, LogId, LogPage, LogQuery, OfficeError, Seen, Task, TaskId, Upload,
    UploadId, UploadState,
};
use ui::table::{Cell, Column, Row, Table, TableQuery};
use ui::{Button, Card, EmptyState, Html, Icon, Link, LogEntry, LogLevel, LogView, PostButton, Time};

use super::head::{Side, crumbs, head, path};
use super::{named, show};
use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::words;
use crate::web::{Failed, Outcome, Signed};

/// How many lines are shown at once.
const LINES: u64 = 500;
/// How many lines a download has at most.
const DOWNLOADED: u64 = 200_000;

/// Which lines somebody wants.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Wanted {
    task: Option<String>,
    #[serde(default)]
    q: String,
    after: Option<i64>,
}

impl Wanted {
    fn query(&self, connector: ConnectorId) -> Result<LogQuery, Failed> {
        let task = self.task.as_deref().map(TaskId::parse).transpose();
        Ok(LogQuery {
            task: task.map_err(OfficeError::from)?,
            text: self.q.trim().to_owned(),
            ..LogQuery::all(connector)
        })
    }

    /// The same as an address has it.
    fn rest(&self) -> String {
        let mut rest = form_urlencoded::Serializer::new(String::new());
        if let Some(task) = &self.task {
            rest.append_pair("task", task);
        }
        if !self.q.is_empty() {
            rest.append_pair("q", &self.q);
        }
        rest.finish()
    }
}

/// Syncs as a table, the newest first.
pub(super) fn syncs(signed: &Signed, seen: &Seen, syncs: &[Task]) -> Html {
    let state = TableQuery::parse("");
    let table = Table {
        id: "syncs",
        label: "Syncs",
        columns: vec![
            Column::new("asked", "Asked for"),
            Column::new("status", "Status"),
            Column::new("tries", "Tries").numeric(),
            Column::new("more", "What happened"),
            Column::new("do", "Do"),
        ],
        rows: syncs.iter().map(|task| row(signed, seen, task)).collect(),
        state: &state,
        total: syncs.len() as u64,
        filters: Vec::new(),
        search_placeholder: "",
        empty: EmptyState::new(
            Icon::Refresh,
            "No sync yet",
            "The first one begins once it can reach the account.",
        ),
        bulk: None,
        csv_href: None,
    };
    Html::from(table)
}

fn row(signed: &Signed, seen: &Seen, task: &Task) -> Row {
    let here = path(&seen.connector.id);
    let may_run = signed.actor.may(Action::RunConnector(&seen.installation)).is_ok();
    let stop = (may_run && show::is_open(task)).then(|| {
        PostButton::new(
            Button::submit("Stop").quiet(),
            format!("{here}/cancel/{}", task.id),
            csrf(signed),
        )
    });
    let cells = vec![
        Cell::piece(Time::ago(task.created_at)),
        Cell::piece(words::task(task)),
        Cell::number(task.tries.into()),
        words::trouble(task).map_or_else(Cell::none, Cell::text),
        Cell::piece(
            Html::from(Link::new("Log", format!("{here}/log?task={}", task.id)))
                .and(stop.map(Html::from).unwrap_or_default()),
        ),
    ];
    Row::new(task.id.as_str(), cells)
}

pub(super) async fn log(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let query = wanted.query(id.clone())?;
    let mut lines = inner
        .office
        .log(&signed.actor, &query, LogPage::Newest, LINES)
        .await?;
    lines.reverse();
    let last = lines.last().map_or(0, |entry| entry.id.number());
    let rest = wanted.rest();
    let view = LogView {
        id: "log".to_owned(),
        label: format!("Log of {}", seen.connector.name),
        entries: lines.into_iter().map(|entry| shown(entry.line)).collect(),
        live: Some(format!("{}/log/live?after={last}&{rest}", path(&id))),
        empty: "Nothing was logged yet. A connector that you run yourself keeps its log where it runs."
            .to_owned(),
    };
    let files = files(&inner, &signed, &seen).await?;
    let body =
        head(&signed, &seen, Side::Log)
            .and(Card::new("Log", view).action(
                Button::link("Download", format!("{}/log.txt?{rest}", path(&id))).icon(Icon::Download),
            ))
            .and(files);
    Ok(page(
        &signed,
        Area::Connectors,
        "Log",
        crumbs(&seen, Some("Log")),
        &body,
    ))
}

fn shown(line: governance::LogLine) -> LogEntry {
    LogEntry {
        at: line.at,
        level: match line.level {
            governance::LogLevel::Debug => LogLevel::Debug,
            governance::LogLevel::Info => LogLevel::Info,
            governance::LogLevel::Warn => LogLevel::Warn,
            governance::LogLevel::Error => LogLevel::Error,
        },
        message: line.message,
        fields: line.fields.into_iter().filter(is_for_people).collect(),
    }
}

/// Where in the program a line was said is for the download.
fn is_for_people((name, _): &(String, String)) -> bool {
    name != "caller"
}

/// The files that it handed over, for whoever may take them.
async fn files(inner: &Inner, signed: &Signed, seen: &Seen) -> Result<Html, Failed> {
    if signed
        .actor
        .may(Action::DownloadFiles(&seen.installation))
        .is_err()
    {
        return Ok(Html::default());
    }
    let uploads = inner.office.files(&signed.actor, &seen.connector.id, 20).await?;
    let facts = uploads.iter().fold(ui::Facts::new(), |facts, upload| {
        let what = match upload.content {
            Content::Sync(_) => "Sync",
            Content::DebugLog => "Debug log",
        };
        let link = Link::new(
            format!("Download ({} KiB)", upload.size.div_ceil(1024)),
            format!("{}/files/{}", path(&seen.connector.id), upload.id),
        );
        facts.piece(format!("{what}, {}", when(upload)), link)
    });
    if uploads.is_empty() {
        return Ok(Html::default());
    }
    Ok(Card::new("Files", facts)
        .text("What it handed over. rollcall inspect and the Baton tools read them.")
        .into())
}

fn when(upload: &Upload) -> String {
    let at = match upload.state {
        UploadState::Storing { since } => since,
        UploadState::Kept { at } => at,
    };
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// New lines as they come.
pub(super) async fn live(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Outcome {
    let query = wanted.query(named(&id)?)?;
    inner.office.owned(&signed.actor, &query.connector).await?;
    let begin = LogId::new(wanted.after.unwrap_or_default());
    let lines = stream::unfold(
        (inner, signed, query, begin),
        |(inner, signed, query, after)| async move {
            let (html, after) = next(&inner, &signed, &query, after).await?;
            let event = Ok::<_, std::convert::Infallible>(Event::default().event("append").data(html));
            Some((event, (inner, signed, query, after)))
        },
    );
    Ok(Sse::new(lines).keep_alive(KeepAlive::default()).into_response())
}

/// How often it is looked for new lines.
const EVERY: std::time::Duration = std::time::Duration::from_secs(1);

/// The next lines as a piece of a page, and the last of them. Nothing once whoever listens may not any more.
async fn next(inner: &Inner, signed: &Signed, query: &LogQuery, after: LogId) -> Option<(String, LogId)> {
    loop {
        tokio::time::sleep(EVERY).await;
        let whose = inner.office.whose(&signed.whose.session.token).await.ok()??;
        let actor = whose.actor(signed.actor.from.clone(), signed.actor.request.clone());
        let page = LogPage::After(after);
        let lines = inner.office.log(&actor, query, page, LINES).await.ok()?;
        if let Some(last) = lines.last().map(|entry| entry.id) {
            let html = Html::of(lines.into_iter().map(|entry| shown(entry.line)));
            return Some((html.to_string(), last));
        }
    }
}

/// The log as text.
pub(super) async fn text(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let query = wanted.query(id.clone())?;
    let mut lines = inner
        .office
        .log(&signed.actor, &query, LogPage::Newest, DOWNLOADED)
        .await?;
    lines.reverse();
    let text: String = lines.into_iter().map(|entry| line(&entry.line)).collect();
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.log\"")),
    ];
    Ok((headers, text).into_response())
}

fn line(line: &governance::LogLine) -> String {
    let at = line.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let begin = format!("{at} {:5} {}", line.level.name().to_uppercase(), line.message);
    let fields = line
        .fields
        .iter()
        .map(|(name, value)| format!("{name}={value:?}"));
    let parts: Vec<String> = std::iter::once(begin).chain(fields).collect();
    parts.join(" ") + "\n"
}

/// A file that was handed over. That it was taken is written down.
pub(super) async fn file(
    State(inner): State<Arc<Inner>>,
    Path((id, file)): Path<(String, String)>,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let file = UploadId::parse(&file).map_err(OfficeError::from)?;
    let open = inner.lobby.open_file(&signed.actor, &id, &file).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", open.name()),
        ),
    ];
    Ok((headers, axum::body::Body::from_stream(open.pieces)).into_response())
}
