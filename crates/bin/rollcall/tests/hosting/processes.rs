//! The processes of this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Those whose working folder is there or below, by their ids.
pub(crate) fn below(folder: &Path) -> Vec<u32> {
    let folder = folder.canonicalize().unwrap();
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let its = |id: &u32| std::fs::read_link(of(*id, "cwd")).is_ok_and(|cwd| cwd.starts_with(&folder));
    ids.filter(its).collect()
}

/// What the system knows of one.
pub(crate) fn of(id: u32, what: &str) -> PathBuf {
    format!("/proc/{id}/{what}").into()
}

/// What others may see of one: its arguments and its environment.
pub(crate) fn seen(id: u32) -> String {
    let text = |what| String::from_utf8_lossy(&std::fs::read(of(id, what)).unwrap()).into_owned();
    (text("cmdline") + &text("environ")).replace('\0', "\n")
}

/// As when the system needs its memory.
pub(crate) fn kill(id: u32) {
    let status = Command::new("kill").args(["-KILL", &id.to_string()]).status();
    assert!(status.unwrap().success());
}
