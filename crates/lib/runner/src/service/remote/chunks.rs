//! A file as the messages of an upload, read as they are sent.

use std::io;
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use proto::baton_service_v1::BatonServiceUploadAssetRequest;
use proto::baton_service_v1::baton_service_upload_asset_request::{
    Msg, UploadData, UploadEof, UploadMetadata,
};
use sha2::{Digest, Sha256};
use task_protocol::CHUNK_BYTES;
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc::{self, Sender};
use tokio::task::JoinHandle;
use tokio_stream::wrappers::ReceiverStream;

/// How many messages are read ahead of what the connection takes.
const AHEAD: usize = 2;

/// What is uploaded.
pub(super) struct Chunks {
    metadata: UploadMetadata,
    file: PathBuf,
}

impl Chunks {
    pub(super) fn new(metadata: UploadMetadata, file: &Path) -> Self {
        Self {
            metadata,
            file: file.to_owned(),
        }
    }

    /// The messages, and the task that reads them. It ends early when nobody takes them any more.
    pub(super) fn open(
        self,
    ) -> (
        ReceiverStream<BatonServiceUploadAssetRequest>,
        JoinHandle<io::Result<()>>,
    ) {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let reading = tokio::spawn(async move { self.read(&sender).await });
        (ReceiverStream::new(receiver), reading)
    }

    async fn read(self, out: &Sender<BatonServiceUploadAssetRequest>) -> io::Result<()> {
        let mut file = File::open(&self.file).await?;
        let mut hash = Sha256::new();
        if !send(out, Msg::Metadata(self.metadata)).await {
            return Ok(());
        }
        loop {
            let data = next(&mut file).await?;
            if data.is_empty() {
                break;
            }
            hash.update(&data);
            if !send(out, Msg::Data(UploadData { data })).await {
                return Ok(());
            }
        }
        let eof = UploadEof {
            sha256_checksum: hash.finalize().to_vec(),
            ..UploadEof::default()
        };
        send(out, Msg::Eof(eof)).await;
        Ok(())
    }
}

/// As much as a message holds, or what is left.
async fn next(file: &mut File) -> io::Result<Bytes> {
    let mut data = BytesMut::with_capacity(CHUNK_BYTES);
    let mut rest = file.take(u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX));
    while rest.read_buf(&mut data).await? > 0 {}
    Ok(data.freeze())
}

/// Whether anybody takes it.
async fn send(out: &Sender<BatonServiceUploadAssetRequest>, msg: Msg) -> bool {
    out.send(BatonServiceUploadAssetRequest { msg: Some(msg) })
        .await
        .is_ok()
}
