//! What the machine says of itself, from the files in which Linux keeps that.

use std::fs;
use std::path::Path;

use proto::baton_service_v1::baton_service_hello_request::OsInfo;

/// The name of a machine that does not say one, as in the original.
const NAMELESS: &str = "baton-sdk";

/// The most characters of a description.
const MOST: usize = 256;

/// What the machine says of itself.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) os: OsInfo,
}

impl Machine {
    /// Reads below `root`, which is `/` except in tests. What is not there stays empty.
    pub(super) fn read(root: &Path) -> Self {
        let line = |path: &str| first_line(&root.join(path));
        let release = fs::read_to_string(root.join("etc/os-release")).unwrap_or_default();
        let container = root.join(".dockerenv").exists();
        Self {
            os: OsInfo {
                hostname: line("proc/sys/kernel/hostname"),
                os: std::env::consts::OS.to_owned(),
                platform: entry(&release, "ID"),
                platform_version: entry(&release, "VERSION_ID"),
                platform_family: family(&release),
                kernel_version: line("proc/sys/kernel/osrelease"),
                kernel_arch: std::env::consts::ARCH.to_owned(),
                virtualization_system: if container { "docker" } else { "none" }.to_owned(),
            },
        }
    }

    /// How to tell it from others.
    pub(super) fn host_id(&self) -> String {
        let name = &self.os.hostname;
        if name.is_empty() { NAMELESS } else { name }.to_owned()
    }
}

fn first_line(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(MOST)
        .collect()
}

/// The first of the distributions that this one is like, or itself.
fn family(release: &str) -> String {
    let like = entry(release, "ID_LIKE");
    let first = like.split_whitespace().next().map(str::to_owned);
    first.unwrap_or_else(|| entry(release, "ID"))
}

/// A value of `os-release`, which may stand in quotation marks.
fn entry(release: &str, key: &str) -> String {
    let entries = release.lines().filter_map(|line| line.split_once('='));
    let value = entries
        .into_iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value);
    let value = value.unwrap_or_default().trim_matches(['"', '\'']);
    value.chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_machine_is_described_by_its_files() {
        let root = TempDir::new().unwrap();
        for (path, text) in [
            ("proc/sys/kernel/hostname", "connector-7\n"),
            ("proc/sys/kernel/osrelease", "6.1.0-18\n"),
            (
                "etc/os-release",
                "NAME=\"Ubuntu\"\nID=ubuntu\nVERSION_ID=\"24.04\"\nID_LIKE=\"debian linux\"\n",
            ),
            (".dockerenv", ""),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let OsInfo {
            hostname,
            platform,
            platform_version,
            platform_family,
            kernel_version,
            virtualization_system,
            ..
        } = Machine::read(root.path()).os;
        let told = [
            hostname,
            platform,
            platform_version,
            platform_family,
            kernel_version,
            virtualization_system,
        ];
        assert_snapshot!(told.join(" | "), @"connector-7 | ubuntu | 24.04 | debian | 6.1.0-18 | docker");
    }

    #[test]
    fn a_machine_that_says_nothing_still_has_a_name() {
        let root = TempDir::new().unwrap();
        let machine = Machine::read(root.path());
        assert_eq!(machine.host_id(), "baton-sdk");
        assert_eq!(machine.os.platform, "");
    }
}
