//! Which number each thing has. What was there in the base keeps its number, so that the two can be compared by numbers.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entity::access::{entitlement, resource};
use crate::keys::{self, Key};

/// How many are read at once.
const AT_ONCE: u64 = 5000;

/// The numbers of things of one kind. A million take about 50 MB.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    known: HashMap<Key, Entry>,
    greatest: i64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    number: i64,
    /// Whether this snapshot has a row of it already.
    written: bool,
}

/// A number that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// There is no row with it yet; now it is up to whoever asked to write one.
    New(i64),
    /// There is a row with it.
    Written(i64),
}

impl Number {
    pub(super) fn value(self) -> i64 {
        match self {
            Self::New(number) | Self::Written(number) => number,
        }
    }
}

impl Numbers {
    /// The number of a thing, for which a row is written now if there was none.
    pub(super) fn take(&mut self, key: Key) -> Number {
        let next = self.greatest + 1;
        let entry = self.known.entry(key).or_insert(Entry {
            number: next,
            written: false,
        });
        self.greatest = self.greatest.max(entry.number);
        if std::mem::replace(&mut entry.written, true) {
            Number::Written(entry.number)
        } else {
            Number::New(entry.number)
        }
    }

    /// The greatest number that was given out.
    pub(super) fn greatest(&self) -> i64 {
        self.greatest
    }

    /// Keeps the number of something in the base.
    fn keep(&mut self, key: Key, number: i64) {
        let written = false;
        self.known.insert(key, Entry { number, written });
        self.greatest = self.greatest.max(number);
    }

    /// The numbers of the resources in the base.
    pub(super) async fn of_resources(connection: &impl ConnectionTrait, base: i64) -> Result<Self, DbErr> {
        use resource::{Column, Entity};
        let mut numbers = Self::default();
        loop {
            let more = Entity::find()
                .select_only()
                .columns([Column::Number, Column::ResourceType, Column::ObjectId])
                .filter(Column::Snapshot.eq(base))
                .filter(Column::Number.gt(numbers.greatest))
                .order_by_asc(Column::Number)
                .limit(AT_ONCE);
            let more: Vec<(i64, String, String)> = more.into_tuple().all(connection).await?;
            if more.is_empty() {
                return Ok(numbers);
            }
            for (number, kind, object) in more {
                numbers.keep(keys::of_resource(&model::ResourceId::new(kind, object)), number);
            }
        }
    }

    /// The numbers of the entitlements in the base.
    pub(super) async fn of_entitlements(connection: &impl ConnectionTrait, base: i64) -> Result<Self, DbErr> {
        use entitlement::{Column, Entity};
        let mut numbers = Self::default();
        loop {
            let more = Entity::find()
                .select_only()
                .columns([Column::Number, Column::Id])
                .filter(Column::Snapshot.eq(base))
                .filter(Column::Number.gt(numbers.greatest))
                .order_by_asc(Column::Number)
                .limit(AT_ONCE);
            let more: Vec<(i64, String)> = more.into_tuple().all(connection).await?;
            if more.is_empty() {
                return Ok(numbers);
            }
            for (number, id) in more {
                numbers.keep(keys::of_entitlement(&id.into()), number);
            }
        }
    }
}
