//! Files that somebody brings: checked to the last row before they are stored, so that whoever brings one is told at once
//! what is wrong with it.

use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use c1z::ReadOptions;
use chrono::TimeDelta;
use futures_util::Stream;
use governance::NewFile;
use projection::{File, ProjectionError};
use task_service::{Brought, FileStore, NotTaken, Settings};

/// What files are received with.
#[derive(Clone, Debug)]
pub(crate) struct Receiving {
    pub(crate) files: FileStore,
    pub(crate) settings: Settings,
    /// Where files are unpacked for reading.
    pub(crate) folder: PathBuf,
}

impl Receiving {
    /// Takes a file, and reads all of it once.
    pub(crate) async fn receive(
        &self,
        pieces: impl Stream<Item = io::Result<Bytes>> + Unpin,
    ) -> Result<Brought, NotTaken> {
        let brought = Brought::receive(&self.files, &self.settings, pieces).await?;
        let options = ReadOptions {
            temp_dir: Some(self.folder.clone()),
            ..ReadOptions::default()
        };
        let read = tokio::task::spawn_blocking(move || match read(&brought, &options) {
            Ok(()) => Ok(brought),
            Err(error) => {
                // This one's name means nothing to whoever has the file.
                let path = brought.path().display().to_string();
                Err(NotTaken::Refused(error.to_string().replace(&path, "it")))
            }
        });
        read.await.map_err(io::Error::other)?
    }

    /// What it is, for the domain.
    pub(crate) fn described(&self, brought: &Brought) -> NewFile {
        NewFile {
            sync: brought.sync().clone(),
            size: brought.size(),
            digest: brought.digest(),
            keep: TimeDelta::from_std(self.settings.keep_files).unwrap_or(TimeDelta::MAX),
        }
    }
}

fn read(brought: &Brought, options: &ReadOptions) -> Result<(), ProjectionError> {
    let file = File::open(brought.path(), brought.sync(), options)?;
    file.rows()?.try_for_each(|rows| rows.map(drop))
}
