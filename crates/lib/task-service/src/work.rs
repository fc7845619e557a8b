//! Work, from the messages that ask for it.

use std::collections::BTreeSet;

use governance::{LockKey, TaskKind, Work};
use model::ResourceTypeId;
use prost::Message as _;
use proto::baton_service_v1::task::{SyncFullTask, TaskType};
use proto::baton_service_v1::{Task, task};
use proto::connector_v2::{Entitlement, Resource, ResourceId};

/// The engine of files that can be read here.
const STORAGE_ENGINE: &str = "sqlite";

/// Why a message asks for nothing that could be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// Connectors do no such thing.
    #[error("connectors cannot be asked for this kind of task")]
    Kind,
    /// It does not say what, or for whom.
    #[error("the task does not name {0}")]
    Missing(&'static str),
}

/// What a message asks for: its kind, and what may not be done at the same time. With `debug`, the connector writes
/// down everything that it does meanwhile, and hands that over too.
///
/// # Errors
/// When connectors cannot be asked for it, or when something that it needs is not in it.
pub fn work(asked: TaskType, debug: bool) -> Result<Work, WorkError> {
    let (kind, lock) = kind_and_lock(&asked)?;
    Ok(made(kind, lock, asked, debug))
}

/// Reading these types; everything when there are none.
pub fn sync_work(types: &BTreeSet<ResourceTypeId>) -> Work {
    made(TaskKind::Sync, Some(LockKey::sync()), sync_of(types), false)
}

/// The same, with everything that the connector does written down.
pub fn debug_sync_work(types: &BTreeSet<ResourceTypeId>) -> Work {
    made(TaskKind::Sync, Some(LockKey::sync()), sync_of(types), true)
}

fn sync_of(types: &BTreeSet<ResourceTypeId>) -> TaskType {
    TaskType::SyncFull(SyncFullTask {
        sync_resource_type_ids: types.iter().map(ToString::to_string).collect(),
        ..SyncFullTask::default()
    })
}

fn made(kind: TaskKind, lock: Option<LockKey>, asked: TaskType, debug: bool) -> Work {
    let types = match &asked {
        TaskType::SyncFull(sync) => sync.sync_resource_type_ids.iter(),
        _ => [].iter(),
    };
    let types = types.map(|id| id.as_str().into()).collect();
    let message = Task {
        debug,
        task_type: Some(readable(asked)),
        ..Task::default()
    };
    Work {
        types,
        ..Work::new(kind, lock, message.encode_to_vec())
    }
}

/// A sync that does not say otherwise hands over a file that can be read here; current clients would write another.
fn readable(asked: TaskType) -> TaskType {
    match asked {
        TaskType::SyncFull(sync) if sync.storage_engine.is_empty() => TaskType::SyncFull(SyncFullTask {
            storage_engine: STORAGE_ENGINE.to_owned(),
            ..sync
        }),
        other => other,
    }
}

fn kind_and_lock(asked: &TaskType) -> Result<(TaskKind, Option<LockKey>), WorkError> {
    Ok(match asked {
        TaskType::Hello(_) => (TaskKind::Hello, None),
        TaskType::SyncFull(_) => (TaskKind::Sync, Some(LockKey::sync())),
        TaskType::Grant(task) => (TaskKind::Grant, Some(grant_lock(task)?)),
        TaskType::Revoke(task) => (TaskKind::Revoke, Some(revoke_lock(task)?)),
        TaskType::CreateAccount(task) => (TaskKind::CreateAccount, Some(account_lock(task)?)),
        TaskType::CreateResource(_) => (TaskKind::CreateResource, None),
        TaskType::DeleteResource(task) => (TaskKind::DeleteResource, Some(lock(task.resource_id.as_ref())?)),
        TaskType::RotateCredentials(task) => (
            TaskKind::RotateCredentials,
            Some(lock(task.resource_id.as_ref())?),
        ),
        TaskType::ListEvents(_) => (TaskKind::ListEvents, None),
        TaskType::ListEventFeeds(_) => (TaskKind::ListEventFeeds, None),
        TaskType::ActionListSchemas(_) => (TaskKind::ListActionSchemas, None),
        TaskType::ActionGetSchema(task) => (TaskKind::GetActionSchema, named(&task.name)?),
        TaskType::ActionInvoke(task) => (TaskKind::InvokeAction, named(&task.name)?),
        TaskType::ActionStatus(task) => (TaskKind::ActionStatus, named(&task.id)?),
        _ => return Err(WorkError::Kind),
    })
}

fn grant_lock(task: &task::GrantTask) -> Result<LockKey, WorkError> {
    complete(task.entitlement.as_ref())?;
    principal(task.principal.as_ref())
}

fn revoke_lock(task: &task::RevokeTask) -> Result<LockKey, WorkError> {
    let grant = task.grant.as_ref().ok_or(WorkError::Missing("a grant"))?;
    complete(grant.entitlement.as_ref())?;
    principal(grant.principal.as_ref())
}

/// What is given or taken is on a resource.
fn complete(entitlement: Option<&Entitlement>) -> Result<(), WorkError> {
    let on = entitlement.and_then(|entitlement| entitlement.resource.as_ref());
    on.map(|_| ())
        .ok_or(WorkError::Missing("an entitlement with its resource"))
}

fn principal(resource: Option<&Resource>) -> Result<LockKey, WorkError> {
    let id = resource.and_then(|resource| resource.id.as_ref());
    lock(id).map_err(|_| WorkError::Missing("a principal"))
}

fn lock(id: Option<&ResourceId>) -> Result<LockKey, WorkError> {
    let id = id.ok_or(WorkError::Missing("a resource"))?;
    Ok(LockKey::resource(&id.resource_type, &id.resource))
}

fn account_lock(task: &task::CreateAccountTask) -> Result<LockKey, WorkError> {
    let account = task
        .account_info
        .as_ref()
        .ok_or(WorkError::Missing("an account"))?;
    let address = account
        .emails
        .first()
        .map_or(account.login.as_str(), |email| &email.address);
    Ok(LockKey::account(address))
}

/// Actions may be run side by side; they only need a name.
fn named(name: &str) -> Result<Option<LockKey>, WorkError> {
    if name.is_empty() {
        return Err(WorkError::Missing("an action"));
    }
    Ok(None)
}
