//! What a file has to be before it is believed.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use c1z::{Limits, ReadOptions, Reader, SyncChoice};
use governance::Content;
use tonic::Status;

use super::Received;

/// The first bytes of every version of the format.
const MAGIC: &[u8] = b"C1Z";
/// The most bytes of a log.
const LARGEST_LOG: u64 = 64 << 20;

/// What the file of an instance has to be.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The types that the instance says it reads; empty when it did not say.
    pub(crate) resource_types: Vec<String>,
    /// The most bytes that the file may unpack to.
    pub(crate) largest_unpacked: u64,
}

/// Why a file is not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
    /// It is in the other container.
    #[error(
        "this is a v3 (Pebble) file, which cannot be read here; update the connector, or start it with \
         `--storage-engine sqlite`"
    )]
    Pebble,
    /// It is damaged, or no such file at all.
    #[error("the file cannot be used: {0}")]
    Unusable(String),
    /// The sync in it is not complete.
    #[error("the file holds no finished sync")]
    Unfinished,
    /// It seems to be the file of something else.
    #[error("the file holds resources of type `{0}`, which this connector does not say it reads")]
    OtherConnector(String),
    /// It is too much of a log.
    #[error("the log is larger than {LARGEST_LOG} bytes, the most that is taken")]
    LargeLog,
    /// It cannot be read.
    #[error("the file cannot be read here: {0}")]
    Disk(#[from] io::Error),
}

impl CheckError {
    /// What it is called on the wire.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Disk(_) => Status::unavailable("the control plane cannot read the file; try again"),
            Self::LargeLog => Status::resource_exhausted(self.to_string()),
            _ => Status::failed_precondition(self.to_string()),
        }
    }
}

impl Received {
    /// Looks into the file, which takes a while for a large one.
    pub(crate) async fn check(self, wanted: Wanted) -> Result<(Self, Content), CheckError> {
        let looked = tokio::task::spawn_blocking(move || {
            let content = check(self.path(), self.size(), &wanted)?;
            Ok((self, content))
        });
        looked.await.map_err(io::Error::other)?
    }
}

fn check(path: &Path, size: u64, wanted: &Wanted) -> Result<Content, CheckError> {
    if is_c1z(path)? {
        return check_sync(path, wanted);
    }
    if size > LARGEST_LOG {
        return Err(CheckError::LargeLog);
    }
    let log = std::fs::read_to_string(path).ok();
    log.filter(|text| text.starts_with('{'))
        .map(|_| Content::DebugLog)
        .ok_or_else(|| CheckError::Unusable("it is neither a .c1z file nor a log of JSON lines".to_owned()))
}

fn is_c1z(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?
        .take(MAGIC.len() as u64)
        .read_to_end(&mut start)?;
    Ok(start == MAGIC)
}

fn check_sync(path: &Path, wanted: &Wanted) -> Result<Content, CheckError> {
    let options = ReadOptions {
        limits: Limits {
            decoded_bytes: wanted.largest_unpacked,
            ..Limits::default()
        },
        temp_dir: path.parent().map(Path::to_owned),
    };
    let reader = Reader::open(path, &options).map_err(|error| unusable(&error, path))?;
    let run = reader
        .choose(&SyncChoice::Newest)
        .map_err(|_| CheckError::Unfinished)?;
    for kind in reader.resource_types(&run.id) {
        let id = kind.map_err(|error| unusable(&error, path))?.message.id;
        if !wanted.resource_types.is_empty() && !wanted.resource_types.contains(&id) {
            return Err(CheckError::OtherConnector(id));
        }
    }
    Ok(Content::Sync(run.id))
}

/// Errors name the file as the person who has it knows it; this one's name means nothing to them.
fn unusable(error: &c1z::Error, path: &Path) -> CheckError {
    match error {
        c1z::Error::Pebble { .. } => CheckError::Pebble,
        error => CheckError::Unusable(error.to_string().replace(&path.display().to_string(), "it")),
    }
}
