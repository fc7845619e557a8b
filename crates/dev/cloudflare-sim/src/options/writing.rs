//! How writes behave where no source confirms it.

/// The HTTP status of a second invitation (code 1008); no source shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DuplicateMember {
    /// 400.
    #[default]
    BadRequest,
    /// 409.
    Conflict,
}

/// What happens when a write would leave the account without an accepted Super Administrator; documented for
/// SCIM only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LastSuperAdministrator {
    /// 400.
    #[default]
    Refuse,
    /// It is done.
    Allow,
}

/// Whether pending members can be added to user groups; the dashboard does not offer them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PendingInGroups {
    /// 400.
    #[default]
    Refuse,
    /// They are added.
    Accept,
}
