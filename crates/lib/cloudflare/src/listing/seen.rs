//! Which items a listing has already given.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Ids that were seen. Cloudflare's usual form, 32 hex characters, takes 16 bytes.
#[derive(Debug, Default)]
pub(super) struct Seen {
    compact: HashSet<u128>,
    other: HashSet<Box<str>>,
    fingerprint: u128,
}

impl Seen {
    /// Notes an id. True when it is new.
    pub(super) fn insert(&mut self, id: &str) -> bool {
        let (new, mark) = match compact(id) {
            Some(number) => (self.compact.insert(number), number),
            None => (!self.other.contains(id) && self.other.insert(id.into()), hash(id)),
        };
        if new {
            self.fingerprint = self.fingerprint.wrapping_add(mark);
        }
        new
    }

    /// How many different ids were seen.
    pub(super) fn len(&self) -> u64 {
        (self.compact.len() + self.other.len()) as u64
    }

    /// A number that is the same for the same set of ids.
    pub(super) fn fingerprint(&self) -> u128 {
        self.fingerprint
    }
}

fn compact(id: &str) -> Option<u128> {
    let usual = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    usual.then(|| u128::from_str_radix(id, 16).ok())?
}

fn hash(id: &str) -> u128 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish().into()
}
