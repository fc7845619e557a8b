//! Making a backup, while the service runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use archive::Writer;
use futures_util::StreamExt as _;
use governance::repository::SealedValues as _;
use governance::{AuditAction, Object, Upload};
use sealing::{Label, Recipient};
use store::{Database, Moment};
use task_service::FileStore;
use tempfile::NamedTempFile;
use vault::{KeyRing, Sealed};

use super::about::About;
use super::progress::Progress;
use super::{FILES, KEYS, TABLES, failed};
use crate::args::Backup;
use crate::control::{connectors, place};
use crate::failure::Failure;

/// How much is collected before it goes to the disk.
const COLLECTED: usize = 1 << 20;

pub(in crate::control) async fn run(backup: &Backup) -> Result<(), Failure> {
    let recipients = recipients(backup)?;
    let database = place::existing(&backup.place).await?;
    let files = place::files(&backup.place)?;
    let folder = place::folder_of(&backup.file);
    // Beside its place, for nobody else to read; it gets its name when it is whole.
    let part = NamedTempFile::with_prefix_in(".rollcall-backup-", folder)?;
    let office = place::office_over(database.clone());
    let target = backup.file.display().to_string();
    let object = Object::new("backup", &target, &target);
    office
        .note(&place::actor(), AuditAction::BackedUp, object)
        .await?;
    let out = BufWriter::with_capacity(COLLECTED, part.reopen()?);
    let mut making = Making {
        database: &database,
        files: &files,
        archive: Writer::begin(out)?,
        progress: Progress::new(),
    };
    making.keys(backup, &recipients)?;
    let about = making.everything().await?;
    let Making { archive, .. } = making;
    let out = archive.finish(&about)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    part.persist(&backup.file).map_err(|error| error.error)?;
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    told(&backup.file, &about, !recipients.is_empty())
}

/// Who is to be able to open the keys in it.
fn recipients(backup: &Backup) -> Result<Vec<Recipient>, Failure> {
    let all = backup.keys_for.iter();
    all.map(|text| {
        // Keys of the other kind make no file that `age` opens.
        if text.trim_start().starts_with('{') {
            let message = "a JSON Web Key is no recipient of a backup's keys";
            return Err(Failure::new(
                message,
                "give an age recipient (`age1…`) or an SSH public key",
            ));
        }
        Recipient::parse(text).map_err(|error| Failure::new(error, error.hint()))
    })
    .collect()
}

struct Making<'a> {
    database: &'a Database,
    files: &'a FileStore,
    archive: Writer<BufWriter<File>>,
    progress: Progress,
}

impl Making<'_> {
    /// The ring of keys, sealed for each recipient.
    fn keys(&mut self, backup: &Backup, recipients: &[Recipient]) -> Result<(), Failure> {
        if recipients.is_empty() {
            return Ok(());
        }
        let ring = KeyRing::load(&place::key_ring(&backup.place, backup.keys.as_deref()));
        let ring = ring.map_err(|error| Failure::new(&error, error.hint()))?;
        let label = Label {
            name: "keys".to_owned(),
            description: "the key ring of Rollcall".to_owned(),
        };
        for (number, recipient) in (1..).zip(recipients) {
            let sealed = recipient.seal(&label, &ring.to_text());
            let sealed = sealed.map_err(|error| Failure::new(&error, error.hint()))?;
            let mut member = self.archive.member(&format!("{KEYS}{number}.age"))?;
            member.write_all(&sealed.bytes)?;
            member.finish()?;
        }
        Ok(())
    }

    async fn everything(&mut self) -> Result<About, Failure> {
        let moment = self.database.moment().await.map_err(|error| failed(&error))?;
        let rows = self.tables(&moment).await?;
        let uploads = moment.files().await.map_err(|error| failed(&error))?;
        let schema = moment.schema().to_vec();
        // Files are what they were: no row has to be kept for them any longer.
        drop(moment);
        let (files, missing) = self.uploads(&uploads).await?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: place::now(),
            schema,
            rows,
            files,
            missing,
            keys: needed(self.database).await?,
        })
    }

    async fn tables(&mut self, moment: &Moment) -> Result<BTreeMap<String, u64>, Failure> {
        let mut rows = BTreeMap::new();
        for table in moment.tables() {
            let name = &table.name;
            let mut member = self.archive.member(&format!("{TABLES}{name}"))?;
            let mut lines = BufWriter::with_capacity(COLLECTED, &mut member);
            let progress = &mut self.progress;
            let written = moment
                .write(table, &mut lines, |count| progress.say(name, count, "rows"))
                .await;
            rows.insert(name.clone(), written.map_err(|error| failed(&error))?);
            lines.flush()?;
            drop(lines);
            member.finish()?;
        }
        Ok(rows)
    }

    /// How many files there are, and which are not there.
    async fn uploads(&mut self, uploads: &[Upload]) -> Result<(u64, Vec<String>), Failure> {
        let (mut count, mut missing) = (0, Vec::new());
        for upload in uploads {
            self.progress
                .say("files", count, "of those that connectors handed over");
            if self.upload(upload).await? {
                count += 1;
            } else {
                missing.push(upload.key.clone());
            }
        }
        Ok((count, missing))
    }

    /// `false` when it is not there.
    async fn upload(&mut self, upload: &Upload) -> Result<bool, Failure> {
        let unusable = |error: task_service::FileStoreError| Failure::new(error, "see --files");
        let pieces = match self.files.get(&upload.key).await {
            Err(error) if error.is_missing() => return Ok(false),
            other => other.map_err(unusable)?,
        };
        let mut pieces = std::pin::pin!(pieces);
        let mut member = self.archive.member(&format!("{FILES}{}", upload.key))?;
        while let Some(piece) = pieces.next().await {
            member.write_all(&piece.map_err(unusable)?)?;
        }
        let written = member.finish()?;
        if written.sha256.0 != upload.digest.0 {
            return Err(Failure::new(
                format!("the file {} is not what the connector handed over", upload.key),
                "`rollcall doctor` looks at all of them; the backup was not made",
            ));
        }
        Ok(true)
    }
}

/// The keys that stored secrets are sealed with.
async fn needed(database: &Database) -> Result<Vec<String>, Failure> {
    let values = database.sealed_values().await?;
    let sealed = values
        .iter()
        .filter_map(|value| Sealed::from_bytes(&value.secret.0).ok());
    let ids: BTreeSet<String> = sealed.map(|sealed| sealed.key_id().to_string()).collect();
    Ok(ids.into_iter().collect())
}

fn told(file: &Path, about: &About, has_keys: bool) -> Result<(), Failure> {
    let rows: u64 = about.rows.values().sum();
    let size = std::fs::metadata(file)?.len();
    let mut said = vec![format!(
        "{} has everything: {rows} rows and {} files, {size} bytes.",
        file.display(),
        about.files
    )];
    if !about.missing.is_empty() {
        let count = about.missing.len();
        said.push(format!("{count} files that rows name were not there."));
    }
    if !about.keys.is_empty() && !has_keys {
        said.push(format!(
            "Its secrets open only with the key file, which is not in it: keep a copy somewhere else. It needs the keys {}.",
            about.keys.join(", ")
        ));
    }
    connectors::say(&said.join(" "))
}
