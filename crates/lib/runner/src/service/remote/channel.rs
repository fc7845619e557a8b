//! The connection.

use std::time::Duration;

use task_protocol::ClientId;
use tonic::transport::{Channel, ClientTlsConfig, Endpoint};

use super::CallError;

/// The longest that connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(30);

/// While a call is under way, the other end is asked so often whether it is there. An idle connection is left alone.
const PING_INTERVAL: Duration = Duration::from_secs(15);

/// How long it has to answer that.
const PING_LIMIT: Duration = Duration::from_secs(10);

/// One connection for all calls, made when it is first needed and made again when it breaks. Always encrypted; the
/// system's certificates are trusted, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
pub(in crate::service) fn channel(
    authority: &str,
    client: &ClientId,
    program: &str,
) -> Result<Channel, CallError> {
    let unusable = |error: tonic::transport::Error| CallError::Unreachable {
        reason: format!("cannot set up connections to the control plane: {error}"),
        hint: "install this system's certificates (on Debian the package ca-certificates)".to_owned(),
    };
    let endpoint = Endpoint::from_shared(format!("https://{authority}"))
        .and_then(|endpoint| endpoint.user_agent(format!("{} {program}", client.name())))
        .and_then(|endpoint| endpoint.tls_config(ClientTlsConfig::new().with_native_roots()))
        .map_err(unusable)?;
    Ok(endpoint
        .connect_timeout(CONNECT_LIMIT)
        .http2_keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_LIMIT)
        .connect_lazy())
}
