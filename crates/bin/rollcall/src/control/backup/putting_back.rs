//! Putting a backup back. Everything is checked before anything is written, and what is written counts with the last
//! commit or not at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

use archive::{ArchiveError, Contents, MemberReader, Reader};
use futures_util::TryStreamExt as _;
use governance::{AuditAction, Object};
use inspect::clean;
use store::{Database, Empty};
use task_service::FileStore;
use tempfile::NamedTempFile;

use super::about::About;
use super::progress::Progress;
use super::{FILES, KEYS, TABLES, failed, unusable};
use crate::args::{Place, Restore};
use crate::control::{connectors, place, verify};
use crate::failure::Failure;

/// How much is read at once.
const AT_ONCE: usize = 256 << 10;
/// What a person has to know whose backup cannot be read.
const NOTHING: &str = "; nothing was written";

pub(in crate::control) async fn run(restore: &Restore) -> Result<(), Failure> {
    let contents = checked(&restore.file)?;
    let empty = empty(&restore.place).await?;
    let files = place::files(&restore.place)?;
    only_ours(&files, &contents).await?;
    let tables = empty.begin(&contents.about.schema).await;
    let mut back = PuttingBack {
        tables: tables.map_err(|error| failed(&error))?,
        files,
        folder: restore.place.data.clone(),
        rows: BTreeMap::new(),
        count: 0,
        keys: Vec::new(),
        progress: Progress::new(),
    };
    back.everything(&restore.file).await?;
    if back.rows != contents.about.rows {
        let message = format!("the backup has other rows than it says{NOTHING}");
        return Err(Failure::new(message, "take another backup"));
    }
    let keys = back.keys;
    let database = back.tables.finish().await.map_err(|error| failed(&error))?;
    afterwards(restore, database, &contents.about, &keys).await
}

/// Goes through the whole file, before anything is written.
fn checked(file: &Path) -> Result<Contents<About>, Failure> {
    let mut progress = Progress::new();
    let mut bytes = 0;
    let opened = open(file).map_err(|error| unusable(&ArchiveError::Read(error), NOTHING))?;
    let contents: Result<Contents<About>, _> = archive::check(opened, |more| {
        bytes += more;
        progress.say("checking", bytes >> 20, "MiB");
    });
    let contents = contents.map_err(|error| unusable(&error, NOTHING))?;
    if !store::is_known(&contents.about.schema) {
        let message = format!(
            "the backup was made by version {}, which has tables that this version does not know{NOTHING}",
            clean(&contents.about.version)
        );
        return Err(Failure::new(
            message,
            "use the version of this program that wrote it, or a later one",
        ));
    }
    Ok(contents)
}

fn open(file: &Path) -> std::io::Result<BufReader<File>> {
    Ok(BufReader::with_capacity(AT_ONCE, File::open(file)?))
}

async fn empty(place: &Place) -> Result<Empty, Failure> {
    let empty = match &place.database_url {
        Some(url) => Empty::server(url).await,
        None => Empty::file(&place::database_file(place)).await,
    };
    empty.map_err(|error| failed(&error))
}

/// Files of somebody else are neither overwritten nor mixed with ours.
async fn only_ours(files: &FileStore, contents: &Contents<About>) -> Result<(), Failure> {
    let ours: std::collections::BTreeSet<&str> = contents
        .members
        .iter()
        .filter_map(|member| member.name.strip_prefix(FILES))
        .collect();
    let mut all = std::pin::pin!(files.keys());
    let unusable = |error| Failure::new(error, "see --data and --files");
    while let Some(key) = all.try_next().await.map_err(unusable)? {
        if !ours.contains(key.as_str()) {
            return Err(Failure::new(
                format!("there are files already, such as {key}"),
                "give another folder with --data, or an empty place with --files; what is there is not touched",
            ));
        }
    }
    Ok(())
}

struct PuttingBack {
    tables: store::Restore,
    files: FileStore,
    folder: PathBuf,
    rows: BTreeMap<String, u64>,
    count: u64,
    keys: Vec<PathBuf>,
    progress: Progress,
}

impl PuttingBack {
    async fn everything(&mut self, file: &Path) -> Result<(), Failure> {
        let wrong = |error: ArchiveError| unusable(&error, NOTHING);
        let opened = open(file).map_err(|error| wrong(ArchiveError::Read(error)))?;
        let mut archive = Reader::open(opened).map_err(wrong)?;
        while let Some(mut member) = archive.next_member().map_err(wrong)? {
            let name = member.name().to_owned();
            if let Some(table) = name.strip_prefix(TABLES) {
                self.table(table, member).await?;
            } else if let Some(key) = name.strip_prefix(FILES) {
                self.file(key, &mut member).await?;
            } else if let Some(key) = name.strip_prefix(KEYS) {
                self.sealed_keys(key, &mut member)?;
            } else {
                let what = format!("it has a part `{name}` that is unknown here");
                return Err(wrong(ArchiveError::Damaged { what }));
            }
        }
        // It may have been another file the first time.
        archive.contents::<About>().map(|_| ()).map_err(wrong)
    }

    async fn table(&mut self, table: &str, member: MemberReader<'_, BufReader<File>>) -> Result<(), Failure> {
        let mut lines = BufReader::with_capacity(AT_ONCE, member);
        let progress = &mut self.progress;
        let read = self
            .tables
            .read(table, &mut lines, |count| progress.say(table, count, "rows"))
            .await;
        self.rows
            .insert(table.to_owned(), read.map_err(|error| failed(&error))?);
        Ok(())
    }

    async fn file(&mut self, key: &str, member: &mut impl Read) -> Result<(), Failure> {
        self.count += 1;
        self.progress.say("files", self.count, "put back");
        let mut here = NamedTempFile::new_in(&self.folder)?;
        std::io::copy(member, &mut here)?;
        here.flush()?;
        let put = self.files.put(key, here.path()).await;
        put.map_err(|error| Failure::new(error, "see --data and --files"))
    }

    /// A sealed copy of the ring goes beside the database; only its recipient can open it.
    fn sealed_keys(&mut self, name: &str, member: &mut impl Read) -> Result<(), Failure> {
        let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        if !is_plain || name.starts_with('.') {
            let what = "a key file in it has a name that none has".to_owned();
            return Err(unusable(&ArchiveError::Damaged { what }, NOTHING));
        }
        let path = self.folder.join(format!("keys-{name}"));
        let mut here = NamedTempFile::new_in(&self.folder)?;
        std::io::copy(member, &mut here)?;
        here.as_file().sync_all()?;
        here.persist(&path).map_err(|error| error.error)?;
        self.keys.push(path);
        Ok(())
    }
}

/// What is to be seen once everything is there.
async fn afterwards(
    restore: &Restore,
    database: Database,
    about: &About,
    keys: &[PathBuf],
) -> Result<(), Failure> {
    let office = place::office_over(database);
    let entries = verify::whole(&office).await.map_err(|failure| {
        failure.after("everything was put back, but the audit trail in the backup was not whole already")
    })?;
    let made = about.made_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let object = Object::new("backup", restore.file.display(), format!("of {made}"));
    office
        .note(&place::actor(), AuditAction::Restored, object)
        .await?;
    let rows: u64 = about.rows.values().sum();
    let mut said = vec![format!(
        "The backup of {made} is put back: {rows} rows and {} files; the audit trail is whole, with {entries} entries. \
         Everybody has to sign in again.",
        about.files
    )];
    if !about.missing.is_empty() {
        let count = about.missing.len();
        said.push(format!(
            "{count} files that rows name were not there when it was made."
        ));
    }
    said.push(keys_wanted(restore, about, keys));
    connectors::say(&said.join(" "))
}

/// What is to be done about keys before the service is started.
fn keys_wanted(restore: &Restore, about: &About, sealed: &[PathBuf]) -> String {
    let file = place::key_ring(&restore.place, restore.keys.as_deref());
    let has = vault::KeyRing::load(&file).map_or_else(|_| Vec::new(), |ring| ring.key_ids().collect());
    let has: Vec<String> = has.iter().map(ToString::to_string).collect();
    let lacking: Vec<&str> = about
        .keys
        .iter()
        .map(String::as_str)
        .filter(|id| !has.iter().any(|has| has == id))
        .collect();
    if lacking.is_empty() {
        return "Start the service with `rollcall serve`.".to_owned();
    }
    let how = match sealed.first() {
        Some(sealed) => format!(
            "open one of the sealed copies with `age --decrypt -i IDENTITY {}`",
            sealed.display()
        ),
        None => "put your copy of the key file there".to_owned(),
    };
    format!(
        "Before you start the service: its secrets need the keys {} in {}; {how}.",
        clean(&lacking.join(", ")),
        file.display()
    )
}
