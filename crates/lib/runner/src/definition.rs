//! What makes a program of a connector.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use connector::{
    Ability, AccountField, ActionSchema, Actions, ConnectorError, EventFeed, EventSource, Provisioner, Syncer,
};
use model::{ResourceType, ResourceTypeId};

use crate::field::{Field, Group};
use crate::input::Values;
use crate::problem::Problem;

/// A connector as a program: its names, its settings, and how it is made from them.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The program's name, such as `baton-example`.
    pub name: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// What it reads, for people, such as `Example`.
    pub display_name: &'static str,
    /// What it does, in a line for the help.
    pub about: &'static str,
    /// Commands to copy, for the end of the help.
    pub examples: &'static str,
    /// Where control planes find its documentation.
    pub help_url: &'static str,
    /// Where control planes find its picture.
    pub icon_url: &'static str,
    /// Its own settings; the common ones come by themselves.
    pub fields: &'static [Field],
    /// The ways to identify itself; exactly one of them is meant in any run.
    pub groups: &'static [Group],
    /// The crates of its own whose log lines are worth showing.
    pub crates: &'static [&'static str],
    /// The types of the resources that it reads; needs no settings.
    pub resource_types: fn() -> Vec<Arc<ResourceType>>,
    /// What it can do with resources of a type besides reading them; needs no settings.
    pub abilities: fn(&ResourceTypeId) -> &'static [Ability],
    /// What else it can do, by name; needs no settings.
    pub actions: fn() -> Vec<ActionSchema>,
    /// What it can tell of happenings; needs no settings.
    pub event_feeds: fn() -> Vec<EventFeed>,
    /// What a new account can be given.
    pub account_fields: &'static [AccountField],
    /// Checks its own settings and says how to connect; makes no call.
    pub prepare: fn(&Values, Option<&Group>) -> Result<Connect, Vec<Problem>>,
}

impl Definition {
    /// The types that it can do something with, in their order.
    pub(crate) fn types_with(&self, ability: Ability) -> Vec<ResourceTypeId> {
        let types = (self.resource_types)();
        let able = types
            .iter()
            .filter(|kind| (self.abilities)(&kind.id).contains(&ability));
        able.map(|kind| kind.id.clone()).collect()
    }
}

/// Makes the connector, with what the program gives to every connector.
pub type Connect = Box<dyn FnOnce(Setup) -> Result<Connected, ConnectorError> + Send>;

/// What the program gives to every connector.
#[derive(Clone)]
pub struct Setup {
    /// How to name the program to the source.
    pub user_agent: String,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// A number that nobody can guess, for spreading waits.
    pub seed: u64,
    /// To be told when a wait begins.
    pub waiting: Arc<dyn Fn(&Wait) + Send + Sync>,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A wait that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Why, for people, as the start of a sentence: `Example asks to wait`.
    pub reason: String,
    /// How long.
    pub duration: Duration,
}

/// A connector that is ready.
#[derive(Clone)]
pub struct Connected {
    /// Its reading half.
    pub syncer: Arc<dyn Syncer>,
    /// Its writing half.
    pub provisioner: Arc<dyn Provisioner>,
    /// What else it does, by name.
    pub actions: Arc<dyn Actions>,
    /// What happened at the source.
    pub events: Arc<dyn EventSource>,
    /// How many calls it has made so far.
    pub calls: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connected")
            .field("calls", &(self.calls)())
            .finish_non_exhaustive()
    }
}
