//! Making a change.

use std::sync::Arc;
use std::time::Duration;

use connector::{AccountRequest, Changed, ConnectorError, Effect, Mode, Provisioner, RotateRequest};

use super::patience::let_end;
use super::request::Request;
use super::{LAST_WORDS, runtime};
use crate::actions::{ActionRun, ActionRuns, State};
use crate::definition::Connected;
use crate::error::RunError;
use crate::outcome::{Outcome, Response};
use crate::progress::Audience;
use crate::system::SystemIds;
use crate::task::Invocation;
use runtime::Signals;

/// How often an action that takes its time is asked how it is.
const POLL: Duration = Duration::from_secs(1);

/// Makes the change, or only tells it.
pub(super) fn make(
    request: Request,
    mode: Mode,
    connected: Connected,
    audience: &Audience,
) -> Result<Outcome, RunError> {
    audience.work(match mode {
        Mode::Make => "making the change",
        Mode::DryRun => "looking at what would change",
    });
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        let mut signals = Signals::listen().map_err(RunError::Runtime)?;
        let work = async { ask(request, connected).await.map_err(RunError::Change) };
        let_end(work, mode, async || signals.next().await).await
    });
    runtime.shutdown_timeout(LAST_WORDS);
    result
}

async fn ask(request: Request, connected: Connected) -> Result<Outcome, ConnectorError> {
    let provisioner = connected.provisioner;
    let outcome = match request {
        Request::Grant(request) => told("grant", provisioner.grant(&request).await?, Response::Granted),
        Request::Revoke(request) => told("revoke", provisioner.revoke(&request).await?, Response::Revoked),
        Request::Delete(request) => told("delete", provisioner.delete(&request).await?, Response::Deleted),
        Request::CreateAccount(request) => create_account(&*provisioner, &request).await?,
        Request::Rotate(request) => rotate(&*provisioner, request).await?,
        Request::Invoke(invocation) => {
            let runs = ActionRuns::new(connected.actions, Arc::new(SystemIds));
            invoke(&runs, invocation).await?
        }
    };
    Ok(outcome)
}

/// The outcome of a task whose answer says no more than whether anything was done.
fn told(task: &'static str, changed: Changed, response: fn(Effect) -> Response) -> Outcome {
    Outcome {
        task,
        response: response(changed.effect),
        changed: Some(changed),
    }
}

async fn create_account(
    provisioner: &dyn Provisioner,
    request: &AccountRequest,
) -> Result<Outcome, ConnectorError> {
    let account = provisioner.create_account(request).await?;
    Ok(Outcome {
        task: "create_account",
        changed: Some(account.changed),
        response: Response::Account(account.outcome),
    })
}

async fn rotate(provisioner: &dyn Provisioner, request: RotateRequest) -> Result<Outcome, ConnectorError> {
    let rotated = provisioner.rotate(&request).await?;
    Ok(Outcome {
        task: "rotate",
        changed: Some(rotated.changed),
        response: Response::Secrets(request.resource, rotated.secrets),
    })
}

async fn invoke(runs: &ActionRuns, invocation: Invocation) -> Result<Outcome, ConnectorError> {
    let Invocation { name, arguments, .. } = invocation;
    let run = to_its_end(runs, runs.start(&name, arguments, POLL).await).await;
    match &run.state {
        State::Failed(error) => Err(failure(error)),
        _ => Ok(Outcome {
            task: "invoke_action",
            changed: None,
            response: Response::Action(run),
        }),
    }
}

async fn to_its_end(runs: &ActionRuns, mut run: ActionRun) -> ActionRun {
    while !run.is_ended() {
        tracing::info!(
            id = run.id,
            status = run.status().as_str_name(),
            "the action goes on"
        );
        match runs.status(&run.id, POLL).await {
            Some(now) => run = now,
            None => break,
        }
    }
    run
}

/// The same failure in the original's words, for whoever ends with it.
fn failure(error: &Arc<ConnectorError>) -> ConnectorError {
    let text = format!("invoking action failed: {}", error.message);
    ConnectorError::new(error.kind, text)
        .with_code(error.code)
        .with_hint(error.hint.clone())
        .with_source(Arc::clone(error))
}
