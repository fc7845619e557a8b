//! What a full disk does to unpacking.

use std::io::{self, Write};
use std::path::Path;

use super::{pack, unpack};
use crate::{Error, Limits};

/// A file on a full disk.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_named_by_what_is_written_and_not_by_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (database, packed) = (folder.path().join("db"), folder.path().join("a.c1z"));
    std::fs::write(&database, vec![7; 5000]).unwrap();
    pack(&database, &packed, &std::fs::File::create(&packed).unwrap()).unwrap();
    let full = unpack(&packed, &Limits::default(), Path::new("/full/copy"), &mut Full);
    assert!(matches!(full, Err(Error::NoSpace { what }) if what == "/full/copy"));
}
