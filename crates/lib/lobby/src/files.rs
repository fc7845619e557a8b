//! Files that connectors handed over, for whoever may take them.

use std::fmt;

use governance::{Action, Actor, AuditAction, ConnectorId, Content, OfficeError, Upload, UploadId};

use crate::{Lobby, LobbyError, Pieces};

/// How many files are looked through.
const FILES: u64 = 200;

/// A file that somebody takes.
pub struct OpenFile {
    /// What it is.
    pub upload: Upload,
    /// What is in it.
    pub pieces: Pieces,
}

impl fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenFile")
            .field("upload", &self.upload)
            .finish_non_exhaustive()
    }
}

impl OpenFile {
    /// What it is to be called where it is kept.
    pub fn name(&self) -> String {
        let ending = match self.upload.content {
            Content::Sync(_) => "c1z",
            Content::DebugLog => "log",
        };
        format!("{}.{ending}", self.upload.id)
    }
}

impl Lobby {
    /// Opens a file of a connector. That it was taken is written down.
    ///
    /// # Errors
    /// When there is no such file for this actor, when they may not take it, or when it cannot be read.
    pub async fn open_file(
        &self,
        actor: &Actor,
        connector: &ConnectorId,
        file: &UploadId,
    ) -> Result<OpenFile, LobbyError> {
        let owned = self.office.owned(actor, connector).await?;
        let may = actor.may(Action::DownloadFiles(&owned.installation.value));
        may.map_err(OfficeError::from)?;
        let uploads = self.office.files(actor, connector, FILES).await?;
        let upload = uploads.into_iter().find(|upload| upload.id == *file);
        let upload = upload.ok_or(OfficeError::Unknown("file"))?;
        let pieces = self.helpers.files.open(connector, &upload).await;
        let pieces = pieces.map_err(|_| LobbyError::Broken("a file cannot be read from where it is kept"))?;
        let object = owned.connector.value.object();
        self.office
            .note(actor, AuditAction::FileDownloaded, object)
            .await?;
        Ok(OpenFile { upload, pieces })
    }
}
