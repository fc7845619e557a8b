//! Files that connectors have handed over: listed, fetched.

use std::io::Write as _;

use futures_util::StreamExt as _;
use governance::{Content, Office, Upload, UploadState};
use inspect::{Cell, Column, Ink, Table, ago};

use super::{connectors, place};
use crate::args::{self, Place};
use crate::failure::Failure;
use crate::terminal;

/// How many of the newest are listed.
const LISTED: u64 = 50;

pub(super) async fn run(place: &Place, order: args::Files) -> Result<(), Failure> {
    let office = place::office(place).await?;
    match order {
        args::Files::List { connector } => list(&office, &connector).await,
        args::Files::Get { connector, id, out } => {
            let upload = find(&office, &connector, id.as_deref()).await?;
            fetch(place, &upload, &out).await?;
            let next = match upload.content {
                Content::Sync(_) => format!(
                    " `rollcall inspect stats -f {}` says what is in it.",
                    out.display()
                ),
                Content::DebugLog => String::new(),
            };
            connectors::say(&format!("{} bytes are in {}.{next}", upload.size, out.display()))
        }
    }
}

async fn list(office: &Office, name: &str) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let uploads = office.files(&place::actor(), &connector.id, LISTED).await?;
    let now = office.now();
    terminal::with_screen(|screen| {
        if uploads.is_empty() {
            screen.line(Ink::Plain, "It has not handed over any file yet.")?;
            return Ok(());
        }
        let columns = [
            Column::id("ID"),
            Column::name("What"),
            Column::number("Bytes"),
            Column::detail("Since"),
            Column::extra("SHA-256"),
        ];
        let mut table = Table::new(screen.out, screen.look, columns);
        for upload in &uploads {
            let since = match upload.state {
                UploadState::Kept { at } => at,
                UploadState::Storing { since } => since,
            };
            table.row([
                Cell::from(upload.id.as_str()),
                Cell::from(what(&upload.content)),
                Cell::from(upload.size.to_string()),
                Cell::from(ago(since, now)),
                Cell::from(upload.digest.to_string()),
            ])?;
        }
        table.finish()?;
        Ok(())
    })?;
    Ok(())
}

fn what(content: &Content) -> &'static str {
    match content {
        Content::Sync(_) => "sync",
        Content::DebugLog => "log",
    }
}

async fn find(office: &Office, name: &str, id: Option<&str>) -> Result<Upload, Failure> {
    let connector = place::connector(office, name).await?;
    let mut uploads = office
        .files(&place::actor(), &connector.id, u32::MAX.into())
        .await?
        .into_iter();
    let found = match id {
        Some(id) => uploads.find(|upload| upload.id.as_str() == id),
        None => uploads.find(|upload| matches!(upload.content, Content::Sync(_))),
    };
    found.ok_or_else(|| {
        Failure::new(
            "there is no such file",
            "`rollcall files list CONNECTOR` lists what there is",
        )
    })
}

/// The file is written beside and renamed, so that it is there whole or not at all.
async fn fetch(place: &Place, upload: &Upload, out: &std::path::Path) -> Result<(), Failure> {
    let unusable = |error: &dyn std::fmt::Display| Failure::new(error, "see --files and --out");
    let mut file = tempfile::NamedTempFile::new_in(place::folder_of(out))?;
    let store = place::files(place)?;
    let pieces = store.get(&upload.key).await.map_err(|error| unusable(&error))?;
    let mut pieces = std::pin::pin!(pieces);
    while let Some(piece) = pieces.next().await {
        file.write_all(&piece.map_err(|error| unusable(&error))?)?;
    }
    file.as_file().sync_all()?;
    file.persist(out).map_err(|error| unusable(&error.error))?;
    Ok(())
}
