//! What a connector says, while it says it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use governance::{ConnectorId, LogId, LogPage, LogQuery, OfficeError, Run, TaskId};
use ui::{Button, Card, Html, Icon, LogEntry, LogLevel, LogView};

use super::head::{Side, crumbs, head, path};
use super::{files, named};
use crate::Inner;
use crate::frame::{Area, page};
use crate::web::{Asked, Failed, Outcome, Signed};

/// How many lines are shown at once.
const LINES: u64 = 500;
/// How many lines a download has at most.
const DOWNLOADED: u64 = 200_000;
/// How many files are listed.
const LISTED: u64 = 20;
/// What is said while there is no line.
const EMPTY: &str = "Nothing was logged. A connector that you run yourself keeps its log where it runs.";

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

pub(super) async fn log(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Asked(wanted): Asked<Wanted>,
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
        empty: EMPTY.to_owned(),
    };
    let uploads = inner.office.files(&signed.actor, &id, LISTED).await?;
    let body = head(&signed, &seen, Side::Log)
        .and(Card::new("Log", view).action(download(&id, &rest)))
        .and(files::card(&signed, &seen, &uploads));
    Ok(page(
        &signed,
        Area::Connectors,
        "Log",
        crumbs(&seen, Some("Log")),
        &body,
    ))
}

/// The log of a run, followed while it goes on; only lines with that text in them.
pub(super) async fn of_run(
    inner: &Inner,
    signed: &Signed,
    run: &Run,
    text: &str,
) -> Result<Card, OfficeError> {
    let id = &run.task.connector;
    let wanted = Wanted {
        task: Some(run.task.id.to_string()),
        q: text.to_owned(),
        after: None,
    };
    let query = LogQuery {
        task: Some(run.task.id.clone()),
        text: text.to_owned(),
        ..LogQuery::all(id.clone())
    };
    let mut lines = inner
        .office
        .log(&signed.actor, &query, LogPage::Newest, LINES)
        .await?;
    lines.reverse();
    let last = lines.last().map_or(0, |entry| entry.id.number());
    let is_cut = lines.len() as u64 == LINES;
    let rest = wanted.rest();
    let view = LogView {
        id: "log".to_owned(),
        label: "Log of this run".to_owned(),
        entries: lines.into_iter().map(|entry| shown(entry.line)).collect(),
        live: (!run.task.is_finished()).then(|| format!("{}/log/live?after={last}&{rest}", path(id))),
        empty: EMPTY.to_owned(),
    };
    let card = Card::new("Log", view).action(download(id, &rest));
    Ok(if is_cut {
        card.text(format!("The newest {LINES} lines. The download has more."))
    } else {
        card
    })
}

fn download(id: &ConnectorId, rest: &str) -> Button {
    Button::link("Download", format!("{}/log.txt?{rest}", path(id))).icon(Icon::Download)
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

/// New lines as they come.
pub(super) async fn live(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Asked(wanted): Asked<Wanted>,
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
    Asked(wanted): Asked<Wanted>,
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
