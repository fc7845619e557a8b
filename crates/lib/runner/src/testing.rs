//! A connector that is made up, a file that it could have written, and the program around both.

mod company;
mod connector;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use company::full_sync;
pub(crate) use company::{entitlement, open, person, sync};
pub(crate) use connector::{DEFINITION, Fake, types, written};

use crate::program::{self, Surroundings};
use crate::results::Results;

/// A folder with a file that was read some time ago.
pub(crate) struct World {
    folder: TempDir,
}

/// How a run of the program ended.
pub(crate) struct Ran {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) last_words: String,
}

impl World {
    /// One full sync.
    pub(crate) fn new() -> Self {
        let world = Self::empty();
        full_sync(&world.file());
        world
    }

    /// No file.
    pub(crate) fn empty() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("sync.c1z")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program with its output going to another program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in(&[], arguments, None)
    }

    /// Runs the program with its output going to a person.
    pub(crate) fn show(&self, arguments: &[&str]) -> Ran {
        self.run_in(&[], arguments, Some(100))
    }

    pub(crate) fn run_in(
        &self,
        environment: &[(&str, &str)],
        arguments: &[&str],
        terminal: Option<usize>,
    ) -> Ran {
        let before = fs::read(self.file()).ok();
        let mut out = Vec::new();
        let mut results = Results {
            out: &mut out,
            terminal,
        };
        let ended = program::run(
            &DEFINITION,
            &self.surroundings(environment, arguments),
            &mut results,
        );
        assert_eq!(fs::read(self.file()).ok(), before, "the file is never changed");
        Ran {
            code: ended
                .as_ref()
                .map_or_else(crate::error::RunError::exit_code, |()| 0),
            out: self.plain(&String::from_utf8(out).unwrap()),
            last_words: ended.map_or_else(
                |error| self.plain(&program::complaint(&error)),
                |()| String::new(),
            ),
        }
    }

    fn surroundings(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Surroundings {
        let (file, log) = (self.file(), self.path("log"));
        let usual = [
            ("BATON_FILE", file.to_str().unwrap()),
            ("BATON_LOG_PATH", log.to_str().unwrap()),
            ("BATON_KEY", "secret"),
        ];
        let environment = usual.iter().chain(environment);
        Surroundings {
            arguments: ["baton-fake"].iter().chain(arguments).map(Into::into).collect(),
            environment: environment
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            folder: self.folder.path().to_owned(),
            stop: tokio_util::sync::CancellationToken::new(),
        }
    }

    fn plain(&self, text: &str) -> String {
        text.replace(self.folder.path().to_str().unwrap(), "[folder]")
    }
}

impl Ran {
    /// Everything that a person sees, for snapshots.
    pub(crate) fn all(&self) -> String {
        format!("exit code {}\n{}{}", self.code, self.out, self.last_words)
    }

    /// The line for machines.
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.out.lines().count(), 1, "{}", self.out);
        assert!(self.out.ends_with('\n'));
        serde_json::from_str(&self.out).unwrap()
    }
}

/// How each command line ends, under the command line.
pub(crate) fn each(cases: &[&[&str]], end: impl Fn(&[&str]) -> Ran) -> String {
    let ends: Vec<String> = cases
        .iter()
        .map(|case| format!("{}\n{}", case.join(" "), end(case).all()))
        .collect();
    ends.join("\n")
}
