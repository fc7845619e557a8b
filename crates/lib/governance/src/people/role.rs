//! What somebody is in the console.

use std::collections::BTreeSet;
use std::fmt;

/// A role of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// May do everything.
    SuperAdministrator,
    /// Sees to all connectors.
    ConnectorAdministrator,
    /// Sees to all apps.
    ApplicationAdministrator,
    /// Sees to reviews.
    CampaignAdministrator,
    /// Sees everything, changes nothing.
    Auditor,
    /// Sees what is their own.
    User,
}

impl Role {
    /// All of them, the mightiest first.
    pub const ALL: [Self; 6] = [
        Self::SuperAdministrator,
        Self::ConnectorAdministrator,
        Self::ApplicationAdministrator,
        Self::CampaignAdministrator,
        Self::Auditor,
        Self::User,
    ];

    /// Its name in the database and the API, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SuperAdministrator => "super-administrator",
            Self::ConnectorAdministrator => "connector-administrator",
            Self::ApplicationAdministrator => "application-administrator",
            Self::CampaignAdministrator => "campaign-administrator",
            Self::Auditor => "auditor",
            Self::User => "user",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What it is for, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::SuperAdministrator => "May do everything, and decides who else may.",
            Self::ConnectorAdministrator => "Adds connectors and sees to all of them.",
            Self::ApplicationAdministrator => "Sees to all apps and who has access in them.",
            Self::CampaignAdministrator => "Sets up reviews of access.",
            Self::Auditor => "Sees everything, the audit trail included, and changes nothing.",
            Self::User => "Sees the apps and connectors that they own.",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SuperAdministrator => "Super Administrator",
            Self::ConnectorAdministrator => "Connector Administrator",
            Self::ApplicationAdministrator => "Application Administrator",
            Self::CampaignAdministrator => "Campaign Administrator",
            Self::Auditor => "Auditor",
            Self::User => "User",
        })
    }
}

/// The roles that somebody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whether one of these is among them.
    pub fn any(&self, of: &[Role]) -> bool {
        of.iter().any(|role| self.0.contains(role))
    }

    /// Whether this is among them.
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Each, the mightiest first.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    /// As it is stored: names with commas between them.
    pub fn to_text(&self) -> String {
        self.iter().map(Role::as_str).collect::<Vec<_>>().join(",")
    }

    /// Reads what was stored; `None` when a name is unknown.
    pub fn parse(text: &str) -> Option<Self> {
        let names = text.split(',').filter(|name| !name.is_empty());
        names.map(Role::parse).collect::<Option<_>>().map(Self)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(|role| role.to_string()).collect();
        f.write_str(&names.join(", "))
    }
}
