//! Files made and looked at without this crate.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// Five bytes of magic, then this.
pub(crate) fn with_magic(rest: &[u8]) -> Vec<u8> {
    [b"C1ZF\0", rest].concat()
}

/// One zstd frame, with or without its size, and with a checksum.
pub(crate) fn frame(content: &[u8], sized: bool) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.include_contentsize(sized).unwrap();
    encoder
        .set_pledged_src_size(sized.then_some(content.len() as u64))
        .unwrap();
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A file whose database is made by these statements, over one connection.
pub(crate) fn file_of(folder: &Path, statements: &str) -> PathBuf {
    let database = folder.join("made.db");
    let db = Connection::open(&database).unwrap();
    db.execute_batch(statements).unwrap();
    drop(db);
    let path = folder.join("made.c1z");
    pack(&database, &path);
    path
}

/// Packs a database as it is.
pub(crate) fn pack(database: &Path, path: &Path) {
    let content = std::fs::read(database).unwrap();
    std::fs::write(path, with_magic(&frame(&content, true))).unwrap();
}

/// The database in a file, unpacked without this crate.
pub(crate) fn unpack(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(&bytes[..5], b"C1ZF\0");
    zstd::decode_all(&bytes[5..]).unwrap()
}

/// A connection to the database in a file.
pub(crate) fn connect(path: &Path, folder: &Path) -> Connection {
    let database = folder.join("unpacked.db");
    std::fs::write(&database, unpack(path)).unwrap();
    Connection::open(database).unwrap()
}

/// All rows of a query, as text.
pub(crate) fn rows(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let count = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            let cells: Vec<String> = (0..count).map(|at| cell(row.get_ref(at).unwrap())).collect();
            Ok(cells.join(" | "))
        })
        .unwrap();
    rows.map(Result::unwrap).collect()
}

fn cell(value: rusqlite::types::ValueRef<'_>) -> String {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}
