//! Objects that access is about: people, roles, groups, tokens.

use chrono::{DateTime, Utc};

use crate::{Annotation, Profile, ResourceId, ResourceTypeId};

/// A kind of resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceType {
    /// Stable for ever, lower case.
    pub id: ResourceTypeId,
    /// For people.
    pub display_name: String,
    /// What part such resources play.
    pub traits: Vec<Trait>,
    /// What the kind adds beyond that.
    pub annotations: Vec<Annotation>,
    /// For people; may be empty.
    pub description: String,
}

/// The part that resources of a type play (`c1.connector.v2.ResourceType.Trait`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trait {
    /// A person or another account that holds access.
    User,
    /// A set of principals.
    Group,
    /// A bundle of rights.
    Role,
    /// An application.
    App,
    /// A credential.
    Secret,
    /// A number that this version does not know; kept as it is.
    Other(i32),
}

/// An object, as read at the system of origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its identity.
    pub id: ResourceId,
    /// What it belongs to.
    pub parent: Option<ResourceId>,
    /// For people.
    pub display_name: String,
    /// For people; may be empty.
    pub description: String,
    /// Traits and other additions, in order.
    pub annotations: Vec<Annotation>,
    /// Free attributes; `None` is absent on the wire, an empty profile is not.
    pub profile: Option<Profile>,
    /// Whether it is in use.
    pub status: Option<Status>,
    /// When the system of origin made it.
    pub created_at: Option<DateTime<Utc>>,
}

impl Resource {
    /// A resource with an identity and a name and nothing else.
    pub fn new(id: ResourceId, display_name: impl Into<String>) -> Self {
        Self {
            id,
            parent: None,
            display_name: display_name.into(),
            description: String::new(),
            annotations: Vec::new(),
            profile: None,
            status: None,
            created_at: None,
        }
    }

    /// Adds a trait or another annotation.
    pub fn with_annotation(mut self, annotation: Annotation) -> Self {
        self.annotations.push(annotation);
        self
    }

    /// Sets the free attributes.
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// The text under `key` in the profile.
    pub fn profile_text(&self, key: &str) -> Option<&str> {
        self.profile.as_ref()?.get(key)?.as_text()
    }
}

/// Whether a resource is in use, and in the system's own words why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// In use or not.
    pub lifecycle: Lifecycle,
    /// The word of the system of origin, such as `Accepted`; may be empty.
    pub details: String,
}

/// `c1.connector.v2.Status.ResourceStatus`; user traits use the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lifecycle {
    /// Not said.
    Unspecified,
    /// In use.
    Enabled,
    /// Not in use.
    Disabled,
    /// Gone.
    Deleted,
    /// A number that this version does not know; kept as it is.
    Other(i32),
}
