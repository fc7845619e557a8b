//! Zones.

/// The needed part of a zone; the rest of the answer is the same for all.
#[derive(Debug, Clone)]
pub struct Zone {
    /// 32 hex characters.
    pub id: String,
    /// Domain name.
    pub name: String,
    /// `active`, `pending`, `initializing` or `moved`.
    pub status: String,
    /// RFC 3339.
    pub created_on: String,
    /// RFC 3339; null until active.
    pub activated_on: Option<String>,
}
