//! States as chips: one word and one tone for each, on every page.

use governance::access::Verdict;
use governance::{
    CredentialsFact, End, Label, Operator, OperatorStatus, Run, SyncFact, Task, TaskState, WorkerFact,
};
use ui::{Chip, Html, Icon, Time, Tone};

/// How a connector is.
pub(super) fn label(label: Label) -> Chip {
    match label {
        Label::NotConnected => Chip::new(Tone::Quiet, "Not connected"),
        Label::Syncing => Chip::busy("Syncing"),
        Label::Connected => Chip::new(Tone::Good, "Connected"),
        Label::Error => Chip::new(Tone::Bad, "Error"),
        Label::Paused => Chip::new(Tone::Warn, "Paused").icon(Icon::Pause),
    }
}

/// Whether the account lets it in.
pub(super) fn credentials(fact: &CredentialsFact) -> Html {
    match fact {
        CredentialsFact::None => Chip::new(Tone::Quiet, "None yet").into(),
        CredentialsFact::Elsewhere => Html::text("With whoever runs it"),
        CredentialsFact::NotNeeded => Html::text("None needed"),
        CredentialsFact::Unchecked => Chip::new(Tone::Info, "Not tried yet").into(),
        CredentialsFact::Valid => Chip::new(Tone::Good, "Valid").into(),
        CredentialsFact::Insufficient(1) => Chip::new(Tone::Warn, "1 permission missing").into(),
        CredentialsFact::Insufficient(count) => {
            Chip::new(Tone::Warn, format!("{count} permissions missing")).into()
        }
        CredentialsFact::Rejected(why) => Chip::new(Tone::Bad, "Rejected").hint(why.clone()).into(),
    }
}

/// Whether somebody runs it.
pub(super) fn worker(fact: &WorkerFact, is_hosted: bool) -> Html {
    match fact {
        WorkerFact::NotNeeded => Html::text("None needed"),
        WorkerFact::Never if is_hosted => Html::text("Built in, not started yet"),
        WorkerFact::Never => Html::text("Nobody has reported for it yet"),
        WorkerFact::Absent { since } => Html::text("Not heard of since ").and(Time::ago(*since)),
        WorkerFact::Present { .. } if is_hosted => Html::text("Built in"),
        WorkerFact::Present { count: 1 } => Html::text("One instance"),
        WorkerFact::Present { count } => Html::text(format!("{count} instances")),
    }
}

/// How the newest sync went.
pub(super) fn sync(fact: &SyncFact) -> Html {
    match fact {
        SyncFact::Never => Html::text("None yet"),
        SyncFact::Waiting => Html::text("About to begin"),
        SyncFact::Running { since } => Html::text("Running since ").and(Time::ago(*since)),
        SyncFact::Believing => Html::text("Read; being looked at"),
        SyncFact::Held { .. } => Chip::new(Tone::Warn, "Held for you to look").into(),
        SyncFact::Succeeded { at } => Html::from(Time::ago(*at)),
        SyncFact::Failed { at, .. } => Html::text("Failed ").and(Time::ago(*at)),
    }
}

/// How a task is.
fn task(task: &Task) -> Chip {
    match &task.state {
        TaskState::Waiting { last: None, .. } => Chip::new(Tone::Info, "Waiting"),
        TaskState::Waiting { last: Some(_), .. } => Chip::new(Tone::Warn, "To be tried again"),
        TaskState::Running(attempt) if attempt.stop_asked_at.is_some() => Chip::busy("Stopping"),
        TaskState::Running(_) => Chip::busy("Running"),
        TaskState::Finished { end, .. } => match end {
            End::Succeeded(_) => Chip::new(Tone::Good, "Succeeded"),
            End::Failed(_) => Chip::new(Tone::Bad, "Failed"),
            End::Cancelled => Chip::new(Tone::Quiet, "Cancelled"),
        },
    }
}

/// How a run went, and what became of what it read.
pub(super) fn run(run: &Run) -> Chip {
    match run.changes.as_ref().map(|changes| changes.verdict) {
        Some(Verdict::Held) => Chip::new(Tone::Warn, "Held"),
        Some(Verdict::Discarded) => Chip::new(Tone::Quiet, "Discarded"),
        Some(Verdict::Believed) | None => task(&run.task),
    }
}

/// Why a task failed, or failed the last time.
pub(super) fn trouble(task: &Task) -> Option<&str> {
    match &task.state {
        TaskState::Waiting {
            last: Some(failure), ..
        }
        | TaskState::Finished {
            end: End::Failed(failure),
            ..
        } => Some(&failure.message),
        _ => None,
    }
}

/// Whether somebody may come in.
pub(super) fn status(operator: &Operator) -> Chip {
    match operator.status {
        OperatorStatus::Invited => Chip::new(Tone::Info, "Invited"),
        OperatorStatus::Active => Chip::new(Tone::Good, "Active"),
        OperatorStatus::Deactivated { .. } => Chip::new(Tone::Quiet, "Deactivated"),
    }
}

/// The names of people, or a word of warning that there is nobody.
pub(super) fn names(people: &[Operator]) -> String {
    let names: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
    if names.is_empty() {
        return "Nobody".to_owned();
    }
    names.join(", ")
}
