//! The chain: each hash is over the one before and what the entry says, so nothing in the middle can be changed, left
//! out or put in. What is cut off at the end cannot be seen by the chain alone: keep the newest hash somewhere else.

use sha2::{Digest as _, Sha256};

use super::{AuditDraft, AuditEntry, AuditHash};

/// What the first entry of all is chained to: the hash of these words.
const BEGINNING: &[u8] = b"rollcall audit trail 1";

/// Where a trail is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing, or there twice.
    #[error("entry {expected} is missing: entry {found} comes in its place")]
    Number {
        /// Which should be there.
        expected: i64,
        /// Which is.
        found: i64,
    },
    /// An entry says something else than what was written, or the one before does.
    #[error("entry {number} is not what was written")]
    Hash {
        /// Which.
        number: i64,
    },
}

impl AuditHash {
    /// Before the first entry.
    pub fn beginning() -> Self {
        Self(Sha256::digest(BEGINNING).into())
    }
}

impl AuditDraft {
    /// This as the entry after the one with that number and hash.
    pub fn chained(self, (number, previous): (i64, AuditHash)) -> AuditEntry {
        let number = number.saturating_add(1);
        AuditEntry {
            hash: self.hash(number, previous),
            number,
            draft: self,
        }
    }

    /// Over each field with its length before it, so that nothing can move from one to the next.
    fn hash(&self, number: i64, previous: AuditHash) -> AuditHash {
        let mut sum = Sum(Sha256::new());
        sum.bytes(&previous.0);
        sum.bytes(&number.to_be_bytes());
        sum.bytes(&self.at.timestamp_micros().to_be_bytes());
        sum.text(&self.actor);
        sum.maybe(self.actor_id.as_deref());
        sum.text(&self.via);
        sum.maybe(self.from.as_deref());
        sum.maybe(self.request.as_deref());
        sum.text(&self.action);
        sum.text(&self.object.kind);
        sum.text(&self.object.id);
        sum.text(&self.object.name);
        sum.bytes(
            &u64::try_from(self.changes.len())
                .unwrap_or(u64::MAX)
                .to_be_bytes(),
        );
        for change in &self.changes {
            sum.text(&change.field);
            sum.maybe(change.before.as_deref());
            sum.maybe(change.after.as_deref());
        }
        sum.maybe(self.reason.as_deref());
        AuditHash(sum.0.finalize().into())
    }
}

struct Sum(Sha256);

impl Sum {
    fn bytes(&mut self, bytes: &[u8]) {
        self.0
            .update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn maybe(&mut self, text: Option<&str>) {
        match text {
            None => self.0.update([0]),
            Some(text) => {
                self.0.update([1]);
                self.text(text);
            }
        }
    }
}

/// Goes through a trail, entry by entry, and stops at the first that is not what was written.
#[derive(Clone, Debug)]
pub struct Verifier {
    number: i64,
    hash: AuditHash,
}

impl Default for Verifier {
    fn default() -> Self {
        Self {
            number: 0,
            hash: AuditHash::beginning(),
        }
    }
}

impl Verifier {
    /// Looks at the next entry.
    ///
    /// # Errors
    /// [`Broken`], at the first entry that is not what was written.
    pub fn next(&mut self, entry: &AuditEntry) -> Result<(), Broken> {
        let expected = self.number + 1;
        if entry.number != expected {
            return Err(Broken::Number {
                expected,
                found: entry.number,
            });
        }
        if entry.draft.hash(entry.number, self.hash) != entry.hash {
            return Err(Broken::Hash { number: entry.number });
        }
        (self.number, self.hash) = (entry.number, entry.hash);
        Ok(())
    }

    /// How many entries there were, and the hash of the newest: worth keeping elsewhere.
    pub fn head(&self) -> (i64, AuditHash) {
        (self.number, self.hash)
    }
}
