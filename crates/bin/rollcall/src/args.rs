//! The command line.

mod operations;
mod serve;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

pub(crate) use operations::{Backup, Doctor, Keys, KeysOrder, Restore, Verify};
pub(crate) use serve::{ProxyHeader, Serve};

/// Who has access to Cloudflare, and why
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a made-up company's account, and show who has what
    Demo(Demo),
    /// Look into a .c1z file
    Inspect(Inspect),
    /// Run the console, and the service that connectors report to
    Serve(Serve),
    /// Write everything into one file, while the service runs
    Backup(Backup),
    /// Put a backup back, into an empty database of either kind
    Restore(Restore),
    /// Check that nobody has changed the audit trail
    Verify(Verify),
    /// Look whether everything is as it should be, and say what to do
    Doctor(Doctor),
    /// See the keys that secrets are sealed with, and change them
    Keys(Keys),
    /// Ask the service of this machine whether it is well
    Health(Health),
    /// See connectors, add them, let them sync
    Connectors {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        order: Option<Connectors>,
    },
    /// Give connectors credentials, and take them back
    Credentials {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        order: Credentials,
    },
    /// See what connectors were asked to do, and how it ended
    Tasks {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        order: Tasks,
    },
    /// See the files that connectors have handed over, and fetch them
    Files {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        order: Files,
    },
    /// Be a connector of the service
    #[command(hide = true)]
    Hosted {
        /// Which
        kind: Kind,
    },
    /// Print a script that completes commands in a shell
    Completion {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// A connector that can run beside the service.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Kind {
    Cloudflare,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Where the console listens
    #[arg(
        long,
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8443",
        conflicts_with = "file"
    )]
    pub(crate) listen: SocketAddr,
    /// Open no console: read the account into this new file, and print who has what
    #[arg(long, short, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// Where the control plane keeps what it knows.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The folder of the database, the files and the certificate
    #[arg(
        long,
        global = true,
        env = "ROLLCALL_DATA",
        value_name = "FOLDER",
        default_value = "rollcall-data"
    )]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database to use instead of the one in the folder, as `postgres://USER@HOST/NAME`
    #[arg(
        long,
        global = true,
        env = "ROLLCALL_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database_url: Option<String>,
    /// An S3 bucket to keep files in instead of the folder, as `s3://BUCKET/PREFIX`; keys and region come from AWS_*
    #[arg(long, global = true, env = "ROLLCALL_FILES", value_name = "URL")]
    pub(crate) files: Option<String>,
    /// The host and port under which connectors reach the service
    #[arg(
        long,
        global = true,
        env = "ROLLCALL_ADDRESS",
        value_name = "HOST:PORT",
        default_value = "localhost:8443"
    )]
    pub(crate) address: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Health {
    /// Where it listens
    #[arg(
        long,
        env = "ROLLCALL_LISTEN",
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8443"
    )]
    pub(crate) listen: SocketAddr,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people
    Text,
    /// Lines of JSON
    Json,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Connectors {
    /// List them, and how they are
    List,
    /// Add one, with its first credential
    Add {
        /// What to call it
        name: String,
        /// How often it reads everything, such as 30m, 6h or 1d; never for only when asked
        #[arg(long, value_name = "TIME", default_value = "6h")]
        sync_every: Every,
        /// Somebody brings its files: it has no credential, and nothing runs for it
        #[arg(long, conflicts_with = "sync_every")]
        from_files: bool,
    },
    /// Show one: who reports for it, and what it did lately
    Show {
        /// Its name or id
        name: String,
    },
    /// Let one read everything now
    Sync {
        /// Its name or id
        name: String,
        /// Also let it write down and hand over everything that it does meanwhile
        #[arg(long)]
        debug: bool,
    },
    /// Bring a .c1z file for one that was added for files
    Upload {
        /// Its name or id
        name: String,
        /// The file
        file: PathBuf,
    },
    /// Give one nothing to do until it is resumed
    Pause {
        /// Its name or id
        name: String,
    },
    /// Let one go on
    Resume {
        /// Its name or id
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Credentials {
    /// List those of a connector
    List {
        /// The connector's name or id
        connector: String,
    },
    /// Give a connector another one; the others stay good
    Add {
        /// The connector's name or id
        connector: String,
        /// For how many days it is good [default: until it is revoked]
        #[arg(long, value_name = "DAYS")]
        #[arg(value_parser = clap::value_parser!(u16).range(1..))]
        expires_in: Option<u16>,
    },
    /// Take one back: whoever uses it is turned away from now on
    Revoke {
        /// The credential's id
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Tasks {
    /// List the newest of a connector
    List {
        /// The connector's name or id
        connector: String,
    },
    /// Ask for one to be stopped
    Cancel {
        /// The task's id
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Files {
    /// List the newest of a connector
    List {
        /// The connector's name or id
        connector: String,
    },
    /// Fetch the newest sync of a connector, or one file
    Get {
        /// The connector's name or id
        connector: String,
        /// The file's id [default: the newest sync]
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Where to
        #[arg(long, short, value_name = "FILE", default_value = "sync.c1z")]
        out: PathBuf,
    },
}

/// An interval, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Every(pub(crate) Option<Duration>);

impl FromStr for Every {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const HOW: &str = "give a number with m, h or d, such as 30m, 6h or 1d, or never";
        if text == "never" {
            return Ok(Self(None));
        }
        let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or(HOW)?;
        let seconds = match unit {
            "m" => 60,
            "h" => 60 * 60,
            "d" => 24 * 60 * 60,
            _ => return Err(HOW),
        };
        match number.parse::<u32>() {
            Ok(number @ 1..=100_000) => Ok(Self(Some(Duration::from_secs(u64::from(number) * seconds)))),
            _ => Err(HOW),
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    /// The file
    #[arg(long, short, global = true, value_name = "FILE", default_value = "sync.c1z")]
    pub(crate) file: PathBuf,
    /// The form of the answer; JSON is one line, shaped as the `baton` reader prints it
    #[arg(long, short, global = true, value_name = "FORM", default_value = "table")]
    pub(crate) output: Output,
    /// The sync to look at [default: the newest finished one]
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) sync_id: Option<String>,
    /// Where files are unpacked to
    #[arg(long, global = true, hide = true, env = "BATON_TMPDIR", value_name = "FOLDER")]
    pub(crate) temp_dir: Option<PathBuf>,
    /// The most megabytes that a file may unpack to
    #[arg(
        long,
        global = true,
        hide = true,
        env = "BATON_DECODER_MAX_DECODED_SIZE_MB",
        value_name = "MB"
    )]
    #[arg(value_parser = clap::value_parser!(u64).range(1..1 << 40))]
    pub(crate) max_decoded_size_mb: Option<u64>,
    #[command(subcommand)]
    pub(crate) topic: Topic,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Output {
    #[value(alias = "console")]
    Table,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Topic {
    /// Which kinds of resources there are
    ResourceTypes,
    /// Which resources there are
    Resources {
        /// Only those of this type, with the columns that suit it
        #[arg(long, short = 't', value_name = "TYPE")]
        resource_type: Option<String>,
    },
    /// What can be held
    Entitlements {
        /// Only those on resources of this type
        #[arg(long, short = 't', value_name = "TYPE")]
        resource_type: Option<String>,
    },
    /// Who holds what, and why
    Grants(Held),
    /// Who holds something
    Principals(Held),
    /// What one person, group or token can do, and why
    Access {
        /// An id, `type:id`, an e-mail address, or part of a name
        who: String,
    },
    /// What changed between two syncs of the file, or between two files
    Diff {
        /// The older sync [default: the full one before the newer]
        #[arg(long, value_name = "ID")]
        from: Option<String>,
        /// The newer sync [default: the newest full one]
        #[arg(long, value_name = "ID")]
        to: Option<String>,
        /// Look for the newer sync in this file
        #[arg(long, value_name = "FILE")]
        other: Option<PathBuf>,
    },
    /// How much there is, and what to know of the run
    Stats,
    /// Which syncs the file holds
    Syncs,
    /// Whether the file is sound
    Check,
    /// What stands out: people without 2FA, forgotten tokens, and more
    Findings,
    /// Write everything as one flat table
    Export {
        #[command(subcommand)]
        form: Form,
    },
}

/// What must be held.
#[derive(Debug, clap::Args)]
pub(crate) struct Held {
    /// This entitlement
    #[arg(long, short, value_name = "ID", conflicts_with_all = ["resource_type", "resource"])]
    pub(crate) entitlement: Option<String>,
    /// Anything on resources of this type
    #[arg(long, short = 't', value_name = "TYPE")]
    pub(crate) resource_type: Option<String>,
    /// Anything on this resource of that type
    #[arg(long, short, value_name = "ID", requires = "resource_type")]
    pub(crate) resource: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Form {
    /// Comma separated
    Csv {
        /// Where to
        #[arg(long, value_name = "FILE", default_value = "./sync.csv")]
        out: PathBuf,
    },
    /// A workbook
    Xlsx {
        /// Where to
        #[arg(long, value_name = "FILE", default_value = "./sync.xlsx")]
        out: PathBuf,
    },
}
