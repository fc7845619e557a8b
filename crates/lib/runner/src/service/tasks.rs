//! What each kind of task asks for, and how the connector answers it.

mod access;
mod account;
mod action;
mod events;
mod secret;
mod sync;
mod without_grants;

use connector::{Changed, Effect};
use proto::baton_service_v1::Task;
use proto::baton_service_v1::task::TaskType;
use tokio_util::sync::CancellationToken;
use tonic::Code;

use super::Service;
use super::ending::{Ending, Failure};
use crate::progress::tell_note;

/// What matters about a task when it has to end before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// It only asks for another hello.
    Hello,
    /// It reads the account into a file; one at a time.
    Sync,
    /// It reads something else, and can be broken off.
    Read,
    /// It changes something, and must not be broken off.
    Change,
}

/// What kind of work a task is.
pub(super) fn nature(task: &Task) -> Nature {
    use TaskType::{
        ActionInvoke, CreateAccount, DeleteResource, Grant, Hello, Revoke, RotateCredentials, SyncFull,
    };
    match &task.task_type {
        Some(Hello(_)) => Nature::Hello,
        Some(SyncFull(_)) => Nature::Sync,
        Some(
            Grant(_) | Revoke(_) | CreateAccount(_) | DeleteResource(_) | RotateCredentials(_)
            | ActionInvoke(_),
        ) => Nature::Change,
        _ => Nature::Read,
    }
}

/// The kind of a task, as the protocol calls it.
pub(super) fn name(task: &Task) -> &'static str {
    use TaskType as T;
    match &task.task_type {
        Some(T::None(_)) => "none",
        Some(T::Hello(_)) => "hello",
        Some(T::SyncFull(_)) => "sync_full",
        Some(T::Grant(_)) => "grant",
        Some(T::Revoke(_)) => "revoke",
        Some(T::CreateAccount(_)) => "create_account",
        Some(T::CreateResource(_)) => "create_resource",
        Some(T::DeleteResource(_)) => "delete_resource",
        Some(T::RotateCredentials(_)) => "rotate_credentials",
        Some(T::EventFeed(_)) => "event_feed",
        Some(T::CreateTicketTask(_)) => "create_ticket_task",
        Some(T::ListTicketSchemas(_)) => "list_ticket_schemas",
        Some(T::GetTicket(_)) => "get_ticket",
        Some(T::BulkCreateTickets(_)) => "bulk_create_tickets",
        Some(T::BulkGetTickets(_)) => "bulk_get_tickets",
        Some(T::ActionListSchemas(_)) => "action_list_schemas",
        Some(T::ActionGetSchema(_)) => "action_get_schema",
        Some(T::ActionInvoke(_)) => "action_invoke",
        Some(T::ActionStatus(_)) => "action_status",
        Some(T::CreateSyncDiff(_)) => "create_sync_diff",
        Some(T::CompactSyncs(_)) => "compact_syncs",
        Some(T::ListEventFeeds(_)) => "list_event_feeds",
        Some(T::ListEvents(_)) => "list_events",
        Some(T::IssueCredential(_)) => "issue_credential",
        None => "unknown",
    }
}

/// Does what a task asks for. A sync ends early when `stop` is cancelled; the others do not listen.
pub(super) async fn perform(service: &Service, task: &Task, stop: &CancellationToken) -> Ending {
    use TaskType as T;
    let ending = match &task.task_type {
        Some(T::Hello(_)) => hello(service, &task.id).await,
        Some(T::SyncFull(wanted)) => sync::run(service, task, wanted, stop).await,
        Some(T::Grant(wanted)) => access::grant(service, wanted).await,
        Some(T::Revoke(wanted)) => access::revoke(service, wanted).await,
        Some(T::DeleteResource(wanted)) => access::delete(service, wanted).await,
        Some(T::CreateAccount(wanted)) => account::create(service, wanted).await,
        Some(T::RotateCredentials(wanted)) => secret::rotate(service, wanted).await,
        Some(T::CreateResource(_)) => not_configured(service, "resource Create()"),
        Some(T::IssueCredential(_)) => not_configured(service, "credential issuing"),
        Some(T::ActionListSchemas(wanted)) => Ok(action::list(service, wanted)),
        Some(T::ActionGetSchema(wanted)) => action::get(service, wanted),
        Some(T::ActionInvoke(wanted)) => action::invoke(service, wanted).await,
        Some(T::ActionStatus(wanted)) => action::status(service, wanted).await,
        Some(T::ListEventFeeds(_)) => Ok(events::feeds(service)),
        Some(T::ListEvents(wanted)) => events::read(service, wanted).await,
        Some(
            T::CreateTicketTask(_)
            | T::ListTicketSchemas(_)
            | T::GetTicket(_)
            | T::BulkCreateTickets(_)
            | T::BulkGetTickets(_),
        ) => Err(tickets(service)),
        Some(T::None(_) | T::EventFeed(_) | T::CreateSyncDiff(_) | T::CompactSyncs(_)) | None => {
            Err(Failure::new(Code::Unknown, "unsupported task type"))
        }
    };
    ending.unwrap_or_else(Ending::Failed)
}

async fn hello(service: &Service, task_id: &str) -> Result<Ending, Failure> {
    let mut hello = service.hello.clone();
    task_id.clone_into(&mut hello.task_id);
    let answer = service.plane.hello(hello).await;
    answer.map_err(|error| Failure::from(&error))?;
    Ok(Ending::done())
}

/// Refuses what may change something, unless the person who runs the service allowed that.
fn may_change(service: &Service) -> Result<(), Failure> {
    if service.rules.provisioning {
        return Ok(());
    }
    Err(Failure::new(Code::FailedPrecondition, "provisioning is not enabled").for_good())
}

fn not_configured(service: &Service, what: &str) -> Result<Ending, Failure> {
    may_change(service)?;
    Err(Failure::new(
        Code::Unimplemented,
        format!("this connector does not have {what} configured"),
    )
    .for_good())
}

fn tickets(service: &Service) -> Failure {
    if service.rules.ticketing {
        Failure::new(Code::Unimplemented, "this connector has no tickets").for_good()
    } else {
        Failure::new(Code::Unknown, "ticketing is not enabled").for_good()
    }
}

/// Tells the log what a change came to, and gives what the control plane is told.
fn tell(changed: &Changed) -> Effect {
    changed.notes.iter().for_each(tell_note);
    let effect = changed.effect.as_str();
    tracing::info!(effect, "{}", changed.change.title);
    changed.effect
}

/// A task without what it cannot do without.
fn malformed(kind: &str) -> Failure {
    Failure::new(Code::Unknown, format!("malformed {kind} task")).for_good()
}

/// A record that is not whole.
fn incomplete(error: proto::ConvertError) -> Failure {
    Failure::new(Code::InvalidArgument, error.to_string()).for_good()
}
