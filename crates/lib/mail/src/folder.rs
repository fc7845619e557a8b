//! Letters that go no further than a folder of this machine: for trying things out, and where there is no mail server.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use crate::message::message;
use crate::{Address, Letter, SendError, Sender};

/// A folder in which each letter is a file, `<when>-<id>.eml`, that mail programs open.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    from: Address,
}

impl Folder {
    /// The folder at `path`, which is made with the first letter. All letters are `from` the same.
    pub fn new(path: &Path, from: Address) -> Self {
        Self {
            path: path.to_owned(),
            from,
        }
    }
}

#[async_trait]
impl Sender for Folder {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let content = message(letter, &self.from)?.formatted();
        let name = format!("{}-{}.eml", letter.written.format("%Y%m%dT%H%M%SZ"), letter.id);
        let folder = self.path.clone();
        let written = tokio::task::spawn_blocking(move || write(&folder, &name, &content)).await;
        let written = written.map_err(io::Error::other).flatten();
        written.map_err(|source| SendError::Folder {
            path: self.path.clone(),
            source,
        })
    }
}

/// Beside and renamed, so that whoever looks into the folder never sees half a letter. Links in letters let people in:
/// they are for this user only.
fn write(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    private_folder().recursive(true).create(folder)?;
    let new = folder.join(format!(".{name}.new"));
    // What an interrupted attempt left, which may have other rights.
    drop(fs::remove_file(&new));
    let mut file = private_file().create_new(true).write(true).open(&new)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&new, folder.join(name))
}

fn private_folder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private_file() -> fs::OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
