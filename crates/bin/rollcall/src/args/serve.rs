//! What `rollcall serve` takes.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::ValueEnum;
use secrecy::SecretString;

use super::{LogFormat, LogLevel, Place};

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Where to listen
    #[arg(
        long,
        env = "ROLLCALL_LISTEN",
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8443"
    )]
    pub(crate) listen: SocketAddr,
    /// The certificate with its chain, PEM [default: one of our own making]
    #[arg(
        long,
        env = "ROLLCALL_TLS_CERTIFICATE",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The key of that certificate, PEM
    #[arg(
        long,
        env = "ROLLCALL_TLS_KEY",
        value_name = "FILE",
        requires = "tls_certificate"
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// More names and addresses for a certificate of our own making
    #[arg(long, env = "ROLLCALL_TLS_NAMES", value_name = "NAME", value_delimiter = ',')]
    pub(crate) tls_name: Vec<String>,
    /// The file of the keys that secrets are sealed with; keep it apart from backups of the database [default: keys in
    /// the folder]
    #[arg(long, env = "ROLLCALL_KEYS", value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    /// The mail server, as `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…` [default: letters go into the folder mail]
    #[arg(long, env = "ROLLCALL_MAIL", value_name = "URL", hide_env_values = true)]
    pub(crate) mail: Option<SecretString>,
    /// From whom letters come
    #[arg(
        long,
        env = "ROLLCALL_MAIL_FROM",
        value_name = "ADDRESS",
        default_value = "rollcall@localhost"
    )]
    pub(crate) mail_from: String,
    /// Leave connectors that run beside the service to other services on the same database
    #[arg(long, env = "ROLLCALL_NO_HOSTING")]
    pub(crate) no_hosting: bool,
    /// After how many seconds another service on the same database takes over the connectors of one that is gone
    #[arg(
        long,
        env = "ROLLCALL_HOSTING_LEASE",
        value_name = "SECONDS",
        default_value_t = 20
    )]
    #[arg(value_parser = clap::value_parser!(u16).range(10..=600))]
    pub(crate) hosting_lease: u16,
    /// The networks of proxies before the service, such as 10.0.0.0/8: what they say of whom a request comes from is
    /// believed, and what anybody else says is not
    #[arg(
        long,
        env = "ROLLCALL_TRUSTED_PROXIES",
        value_name = "CIDR",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxy: Vec<::lobby::Network>,
    /// The one header in which those proxies say it
    #[arg(
        long,
        env = "ROLLCALL_PROXY_HEADER",
        value_name = "HEADER",
        default_value = "x-forwarded-for"
    )]
    pub(crate) proxy_header: ProxyHeader,
    /// Another address of Cloudflare's API, for a simulator on this machine
    #[arg(long, env = "ROLLCALL_CLOUDFLARE_URL", value_name = "URL", hide = true)]
    pub(crate) cloudflare: Option<String>,
    /// Believe a sign-in provider on this machine without TLS, for tests and for trying things out
    #[arg(long, env = "ROLLCALL_PLAIN_LOOPBACK", hide = true)]
    pub(crate) plain_loopback: bool,
    /// For how many days files are kept; the newest of each connector always is
    #[arg(long, env = "ROLLCALL_KEEP_FILES", value_name = "DAYS", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) keep_files: u16,
    /// The most megabytes that a connector may hand over in a file
    #[arg(
        long,
        env = "ROLLCALL_LARGEST_UPLOAD",
        value_name = "MB",
        default_value_t = 2048
    )]
    #[arg(value_parser = clap::value_parser!(u64).range(1..1 << 20))]
    pub(crate) largest_upload: u64,
    /// How many seconds a connector that has nothing to do waits before it asks again
    #[arg(long, env = "ROLLCALL_POLL", value_name = "SECONDS", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=60))]
    pub(crate) poll: u16,
    /// Every how many seconds a connector says that it still works on a task; one that was not heard of for some of
    /// these times loses it
    #[arg(
        long,
        env = "ROLLCALL_HEARTBEAT",
        value_name = "SECONDS",
        default_value_t = 20
    )]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=300))]
    pub(crate) heartbeat: u16,
    /// The form of the log
    #[arg(
        long,
        env = "ROLLCALL_LOG_FORMAT",
        value_name = "FORM",
        default_value = "text"
    )]
    pub(crate) log_format: LogFormat,
    /// How much is logged
    #[arg(
        long,
        env = "ROLLCALL_LOG_LEVEL",
        value_name = "LEVEL",
        default_value = "info"
    )]
    pub(crate) log_level: LogLevel,
}

impl Serve {
    /// The file of the keys that secrets are sealed with.
    pub(crate) fn key_ring(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.place.data.join("keys"))
    }
}

/// In which header proxies say whom a request comes from.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ProxyHeader {
    /// The usual one
    XForwardedFor,
    /// The standard one (RFC 7239)
    Forwarded,
}
