//! What the tests of this crate share.

pub(crate) mod account;
pub(crate) mod content;
pub(crate) mod desk;
pub(crate) mod scripted;

use std::path::Path;
use std::sync::Arc;

use c1z::{Draft, DraftOptions};
use chrono::{DateTime, Utc};
use connector::{Feed, Note, Owned, Severity};
use model::{Annotation, ResourceId, ResourceType, Trait};

/// When everything happens.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_394_377, 0).unwrap()
}

/// The draft of `out.c1z` in a folder.
pub(crate) fn open_draft(folder: &Path) -> Draft {
    Draft::open(&folder.join("out.c1z"), DraftOptions::default()).unwrap()
}

/// A resource id from `type:object`.
pub(crate) fn id(text: &str) -> ResourceId {
    let (kind, object) = text.split_once(':').unwrap();
    ResourceId::new(kind, object)
}

/// A type whose resources play a part.
pub(crate) fn kind(name: &str, part: Trait) -> Arc<ResourceType> {
    Arc::new(ResourceType {
        id: name.into(),
        display_name: name.to_owned(),
        traits: vec![part],
        annotations: Vec::<Annotation>::new(),
        description: String::new(),
    })
}

/// A feed.
pub(crate) fn feed(id: &str, after: &[&str], owns: Vec<Owned>) -> Feed {
    Feed {
        id: id.into(),
        title: id.to_owned(),
        after: after.iter().map(|id| (*id).into()).collect(),
        owns,
    }
}

/// A remark.
pub(crate) fn note(text: &str) -> Note {
    Note {
        severity: Severity::Warning,
        code: "test".into(),
        message: text.into(),
        hint: String::new(),
    }
}
