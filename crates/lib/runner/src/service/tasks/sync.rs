//! Syncs: the account into a file, and the file to the control plane.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::sync::{Job, Request, Scope, SyncError};
use c1z::{Draft, DraftOptions, SyncKind, new_sync_id};
use connector::Syncer;
use model::{ResourceId, ResourceTypeId};
use proto::baton_service_v1::Task;
use proto::baton_service_v1::task::SyncFullTask;
use tokio_util::sync::CancellationToken;
use tonic::Code;

use super::incomplete;
use super::without_grants::WithoutGrants;
use crate::progress::{Audience, Lines};
use crate::service::ending::{Ending, Failure, code, with_hint};
use crate::service::{Service, upload};
use crate::summary::Report;

/// Reads what is wanted, and hands it over; the details of that as well, when they are wanted.
pub(super) async fn run(
    service: &Service,
    task: &Task,
    wanted: &SyncFullTask,
    stop: &CancellationToken,
) -> Result<Ending, Failure> {
    check_engine(service, &wanted.storage_engine)?;
    let request = request(service, wanted)?;
    let folder = service.workplace.folder().map_err(|error| no_folder(&error))?;
    let log = folder.path().join("debug.log");
    let recording = task.debug.then(|| service.details.record(&log));
    let file = folder.path().join("sync.c1z");
    let made = if service.rules.sync.skip {
        write_nothing(service, file.clone()).await
    } else {
        read(service, wanted, request, &file, stop).await
    };
    let ended = match made {
        Ok(()) => hand_over(service, &task.id, &file).await,
        Err(failure) => Err(failure),
    };
    if let Some(Ok(recording)) = recording {
        drop(recording);
        hand_over_details(service, &task.id, &log).await;
    }
    ended
}

async fn hand_over(service: &Service, task_id: &str, file: &Path) -> Result<Ending, Failure> {
    let uploaded = upload::upload(service, task_id, file).await;
    uploaded.map_err(|error| Failure::from(&error))?;
    Ok(Ending::done())
}

/// Details that do not arrive change nothing about how the sync ended.
async fn hand_over_details(service: &Service, task_id: &str, log: &Path) {
    if let Err(error) = upload::upload(service, task_id, log).await {
        tracing::warn!(
            task = task_id,
            hint = error.hint(),
            "the details were not delivered: {error}"
        );
    }
}

/// We write one kind of file. Nobody's wish is that as well, and so is that of the person who runs the service.
fn check_engine(service: &Service, wanted: &str) -> Result<(), Failure> {
    if service.rules.sync.engine_given || matches!(wanted, "" | "sqlite") {
        return Ok(());
    }
    let text = format!(
        "engine not available: {wanted}; this connector writes v1 (sqlite) files, which programs that read v3 (pebble) \
         files read as well: ask for sqlite, or for none"
    );
    Err(Failure::new(Code::Unimplemented, text).for_good())
}

fn request(service: &Service, wanted: &SyncFullTask) -> Result<Request, Failure> {
    Ok(Request {
        scope: scope(service, wanted)?,
        resources_only: wanted.skip_entitlements_and_grants,
        skip_expansion: wanted.skip_expand_grants,
        workers: service.rules.sync.workers,
    })
}

fn scope(service: &Service, wanted: &SyncFullTask) -> Result<Scope, Failure> {
    let own: Vec<ResourceTypeId> = wanted
        .sync_resource_type_ids
        .iter()
        .map(|id| id.as_str().into())
        .collect();
    let types = if own.is_empty() {
        service.rules.sync.types.clone()
    } else {
        own
    };
    if !wanted.targeted_sync_resources.is_empty() {
        let ids = wanted.targeted_sync_resources.iter().map(|resource| {
            let id = resource.id.clone();
            let id = id.ok_or_else(|| {
                Failure::new(Code::InvalidArgument, "a resource of a targeted sync has no id").for_good()
            })?;
            ResourceId::try_from(id).map_err(incomplete)
        });
        return Ok(Scope::Targets {
            ids: ids.collect::<Result<_, _>>()?,
            skip_grants: wanted.skip_grants,
        });
    }
    Ok(if types.is_empty() {
        Scope::Everything
    } else {
        Scope::Types(types)
    })
}

async fn read(
    service: &Service,
    wanted: &SyncFullTask,
    request: Request,
    file: &Path,
    stop: &CancellationToken,
) -> Result<(), Failure> {
    let job = Job {
        syncer: syncer(service, wanted.skip_grants),
        draft: open(service, file.to_owned()).await?,
        request,
        clock: Arc::clone(&service.clock),
        ids: Arc::clone(&service.ids),
        progress: Arc::new(Audience {
            bars: None,
            lines: Some(Lines::default()),
        }),
        stop: stop.clone(),
    };
    let calls = &service.connected.calls;
    let (before, begun) = (calls(), service.clock.now());
    let summary = ::sync::run(job).await.map_err(|error| failed(&error))?;
    let took = service.clock.now() - begun;
    let report = Report {
        summary,
        calls: calls().saturating_sub(before),
        took: took.to_std().unwrap_or_default(),
    };
    report.tell(false, &[]);
    Ok(())
}

fn syncer(service: &Service, skip_grants: bool) -> Arc<dyn Syncer> {
    let syncer = Arc::clone(&service.connected.syncer);
    if skip_grants {
        Arc::new(WithoutGrants(syncer))
    } else {
        syncer
    }
}

async fn open(service: &Service, file: PathBuf) -> Result<Draft, Failure> {
    let options = DraftOptions {
        limits: service.rules.sync.limits,
        ..DraftOptions::default()
    };
    let opening = tokio::task::spawn_blocking(move || Draft::open(&file, options));
    let draft = opening.await.map_err(|error| lost(&error))?;
    draft.map_err(|error| failed(&SyncError::from(error)))
}

/// A sync that was finished and read nothing.
async fn write_nothing(service: &Service, file: PathBuf) -> Result<(), Failure> {
    let (now, bytes) = (service.clock.now(), service.ids.next_bytes());
    let mut draft = open(service, file).await?;
    let writing = tokio::task::spawn_blocking(move || {
        draft.start(new_sync_id(now, bytes), &SyncKind::Full, now)?;
        draft.finish("", now)?;
        draft.save().map(drop)
    });
    let written = writing.await.map_err(|error| lost(&error))?;
    written.map_err(|error| failed(&SyncError::from(error)))
}

fn failed(error: &SyncError) -> Failure {
    Failure::new(code(error.kind()), with_hint(&error.to_string(), &error.hint()))
}

fn lost(error: &tokio::task::JoinError) -> Failure {
    Failure::new(
        Code::Internal,
        format!("work on the file ended unexpectedly: {error}"),
    )
}

fn no_folder(error: &std::io::Error) -> Failure {
    let text = format!("no temporary folder can be made: {error}");
    Failure::new(Code::FailedPrecondition, text)
}
