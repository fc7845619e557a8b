//! One run: how it went, what it warned of, what it changed, what it said.

use std::sync::Arc;

use axum::extract::{Path, State};
use governance::access::{ChangeQuery, PageRequest, RunChange, RunChanges};
use governance::{
    Action, ConnectorId, CredentialsFact, End, Hosting, LogEntry, LogLevel, LogPage, LogQuery, OfficeError,
    Run, Seen, TaskId, TaskState,
};
use ui::{Button, Card, Facts, Html, Icon, Live, Notice, SearchForm, Stat, Stats, Time, Tone};

use super::head::{Side, crumbs, head, path};
use super::run_changes::{subjects, what};
use super::runs::{at, beside, lasting, run_path, stop};
use super::{files, log, named};
use crate::Inner;
use crate::frame::{Area, page};
use crate::pages::words;
use crate::web::{Asked, Outcome, Signed, sentence};

/// How many other runs are looked through.
const RUNS: u64 = 20;
/// How many warnings stand on top; the others are in the log.
const WARNINGS: u64 = 8;
/// How many changes are told; the others are on a page of their own.
const TOLD: u64 = 8;
/// How many lines are looked through for what a run came to.
const SUMMARIES: u64 = 200;

/// What somebody looks for in the log.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// A run and everything that its page tells.
struct Told {
    run: Run,
    /// Whether no other came after it.
    is_newest: bool,
    warnings: Vec<LogEntry>,
    calls: Calls,
    first: Vec<RunChange>,
}

/// What the connector says that it did.
#[derive(Debug, Default)]
struct Calls {
    made: Option<String>,
    waits: usize,
    waited: f64,
}

pub(super) async fn show(
    State(inner): State<Arc<Inner>>,
    Path((id, task)): Path<(String, String)>,
    Asked(asked): Asked<Search>,
    signed: Signed,
) -> Outcome {
    let id = named(&id)?;
    let task = TaskId::parse(&task).map_err(OfficeError::from)?;
    let seen = inner.office.seen(&signed.actor, &id).await?;
    let others = inner.office.runs(&signed.actor, &id, RUNS).await?;
    let is_newest = others.first().is_some_and(|newest| newest.task.id == task);
    let told = Told {
        is_newest,
        ..told(&inner, &signed, (&id, &task)).await?
    };
    let now = inner.office.now();
    let here = run_path(&id, &task);
    let facts = Html::default()
        .and(trouble(&signed, &seen, &told.run))
        .and(warnings(&told))
        .and(this_run(&signed, &seen, &told, now))
        .and(changes(&id, &told))
        .and(files::card(&signed, &seen, &told.run.files));
    let facts = if is_settled(&told) {
        facts
    } else {
        Live::polled("run", here.clone(), facts).into()
    };
    let body = if seen.installation.hosting == Hosting::ByHand {
        facts
    } else {
        let said = log::of_run(&inner, &signed, &told.run, asked.q.trim()).await?;
        let search = SearchForm {
            action: here,
            label: "Search this run's log".to_owned(),
            q: asked.q,
        };
        facts.and(search).and(said)
    };
    let beside = beside(&id, &others, &told.run, now, body);
    let body = head(&signed, &seen, Side::Runs).and(beside);
    let mut crumbs = crumbs(&seen, Some(&at(told.run.task.created_at)));
    let runs = ui::Crumb::to("Runs", format!("{}/runs", path(&id)));
    crumbs.insert(2, runs);
    Ok(page(&signed, Area::Connectors, "Run", crumbs, &body))
}

async fn told(
    inner: &Inner,
    signed: &Signed,
    (id, task): (&ConnectorId, &TaskId),
) -> Result<Told, OfficeError> {
    let (office, actor) = (&inner.office, &signed.actor);
    let run = office.run(actor, id, task).await?;
    let of_run = LogQuery {
        task: Some(task.clone()),
        ..LogQuery::all(id.clone())
    };
    let bad = LogQuery {
        least: LogLevel::Warn,
        ..of_run.clone()
    };
    let after = governance::LogId::new(0);
    let warnings = office
        .log(actor, &bad, LogPage::After(after), WARNINGS + 1)
        .await?;
    // Only what tells of calls and waits has such a field.
    let mut calls = Calls::default();
    for field in ["calls", "wait_s"] {
        let query = LogQuery {
            text: field.to_owned(),
            ..of_run.clone()
        };
        let lines = office.log(actor, &query, LogPage::Newest, SUMMARIES).await?;
        for entry in &lines {
            calls.take(entry);
        }
    }
    let page = PageRequest::new(0, TOLD);
    let first = office
        .changes_of_run(actor, (id, task), &ChangeQuery::default(), page)
        .await?;
    Ok(Told {
        run,
        is_newest: true,
        warnings,
        calls,
        first: first.rows,
    })
}

impl Calls {
    fn take(&mut self, entry: &LogEntry) {
        for (name, value) in &entry.line.fields {
            match name.as_str() {
                "calls" => self.made = self.made.take().or_else(|| Some(value.clone())),
                "wait_s" => {
                    self.waits += 1;
                    self.waited += value.parse::<f64>().unwrap_or_default();
                }
                _ => {}
            }
        }
    }
}

/// Whether nothing about it will change any more.
fn is_settled(told: &Told) -> bool {
    let run = &told.run;
    match &run.task.state {
        TaskState::Finished {
            end: End::Succeeded(_),
            ..
        } => run.changes.is_some() || run.file().is_none() || !told.is_newest,
        other => matches!(other, TaskState::Finished { .. }),
    }
}

/// What went wrong, and what to do about it.
fn trouble(signed: &Signed, seen: &Seen, run: &Run) -> Html {
    let Some(message) = words::trouble(&run.task) else {
        return Html::default();
    };
    let title = if run.task.is_finished() {
        "This sync failed"
    } else {
        "The try before failed; it is tried again"
    };
    let notice = Notice::new(Tone::Bad, title).text(sentence(message));
    let may = signed.actor.may(Action::ConfigureConnector(&seen.installation));
    let is_rejected = matches!(seen.facts.credentials, CredentialsFact::Rejected(_));
    if is_rejected && may.is_ok() && seen.installation.hosting == Hosting::Hosted {
        let settings = format!("{}/settings", path(&seen.connector.id));
        return notice.action("Enter other credentials", settings).into();
    }
    notice.into()
}

/// What it warned of, each with what to do.
fn warnings(told: &Told) -> Html {
    let shown = usize::try_from(WARNINGS).unwrap_or(usize::MAX);
    let notice = |entry: &LogEntry| {
        let tone = match entry.line.level {
            LogLevel::Error => Tone::Bad,
            _ => Tone::Warn,
        };
        let fields = &entry.line.fields;
        let said = |name: &str| fields.iter().find(|(field, _)| field == name);
        let text = said("hint").or_else(|| said("error"));
        let text = text.map_or("", |(_, value)| value.as_str());
        Html::from(Notice::new(tone, sentence(&entry.line.message)).text(sentence(text)))
    };
    let more = (told.warnings.len() > shown).then(|| {
        Html::from(Notice::new(
            Tone::Info,
            "There are more warnings in the log below",
        ))
    });
    Html::of(told.warnings.iter().take(shown).map(notice).chain(more))
}

fn this_run(signed: &Signed, seen: &Seen, told: &Told, now: chrono::DateTime<chrono::Utc>) -> Card {
    let card = Card::new("This run", summary(told, now));
    match stop(signed, seen, &told.run) {
        Some(stop) => card.action(stop),
        None => card,
    }
}

fn summary(told: &Told, now: chrono::DateTime<chrono::Utc>) -> Facts {
    let Told { run, calls, .. } = told;
    let mut facts = Facts::new()
        .stacked()
        .piece("Outcome", words::run(run))
        .piece("Asked for", Time::exact(run.task.created_at));
    if let Some(begun_at) = run.begun_at {
        let took = run.took(now).map(lasting).unwrap_or_default();
        facts = facts
            .piece("Began", Time::exact(begun_at))
            .fact("Took", took)
            .fact("Tries", run.task.tries.to_string());
    }
    if let Some(made) = &calls.made {
        facts = facts.fact("API calls", made);
    }
    if calls.waits > 0 {
        let text = format!("{}, {:.0} s in all", calls.waits, calls.waited);
        facts = facts.fact("Waits", text);
    }
    facts
}

/// What it changed: how much, and the first of it.
fn changes(id: &ConnectorId, told: &Told) -> Html {
    let run = &told.run;
    let Some(changes) = &run.changes else {
        let text = match run.file() {
            None => return Html::default(),
            Some(_) if told.is_newest => "It is being looked at.",
            Some(_) => "Nothing is known of that: a newer one was there before anybody looked at it.",
        };
        return Card::new("What changed", Html::text(text)).into();
    };
    if changes.base.is_none() {
        let text = Html::text("It was the first that was believed: all of it is new.");
        return Card::new("What changed", text).into();
    }
    if changes.counts.is_empty() {
        let text = Html::text("Nothing, compared with what was believed before.");
        return Card::new("What changed", text).into();
    }
    let all = format!("{}/changes", run_path(id, &run.task.id));
    let first = told.first.iter().fold(Facts::new(), |facts, one| {
        facts.piece(what(one), super::run_changes::who(id, one))
    });
    Html::from(stats(changes, &all)).and(
        Card::new("What changed", first)
            .text("Compared with what was believed before.")
            .action(Button::link("All changes", all).icon(Icon::Search)),
    )
}

fn stats(changes: &RunChanges, all: &str) -> Stats {
    let stats = subjects().into_iter().filter_map(|(subject, label)| {
        let ways = super::run_changes::ways().map(|(way, _, sign)| (sign, changes.counts.of(subject, way)));
        let words: Vec<String> = ways
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(sign, count)| format!("{sign}{count}"))
            .collect();
        let href = format!("{all}?subject={}", subject.as_str());
        (!words.is_empty()).then(|| Stat::new(label, words.join(" ")).href(href))
    });
    Stats {
        stats: stats.collect(),
    }
}
