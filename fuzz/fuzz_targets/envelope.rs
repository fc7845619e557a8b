//! Any bytes as a file: it opens or is refused with a text, and every row of it answers or errs.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("fuzz.c1z");
    // Most inputs should get past the magic.
    let whole = [b"C1ZF\0".as_slice(), bytes].concat();
    if std::fs::write(&path, whole).is_ok() {
        match c1z::Reader::open(&path, &c1z::ReadOptions::default()) {
            Ok(reader) => drop(reader.syncs()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
