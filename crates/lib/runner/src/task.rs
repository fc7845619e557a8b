//! Which task is asked for: by a command, by the settings in the original's order, or a sync.

mod account;
mod action;
mod by_command;
mod by_settings;
mod order;
mod recipients;

use clap::ArgMatches;
use connector::Mode;
use model::{EntitlementId, GrantId, ObjectId, Profile, ResourceId, ResourceTypeId};
use sealing::Recipient;

use crate::definition::Definition;
use crate::input::Values;
use crate::problem::Problem;
use crate::settings::SyncSettings;

pub(crate) use order::{Asked, Kind, asked, not_yet};

/// What a run is to do.
#[derive(Debug)]
pub(crate) enum Task {
    /// Read the account into the file.
    Sync(Box<SyncSettings>),
    /// Tell which actions there are, all of them or those on a type.
    ListActions(Option<ResourceTypeId>),
    /// Change something in the account.
    Change(Wanted),
}

/// A change that is asked for, in the words in which it was.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Give an entitlement to a principal.
    Grant(Access),
    /// Take one away.
    Revoke(Held),
    /// Make an account, or invite somebody.
    CreateAccount(NewAccount),
    /// Remove a resource.
    Delete(Which),
    /// Replace the secret of a resource.
    Rotate(Which, Vec<Recipient>),
    /// Run an action.
    InvokeAction(Invocation),
}

/// What is given or taken, and to or from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) what: What,
    pub(crate) who: Who,
}

/// What is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// A grant of the file.
    Grant(GrantId),
    /// An entitlement of a principal.
    Access(Access),
}

/// An entitlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// By its id alone.
    Id(EntitlementId),
    /// As a person calls it, perhaps with what it is on.
    Named { name: String, on: Option<String> },
}

/// A principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// By its id alone.
    Id(ResourceId),
    /// By half of its id.
    Object(ObjectId),
    /// As a person calls it.
    Named(String),
}

/// A resource that is removed, or whose secret is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// By its id alone; it need not be in the file.
    Id(ResourceId),
    /// As a person calls it, perhaps with its type.
    Named {
        name: String,
        of: Option<ResourceTypeId>,
    },
}

/// An account to make.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NewAccount {
    pub(crate) email: String,
    pub(crate) login: String,
    pub(crate) profile: Profile,
}

/// An action to run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Invocation {
    pub(crate) name: String,
    pub(crate) arguments: Profile,
    /// The type that it must be on, when that was said.
    pub(crate) resource_type: Option<ResourceTypeId>,
}

/// A command for people that asks for a task, and what follows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Command<'a> {
    pub(crate) name: &'a str,
    pub(crate) arguments: &'a ArgMatches,
}

/// The change that a command asks for.
pub(crate) fn by_command(
    definition: &Definition,
    command: Command<'_>,
    values: &Values,
) -> Result<Task, Vec<Problem>> {
    by_command::read(definition, command, values)
}

/// The change that the settings ask for.
pub(crate) fn by_settings(
    definition: &Definition,
    kind: Kind,
    values: &Values,
) -> Result<Task, Vec<Problem>> {
    by_settings::read(definition, kind, values)
}

/// Whether a change is made or only told.
pub(crate) fn mode(values: &Values) -> Mode {
    if values.switch("dry-run") {
        Mode::DryRun
    } else {
        Mode::Make
    }
}

/// A resource type, when that setting names one.
fn some_type(values: &Values, name: &str) -> Option<ResourceTypeId> {
    Some(values.text(name))
        .filter(|text| !text.is_empty())
        .map(ResourceTypeId::from)
}

/// A problem when only telling was asked for where that makes no sense.
pub(crate) fn dry_run_problem(task: &Task, values: &Values) -> Option<Problem> {
    let (text, hint) = match task {
        Task::Sync(_) => (
            "dry-run goes with a change, and none is asked for",
            "drop it; a sync changes nothing in the account",
        ),
        Task::Change(Wanted::InvokeAction(_)) => (
            "dry-run does not go with an action: it can only be run",
            "drop it; the command `actions` tells whether this one takes an argument for that",
        ),
        _ => return None,
    };
    let problem = || Problem::new(text).given_by(values.origin("dry-run")).hint(hint);
    values.switch("dry-run").then(problem)
}

#[cfg(test)]
mod tests;
