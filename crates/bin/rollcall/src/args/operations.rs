//! Commands for whoever keeps the service running.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Subcommand;
use secrecy::SecretString;

use super::{Output, Place};

#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The file, which is there when it is whole; one of that name is replaced
    pub(crate) file: PathBuf,
    /// Also put the key file into it, sealed so that only this recipient can open it: an age recipient (`age1…`) or an
    /// SSH key; may be given several times
    #[arg(long, value_name = "RECIPIENT")]
    pub(crate) keys_for: Vec<String>,
    /// The key file [default: keys in the folder]
    #[arg(long, env = "ROLLCALL_KEYS", value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) place: Place,
    /// A file that `rollcall backup` wrote
    pub(crate) file: PathBuf,
    /// The key file, to see whether it has the keys that are needed [default: keys in the folder]
    #[arg(long, env = "ROLLCALL_KEYS", value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Keys {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The key file [default: keys in the folder]
    #[arg(long = "keys", global = true, env = "ROLLCALL_KEYS", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) order: Option<KeysOrder>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysOrder {
    /// List them, and how many secrets each of them has sealed
    List,
    /// Add a new key, use it, and seal all secrets again with it; services that run go on
    Rotate,
    /// Add a new key that opens but does not seal yet: for services on several machines, which all have to have it first
    Add,
    /// Seal secrets with this key from now on
    Use {
        /// Its id
        id: String,
    },
    /// Seal all secrets again with the current key; goes on where it was interrupted
    Reseal,
    /// Forget a key that no secret needs any more
    Retire {
        /// Its id
        id: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The key file [default: keys in the folder]
    #[arg(long, env = "ROLLCALL_KEYS", value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    /// The certificate that the service shows [default: the one of our own making]
    #[arg(long, env = "ROLLCALL_TLS_CERTIFICATE", value_name = "FILE")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The mail server that the service uses; it is greeted, and no letter is sent
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
    /// Where the service listens, to be asked how it is
    #[arg(long, env = "ROLLCALL_LISTEN", value_name = "IP:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// The form of the answer
    #[arg(long, short, value_name = "FORM", default_value = "table")]
    pub(crate) output: Output,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) place: Place,
    /// A trail that was downloaded, instead of the one in the database
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The number and hash of an entry that was noted elsewhere, as `NUMBER:HASH`: shows whether the end was cut off
    #[arg(long, value_name = "ENTRY")]
    pub(crate) has: Option<String>,
}
