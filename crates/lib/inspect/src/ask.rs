//! Questions about a file, and who answers them.

use std::path::{Path, PathBuf};

use c1z::{GrantFilter, ReadOptions, Reader};
use model::{EntitlementId, ResourceId, ResourceTypeId, SyncId};

use crate::error::InspectError;
use crate::screen::Screen;
use crate::source::{Need, Source, choose};
use crate::{access, check, diff, export, findings, listing, stats};

/// A question about a file.
#[derive(Clone, Debug)]
pub struct Question {
    /// The file.
    pub file: PathBuf,
    /// How it may be opened.
    pub reading: ReadOptions,
    /// The sync in it; `None` is the newest that has what is asked for.
    pub sync: Option<SyncId>,
    /// The form of the answer.
    pub format: Format,
    /// What is asked.
    pub topic: Topic,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs: the messages of the `baton` reader as one line of JSON.
    Json,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Which kinds of resources there are.
    ResourceTypes,
    /// Which resources there are, of one type or of all.
    Resources(Option<ResourceTypeId>),
    /// What can be held, on one type of resources or on all.
    Entitlements(Option<ResourceTypeId>),
    /// Who holds what, and why.
    Grants(Held),
    /// Who holds something.
    Principals(Held),
    /// What one person, group or token can do, and why; by id, `type:id`, address or part of a name.
    Access(String),
    /// What changed.
    Diff(Sides),
    /// How much there is, and what is to be known of the run.
    Stats,
    /// Which syncs the file holds.
    Syncs,
    /// Whether the file is sound.
    Check,
    /// What stands out.
    Findings,
    /// Everything as one flat table.
    Export {
        /// Its form.
        form: Form,
        /// Where to.
        out: PathBuf,
    },
}

/// What must be held for a grant to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// That entitlement.
    pub entitlement: Option<EntitlementId>,
    /// An entitlement on a resource of that type.
    pub resource_type: Option<ResourceTypeId>,
    /// An entitlement on that resource.
    pub resource: Option<ResourceId>,
}

impl Held {
    fn filter(&self) -> GrantFilter {
        GrantFilter {
            entitlement: self.entitlement.clone(),
            resource_type: self.resource_type.clone(),
            resource: self.resource.clone(),
            ..GrantFilter::default()
        }
    }
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// The older sync; `None` is the finished full one before the newer.
    pub from: Option<SyncId>,
    /// The newer sync; `None` is the newest finished full one.
    pub to: Option<SyncId>,
    /// The file that the newer sync is in; `None` is the same file.
    pub other: Option<PathBuf>,
}

/// A file for spreadsheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma separated.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Answers a question.
///
/// # Errors
/// When the file cannot be read or does not hold what is asked for: see [`InspectError`].
pub fn answer(question: &Question, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    if let Topic::Export { out, .. } = &question.topic {
        export::protect(&question.file, out)?;
    }
    let reader = open(&question.file, question)?;
    let format = question.format;
    match &question.topic {
        Topic::Syncs => listing::syncs(&reader, format, screen),
        Topic::Check => check::show(&reader, format, screen),
        Topic::Diff(sides) => {
            let other = sides
                .other
                .as_deref()
                .map(|path| open(path, question))
                .transpose()?;
            diff::show((&reader, other.as_ref()), sides, format, screen)
        }
        topic => {
            let run = choose(&reader, question.sync.as_ref(), need(topic), screen)?;
            about_one(&Source::new(&reader, run), topic, format, screen)
        }
    }
}

fn open(path: &Path, question: &Question) -> Result<Reader, InspectError> {
    Ok(Reader::open(path, &question.reading)?)
}

fn about_one(
    source: &Source<'_>,
    topic: &Topic,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    require(source, topic)?;
    match topic {
        Topic::ResourceTypes => listing::resource_types(source, format, screen),
        Topic::Resources(kind) => listing::resources(source, kind.as_ref(), format, screen),
        Topic::Entitlements(kind) => listing::entitlements(source, kind.as_ref(), format, screen),
        Topic::Grants(held) => listing::grants(source, &held.filter(), format, screen),
        Topic::Principals(held) => listing::principals(source, &held.filter(), format, screen),
        Topic::Access(who) => access::show(source, who, format, screen),
        Topic::Stats => stats::show(source, format, screen),
        Topic::Findings => findings::show(source, format, screen),
        Topic::Export { form, out } => export::write(source, *form, out),
        Topic::Syncs | Topic::Check | Topic::Diff(_) => Ok(()),
    }
}

/// What is asked about must be there: nobody holding it is another answer than a slip of the fingers.
fn require(source: &Source<'_>, topic: &Topic) -> Result<(), InspectError> {
    match topic {
        Topic::Resources(Some(kind)) | Topic::Entitlements(Some(kind)) => source.require_type(kind),
        Topic::Grants(held) | Topic::Principals(held) => source.require(&held.filter()),
        _ => Ok(()),
    }
}

fn need(topic: &Topic) -> Need {
    match topic {
        Topic::ResourceTypes | Topic::Resources(_) | Topic::Stats => Need::Anything,
        _ => Need::Grants,
    }
}
