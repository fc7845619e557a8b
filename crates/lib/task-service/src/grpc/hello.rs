//! An instance introduces itself.

use governance::{Caller, HostId, Outcome, Worker};
use prost::Message as _;
use proto::baton_service_v1::BatonServiceHelloRequest;
use proto::baton_service_v1::baton_service_hello_request::{BuildInfo, OsInfo};
use proto::connector_v2::ConnectorMetadata;
use tonic::Status;

use super::status::{refused, wrong_id};
use crate::Inner;
use crate::one_line::one_line;

/// The most bytes of what an instance says of itself; ours has about ten thousand.
const LARGEST_METADATA: usize = 512 << 10;

impl Inner {
    pub(super) async fn hello(
        &self,
        caller: &Caller,
        request: BatonServiceHelloRequest,
    ) -> Result<(), Status> {
        let now = self.desk.now();
        let host = HostId::parse(&request.host_id).map_err(wrong_id)?;
        let metadata = request.connector_metadata.unwrap_or_default();
        if metadata.encoded_len() > LARGEST_METADATA {
            let text = format!("connector_metadata may have {LARGEST_METADATA} bytes at most");
            return Err(Status::invalid_argument(text));
        }
        let worker = Worker {
            connector: caller.connector().clone(),
            host,
            first_seen_at: now,
            last_seen_at: now,
            program: program(&request.build_info.unwrap_or_default()),
            system: system(&request.os_info.unwrap_or_default()),
            resource_types: resource_types(&metadata),
            metadata: metadata.encode_to_vec(),
        };
        self.desk.hello(&worker).await.map_err(refused)?;
        tracing::info!(connector = %worker.connector, host = %worker.host, program = one_line(&worker.program), "hello");
        if request.task_id.is_empty() {
            return Ok(());
        }
        let claim = super::claim(&request.host_id, &request.task_id)?;
        let done = Outcome::Succeeded(Vec::new());
        self.desk.finish(caller, &claim, done).await.map_err(refused)
    }
}

/// The program's name, without the way to its source, and its version.
fn program(build: &BuildInfo) -> String {
    let name = build.package.rsplit('/').next().unwrap_or_default();
    joined(&[name, &build.package_version])
}

fn system(os: &OsInfo) -> String {
    joined(&[&os.platform, &os.platform_version, &os.kernel_arch])
}

fn joined(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The types that it says it reads.
fn resource_types(metadata: &ConnectorMetadata) -> Vec<String> {
    let capabilities = metadata.capabilities.iter();
    capabilities
        .flat_map(|capabilities| &capabilities.resource_type_capabilities)
        .filter_map(|capability| capability.resource_type.as_ref())
        .map(|kind| kind.id.clone())
        .collect()
}
