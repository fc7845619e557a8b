//! What the requests of `c1.connectorapi.baton.v1.BatonService` must be like, as the protocol declares it.
//!
//! Lengths of texts count characters.

use proto::baton_service_v1::baton_service_finish_task_request::FinalState;
use proto::baton_service_v1::baton_service_hello_request::{BuildInfo, OsInfo};
use proto::baton_service_v1::baton_service_upload_asset_request::{
    Msg, UploadData, UploadEof, UploadMetadata,
};
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceGetTaskRequest, BatonServiceGetTasksRequest,
    BatonServiceHeartbeatRequest, BatonServiceHelloRequest, BatonServiceUploadAssetRequest,
};

use crate::MAX_DATA_BYTES;

const HOST_ID: &str = "must have 1 to 256 characters";
const TASK_ID: &str = "must be 27 letters and digits";
const ANNOTATIONS: &str = "may have 16 entries at most";
const DESCRIPTION: &str = "may have 256 characters at most";
const PAGE_SIZE: &str = "must be 1 to 100";
const ABSENT: &str = "must be present";

/// A rule that a request breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} {rule}")]
pub struct Broken {
    /// The field, as the message calls it.
    pub field: &'static str,
    /// What it must be like, in words that go on from the field's name.
    pub rule: &'static str,
}

impl From<Broken> for tonic::Status {
    fn from(broken: Broken) -> Self {
        Self::invalid_argument(broken.to_string())
    }
}

/// Whether a task id has the form of one: 27 letters and digits.
pub fn is_task_id(text: &str) -> bool {
    text.len() == 27 && text.bytes().all(|c| c.is_ascii_alphanumeric())
}

/// # Errors
/// The first rule that is broken.
pub fn hello(request: &BatonServiceHelloRequest) -> Result<(), Broken> {
    host_id(&request.host_id)?;
    holds(
        request.task_id.is_empty() || is_task_id(&request.task_id),
        "task_id",
        TASK_ID,
    )?;
    holds(request.connector_metadata.is_some(), "connector_metadata", ABSENT)?;
    annotations(request.annotations.len())?;
    request.build_info.as_ref().map_or(Ok(()), build_info)?;
    request.os_info.as_ref().map_or(Ok(()), os_info)
}

/// # Errors
/// The first rule that is broken.
pub fn get_task(request: &BatonServiceGetTaskRequest) -> Result<(), Broken> {
    host_id(&request.host_id)
}

/// # Errors
/// The first rule that is broken.
pub fn get_tasks(request: &BatonServiceGetTasksRequest) -> Result<(), Broken> {
    host_id(&request.host_id)?;
    holds((1..=100).contains(&request.page_size), "page_size", PAGE_SIZE)?;
    task_ids(&request.known_task_ids, "known_task_ids")?;
    annotations(request.annotations.len())
}

/// # Errors
/// The first rule that is broken.
pub fn heartbeat(request: &BatonServiceHeartbeatRequest) -> Result<(), Broken> {
    host_id(&request.host_id)?;
    task_id(&request.task_id)?;
    holds(
        request.task_ids.len() <= 100,
        "task_ids",
        "may have 100 entries at most",
    )?;
    task_ids(&request.task_ids, "task_ids")?;
    annotations(request.annotations.len())
}

/// # Errors
/// The first rule that is broken.
pub fn finish_task(request: &BatonServiceFinishTaskRequest) -> Result<(), Broken> {
    host_id(&request.host_id)?;
    task_id(&request.task_id)?;
    match &request.final_state {
        None => holds(false, "final_state", ABSENT),
        Some(FinalState::Error(error)) => annotations(error.annotations.len()),
        Some(FinalState::Success(success)) => annotations(success.annotations.len()),
    }
}

/// One message of an upload, whichever it is.
///
/// # Errors
/// The first rule that is broken. The order of the messages is not looked at.
pub fn upload(request: &BatonServiceUploadAssetRequest) -> Result<(), Broken> {
    match &request.msg {
        None => holds(false, "msg", ABSENT),
        Some(Msg::Metadata(metadata)) => upload_metadata(metadata),
        Some(Msg::Data(data)) => upload_data(data),
        Some(Msg::Eof(eof)) => upload_eof(eof),
    }
}

/// # Errors
/// The first rule that is broken.
pub fn upload_metadata(metadata: &UploadMetadata) -> Result<(), Broken> {
    host_id(&metadata.host_id)?;
    task_id(&metadata.task_id)?;
    annotations(metadata.annotations.len())
}

/// # Errors
/// The first rule that is broken.
pub fn upload_data(data: &UploadData) -> Result<(), Broken> {
    let fits = (1..=MAX_DATA_BYTES).contains(&data.data.len());
    holds(fits, "data", "must have 1 to 1048576 bytes")
}

/// # Errors
/// The first rule that is broken.
pub fn upload_eof(eof: &UploadEof) -> Result<(), Broken> {
    holds(
        eof.sha256_checksum.len() == 32,
        "sha256_checksum",
        "must have 32 bytes",
    )?;
    annotations(eof.annotations.len())
}

fn build_info(info: &BuildInfo) -> Result<(), Broken> {
    let fields = [
        ("build_info.lang_version", &info.lang_version),
        ("build_info.package", &info.package),
        ("build_info.package_version", &info.package_version),
    ];
    descriptions(&fields)
}

fn os_info(info: &OsInfo) -> Result<(), Broken> {
    let fields = [
        ("os_info.hostname", &info.hostname),
        ("os_info.os", &info.os),
        ("os_info.platform", &info.platform),
        ("os_info.platform_version", &info.platform_version),
        ("os_info.platform_family", &info.platform_family),
        ("os_info.kernel_version", &info.kernel_version),
        ("os_info.kernel_arch", &info.kernel_arch),
        ("os_info.virtualization_system", &info.virtualization_system),
    ];
    descriptions(&fields)
}

fn descriptions(fields: &[(&'static str, &String)]) -> Result<(), Broken> {
    let short = |text: &String| text.chars().count() <= 256;
    let long = fields.iter().find(|(_, text)| !short(text));
    long.map_or(Ok(()), |(field, _)| holds(false, field, DESCRIPTION))
}

fn host_id(text: &str) -> Result<(), Broken> {
    holds((1..=256).contains(&text.chars().count()), "host_id", HOST_ID)
}

fn task_id(text: &str) -> Result<(), Broken> {
    holds(is_task_id(text), "task_id", TASK_ID)
}

fn task_ids(ids: &[String], field: &'static str) -> Result<(), Broken> {
    holds(ids.iter().all(|id| is_task_id(id)), field, TASK_ID)
}

fn annotations(number: usize) -> Result<(), Broken> {
    holds(number <= 16, "annotations", ANNOTATIONS)
}

fn holds(holds: bool, field: &'static str, rule: &'static str) -> Result<(), Broken> {
    if holds {
        Ok(())
    } else {
        Err(Broken { field, rule })
    }
}

#[cfg(test)]
mod tests;
