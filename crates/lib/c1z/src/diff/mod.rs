//! What changed between two syncs, of one file or of two.
//!
//! Both sides are walked in the order of their ids, so memory stays flat. Records are compared by what
//! they mean: two encodings of the same message are equal, and a grant does not change because the name
//! of its role did.

use std::iter::Peekable;

use model::SyncId;
use proto::connector_v2::{Entitlement, Resource, ResourceType};

use self::meaning::Meaning;
use self::ordered::{Keyed, Ordered};
use crate::reader::Stored;
use crate::{Error, GrantRecord, Reader, Record};

mod meaning;
pub(crate) mod ordered;

/// A sync of a file.
#[derive(Clone, Copy, Debug)]
pub struct Side<'r> {
    /// The file.
    pub reader: &'r Reader,
    /// The sync in it.
    pub sync: &'r SyncId,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<R> {
    /// Only the new side has it.
    Created(R),
    /// Only the old side has it.
    Deleted(R),
    /// Both have it, and it means something else now.
    Modified {
        /// As it was.
        old: R,
        /// As it is.
        new: R,
    },
}

/// Differences in the resource types, in the order of their ids.
pub fn resource_types<'r>(old: Side<'r>, new: Side<'r>) -> Changes<'r, Record<ResourceType>> {
    Changes::new(old, new)
}

/// Differences in the resources, in the order of their ids.
pub fn resources<'r>(old: Side<'r>, new: Side<'r>) -> Changes<'r, Record<Resource>> {
    Changes::new(old, new)
}

/// Differences in the entitlements, in the order of their ids; their resources are compared by id.
pub fn entitlements<'r>(old: Side<'r>, new: Side<'r>) -> Changes<'r, Record<Entitlement>> {
    Changes::new(old, new)
}

/// Differences in the grants, in the order of their ids; entitlements and principals are compared by id.
pub fn grants<'r>(old: Side<'r>, new: Side<'r>) -> Changes<'r, GrantRecord> {
    Changes::new(old, new)
}

/// Differences, found while they are asked for.
#[derive(Debug)]
pub struct Changes<'r, R: Stored> {
    old: Peekable<Ordered<'r, R>>,
    new: Peekable<Ordered<'r, R>>,
}

impl<'r, R: Stored + Meaning> Changes<'r, R> {
    fn new(old: Side<'r>, new: Side<'r>) -> Self {
        Self {
            old: Ordered::new(old.reader.db(), old.sync).peekable(),
            new: Ordered::new(new.reader.db(), new.sync).peekable(),
        }
    }

    /// Goes on by one id; nothing in the answer when both sides agree on it.
    fn step(&mut self) -> Option<Result<Option<Change<R>>, Error>> {
        match (self.old.peek().map(key), self.new.peek().map(key)) {
            (None, None) => None,
            (Some(old), Some(new)) if old == new => Some(compare(self.old.next()?, self.new.next()?)),
            (Some(old), new) if new.is_none_or(|new| old < new) => {
                Some(self.old.next()?.1.map(|record| Some(Change::Deleted(record))))
            }
            _ => Some(self.new.next()?.1.map(|record| Some(Change::Created(record)))),
        }
    }
}

fn key<R>(item: &Keyed<R>) -> &str {
    &item.0
}

fn compare<R: Meaning>(old: Keyed<R>, new: Keyed<R>) -> Result<Option<Change<R>>, Error> {
    let (old, new) = (old.1?, new.1?);
    Ok((!old.means(&new)).then_some(Change::Modified { old, new }))
}

impl<R: Stored + Meaning> Iterator for Changes<'_, R> {
    type Item = Result<Change<R>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.step()? {
                Ok(None) => {}
                Ok(Some(change)) => return Some(Ok(change)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
