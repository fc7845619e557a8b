//! Long lists, in pages. Where the next one begins is told by a cursor: a text that means something here only.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use governance::OfficeError;
use governance::access::{PageRequest, SnapshotId};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// The most things of a page.
const MOST: u16 = 200;
/// How many things a page has unless it is asked for fewer or more.
const USUAL: u16 = 50;

/// How many things a page may have.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub(crate) struct Limit(u16);

impl JsonSchema for Limit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL })
    }
}

impl TryFrom<u16> for Limit {
    type Error = &'static str;

    fn try_from(number: u16) -> Result<Self, &'static str> {
        let fits = (1..=MOST).contains(&number);
        fits.then_some(Self(number))
            .ok_or("a limit is a number from 1 to 200")
    }
}

impl Limit {
    /// The number that was asked for, or the usual one.
    pub(crate) fn of(asked: Option<Self>) -> u64 {
        asked.map_or(USUAL, |Self(number)| number).into()
    }
}

/// Where a page begins: what `next` of the page before said.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Cursor(String);

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub(crate) struct Page<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// Where the next one begins: give it as `cursor`. Nothing on the last page.
    pub(crate) next: Option<String>,
    /// How many there are on all pages, where that is known.
    pub(crate) total: Option<u64>,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After the thing with that id.
    After(String),
    /// Before the one with that number.
    Before(i64),
    /// Past so many rows of a snapshot, which never changes.
    Past(SnapshotId, u64),
    /// Past so many rows of something else that never changes.
    Row(u64),
}

impl Place {
    /// Where somebody wants to go on.
    pub(crate) fn of(cursor: Option<&Cursor>) -> Result<Option<Self>, Problem> {
        let Some(Cursor(text)) = cursor else {
            return Ok(None);
        };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let place = text.as_deref().and_then(Self::read);
        place.map(Some).ok_or_else(no_cursor)
    }

    fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "after" => Some(Self::After(rest.to_owned())),
            "before" => rest.parse().ok().map(Self::Before),
            "row" => rest.parse().ok().map(Self::Row),
            "past" => {
                let (snapshot, skip) = rest.split_once(':')?;
                let snapshot = SnapshotId::from_number(snapshot.parse().ok()?);
                Some(Self::Past(snapshot, skip.parse().ok()?))
            }
            _ => None,
        }
    }

    /// As a cursor.
    pub(crate) fn told(&self) -> String {
        let text = match self {
            Self::After(id) => format!("after:{id}"),
            Self::Before(number) => format!("before:{number}"),
            Self::Past(snapshot, skip) => format!("past:{snapshot}:{skip}"),
            Self::Row(skip) => format!("row:{skip}"),
        };
        BASE64_URL_SAFE_NO_PAD.encode(text)
    }
}

/// A cursor that leads nowhere.
pub(crate) fn no_cursor() -> Problem {
    Problem::field(
        "cursor",
        "it is none of this list, or what it stood at is gone: begin without one",
    )
}

/// Which part of a list that is known whole.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    after: Option<String>,
    limit: u64,
}

impl Part {
    pub(crate) fn of(limit: Option<Limit>, cursor: Option<&Cursor>) -> Result<Self, Problem> {
        let after = match Place::of(cursor)? {
            None => None,
            Some(Place::After(id)) => Some(id),
            Some(_) => return Err(no_cursor()),
        };
        Ok(Self {
            after,
            limit: Limit::of(limit),
        })
    }

    /// That part: what comes after the thing that was the last of the page before, whatever was added meanwhile.
    pub(crate) fn page<T>(&self, all: Vec<T>, id: impl Fn(&T) -> String) -> Result<Page<T>, Problem> {
        let total = all.len() as u64;
        let skip = match &self.after {
            None => 0,
            Some(after) => {
                all.iter()
                    .position(|one| id(one) == *after)
                    .ok_or_else(no_cursor)?
                    + 1
            }
        };
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let is_last = all.len() <= skip.saturating_add(limit);
        let items: Vec<T> = all.into_iter().skip(skip).take(limit).collect();
        let next = items
            .last()
            .filter(|_| !is_last)
            .map(|last| Place::After(id(last)).told());
        Ok(Page {
            items,
            next,
            total: Some(total),
        })
    }
}

/// Which rows of a snapshot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    snapshot: SnapshotId,
    skip: u64,
    limit: u64,
}

impl Rows {
    /// Those that are wanted of the one that is current. A cursor of an older one is refused: two readings of an account
    /// are not mixed.
    pub(crate) fn of(
        current: SnapshotId,
        limit: Option<Limit>,
        cursor: Option<&Cursor>,
    ) -> Result<Self, Problem> {
        let skip = match Place::of(cursor)? {
            None => 0,
            Some(Place::Past(snapshot, skip)) if snapshot == current => skip,
            Some(Place::Past(..)) => {
                let newer = "a newer sync was believed meanwhile: begin again without a cursor";
                return Err(OfficeError::Conflict(newer).into());
            }
            Some(_) => return Err(no_cursor()),
        };
        Ok(Self {
            snapshot: current,
            skip,
            limit: Limit::of(limit),
        })
    }

    pub(crate) fn request(self) -> PageRequest {
        PageRequest::new(self.skip, self.limit)
    }

    pub(crate) fn page<R, T>(self, found: governance::access::Page<R>, told: impl Fn(R) -> T) -> Page<T> {
        let total = found.total;
        let items: Vec<T> = found.rows.into_iter().map(told).collect();
        let read = self.skip.saturating_add(items.len() as u64);
        let is_more = read < total && !items.is_empty();
        Page {
            next: is_more.then(|| Place::Past(self.snapshot, read).told()),
            items,
            total: Some(total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(limit: u64, after: Option<String>) -> Page<char> {
        let part = Part { after, limit };
        part.page(('a'..='e').collect(), ToString::to_string).unwrap()
    }

    #[test]
    fn pages_follow_each_other_and_end() {
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = letters(2, after);
            assert_eq!(page.total, Some(5));
            read.push(page.items);
            let Some(next) = page.next else { break };
            let Some(Place::After(id)) = Place::of(Some(&Cursor(next))).unwrap() else {
                panic!("it is a place in a list");
            };
            after = Some(id);
        }
        assert_eq!(read, [vec!['a', 'b'], vec!['c', 'd'], vec!['e']]);
        assert_eq!(letters(5, None).next, None);
    }

    #[test]
    fn what_is_gone_is_no_place_to_go_on() {
        let part = Part {
            after: Some("z".to_owned()),
            limit: 2,
        };
        part.page(vec!['a'], ToString::to_string).unwrap_err();
        for text in ["", "x", "!", "YWZ0ZXI", "cGFzdDoxOngK"] {
            Place::of(Some(&Cursor(text.to_owned()))).unwrap_err();
        }
    }

    #[test]
    fn a_place_is_read_as_it_was_told() {
        let snapshot = SnapshotId::from_number(7);
        for place in [
            Place::After("a:b".to_owned()),
            Place::Before(-3),
            Place::Past(snapshot, 40),
        ] {
            assert_eq!(Place::of(Some(&Cursor(place.told()))).unwrap(), Some(place));
        }
    }

    #[test]
    fn two_readings_are_not_mixed() {
        let cursor = Cursor(Place::Past(SnapshotId::from_number(1), 50).told());
        Rows::of(SnapshotId::from_number(1), None, Some(&cursor)).unwrap();
        Rows::of(SnapshotId::from_number(2), None, Some(&cursor)).unwrap_err();
    }
}
