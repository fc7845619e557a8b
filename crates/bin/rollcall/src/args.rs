//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// Print a script that completes commands in a shell
    Completion {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Where to keep the file [default: a new temporary folder]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
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
