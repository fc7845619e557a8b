//! Zones.

use serde::Deserialize;

use crate::decode::null_as_default;
use crate::ids::{AccountId, ZoneId};

/// A zone (a domain). `GET /zones`. Only those the credential may see are listed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Zone {
    /// The zone's id.
    pub id: ZoneId,
    /// The domain's name.
    #[serde(default)]
    pub name: String,
    /// `initializing`, `pending`, `active` or `moved`.
    #[serde(default)]
    pub status: Option<String>,
    /// `full`, `partial`, and so on.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// Whether Cloudflare only serves the zone's DNS for now.
    #[serde(default, deserialize_with = "null_as_default")]
    pub paused: bool,
    /// The account it belongs to.
    #[serde(default)]
    pub account: Option<ZoneAccount>,
}

/// The account a zone belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ZoneAccount {
    /// The account's id.
    pub id: AccountId,
    /// The account's name.
    #[serde(default)]
    pub name: Option<String>,
}
