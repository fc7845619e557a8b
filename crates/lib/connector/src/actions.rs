//! Actions: what a connector offers to do beyond granting, creating and deleting (`c1.connector.v2.ActionService`).

use async_trait::async_trait;
use model::{Profile, ResourceTypeId};

use crate::ConnectorError;

/// Runs actions by name.
#[async_trait]
pub trait Actions: Send + Sync {
    /// Runs an action to its end. Arguments and result are keyed by the names in its [`ActionSchema`].
    ///
    /// # Errors
    /// When there is no such action, when an argument is missing or wrong, or when the action fails.
    async fn invoke(&self, name: &str, arguments: &Profile) -> Result<Profile, ConnectorError>;
}

/// What an action is, takes and gives (`c1.connector.v2.BatonActionSchema`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionSchema {
    /// By which it is invoked, such as `disable_token`.
    pub name: &'static str,
    /// For people.
    pub display_name: &'static str,
    /// For people: what it does.
    pub description: &'static str,
    /// What kind of action it is.
    pub kind: ActionKind,
    /// The type of the resources that it is about, if it is about one.
    pub resource_type: Option<ResourceTypeId>,
    /// What it takes.
    pub arguments: Vec<ActionField>,
    /// What it gives.
    pub returns: Vec<ActionField>,
}

/// What kind of action it is (`c1.connector.v2.ActionType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// None of the others.
    Dynamic,
    /// It is about an account.
    Account,
    /// It makes a resource usable again.
    ResourceEnable,
    /// It makes a resource unusable.
    ResourceDisable,
}

/// An argument or a result of an action (`c1.config.v1.Field`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionField {
    /// Its key.
    pub name: &'static str,
    /// For people.
    pub display_name: &'static str,
    /// For people: what it is.
    pub description: &'static str,
    /// What values it takes.
    pub kind: FieldKind,
    /// Whether it must be given.
    pub required: bool,
}

/// What values a field of an action takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text,
    /// Yes or no.
    Switch,
    /// Several texts.
    Texts,
}
