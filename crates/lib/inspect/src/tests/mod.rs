//! Every answer, as a person or a program reads it.

mod exports;
mod json;
mod tables;
mod wild;

use std::path::Path;

use c1z::ReadOptions;

use crate::fixture::file::File;
use crate::{Format, InspectError, Look, Question, Screen, Topic, answer};

/// A terminal of a usual width.
pub(super) const TERMINAL: Look = Look {
    width: Some(100),
    colour: false,
    unicode: true,
};

/// What an answer consists of.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) out: String,
    pub(super) remarks: String,
    pub(super) result: Result<(), InspectError>,
}

impl Said {
    /// Everything as a person sees it.
    pub(super) fn whole(&self) -> String {
        let error = self
            .result
            .as_ref()
            .err()
            .map(|error| format!("error: {error}\nhint: {}\n", error.hint()));
        format!("{}{}{}", self.remarks, self.out, error.unwrap_or_default())
    }
}

pub(super) fn ask(path: &Path, topic: Topic) -> Said {
    put(&question(path, topic), TERMINAL)
}

pub(super) fn ask_json(path: &Path, topic: Topic) -> serde_json::Value {
    let question = Question {
        format: Format::Json,
        ..question(path, topic)
    };
    let said = put(&question, Look::PLAIN);
    said.result.unwrap();
    assert_eq!(said.out.lines().count(), 1);
    serde_json::from_str(&said.out).unwrap()
}

pub(super) fn question(path: &Path, topic: Topic) -> Question {
    Question {
        file: path.to_owned(),
        reading: ReadOptions::default(),
        sync: None,
        format: Format::Table,
        topic,
    }
}

pub(super) fn put(question: &Question, look: Look) -> Said {
    let (mut out, mut remarks) = (Vec::new(), Vec::new());
    let mut screen = Screen {
        out: &mut out,
        remarks: &mut remarks,
        look,
    };
    let result = answer(question, &mut screen);
    Said {
        out: String::from_utf8(out).unwrap(),
        remarks: String::from_utf8(remarks).unwrap(),
        result,
    }
}

/// The whole page of the demo.
pub(super) fn overview(file: &File, look: Look) -> String {
    let (mut out, mut remarks) = (Vec::new(), Vec::new());
    let mut screen = Screen {
        out: &mut out,
        remarks: &mut remarks,
        look,
    };
    crate::overview(&file.path(), &ReadOptions::default(), &mut screen).unwrap();
    String::from_utf8([remarks, out].concat()).unwrap()
}
