//! What rows are found and ordered by.

use std::borrow::Cow;

use model::{EntitlementId, ResourceId, ResourceTypeId};
use sha2::{Digest as _, Sha256};

use crate::entity::text;

/// How many characters of a name decide about its place; names can be too long for an index.
const ORDERED: usize = 100;
/// Between the parts of a text that is hashed or searched; nobody types it.
const BETWEEN: &str = "\n";

/// Half of the SHA-256 of an id, which is as good as the id and always of the same size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key(u128);

impl Key {
    /// Of the texts as they are stored, so that what was read has the key of what was written.
    fn of(parts: [&str; 2]) -> Self {
        let [first, second] = parts.map(as_stored);
        let hash = Sha256::new()
            .chain_update((first.len() as u64).to_be_bytes())
            .chain_update(first.as_bytes())
            .chain_update(second.as_bytes())
            .finalize();
        let half = hash
            .iter()
            .take(16)
            .fold(0, |sum, byte| sum << 8 | u128::from(*byte));
        Self(half)
    }

    /// What a column holds of it: enough to find a row by, not to be sure of it.
    pub(crate) fn short(self) -> i64 {
        let bytes = self.0.to_be_bytes();
        bytes
            .iter()
            .take(8)
            .fold(0, |sum, byte| sum << 8 | i64::from(*byte))
    }
}

fn as_stored(part: &str) -> Cow<'_, str> {
    if part.contains('\0') {
        text(part).into()
    } else {
        part.into()
    }
}

pub(crate) fn of_resource(id: &ResourceId) -> Key {
    Key::of([id.resource_type.as_str(), id.object.as_str()])
}

pub(crate) fn of_entitlement(id: &EntitlementId) -> Key {
    Key::of(["", id.as_str()])
}

pub(crate) fn of_type(id: &ResourceTypeId) -> i64 {
    Key::of([id.as_str(), ""]).short()
}

/// Never 0, which stands for the usual id.
pub(crate) fn of_odd_grant(id: &str) -> i64 {
    match Key::of(["", id]).short() {
        0 => 1,
        key => key,
    }
}

/// What a name is ordered by, in capitals or not.
pub(crate) fn sort_name(name: &str) -> String {
    let start: String = name.chars().take(ORDERED).collect();
    text(&start.to_lowercase())
}

/// What is searched, in capitals or not.
pub(crate) fn search_text(parts: &[&str]) -> String {
    text(&parts.join(BETWEEN).to_lowercase())
}
