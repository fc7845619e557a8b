//! How a row becomes a record.

use proto::connector_v2::{Entitlement, Resource, ResourceType};
use rusqlite::Row;

use crate::record::{GrantRecord, Record};
use crate::time::StoredTime;
use crate::{Error, grant_row, message};

/// Rows fetched at once, at most.
pub(crate) const PAGE: usize = 500;
/// Bytes of messages after which no more are fetched at once, so that large rows do not add up.
const PAGE_BYTES: usize = 8 << 20;

/// The column of the message.
const MESSAGE: usize = 2;

/// The bytes of the messages that were fetched at once.
#[derive(Debug, Default)]
pub(crate) struct Fetched(usize);

impl Fetched {
    /// Counts a row; whether it is the last for now.
    pub(crate) fn is_enough_with(&mut self, row: &Row<'_>) -> bool {
        let message = row.get_ref(MESSAGE).ok();
        self.0 += message
            .and_then(|value| value.as_bytes().ok())
            .map_or(0, <[u8]>::len);
        self.0 >= PAGE_BYTES
    }
}

/// A kind of row. Column 0 is the row's id, column 2 its message.
pub trait Stored: Sized {
    /// Where such rows are.
    const TABLE: &'static str;
    /// What is selected of them.
    const COLUMNS: &'static str;

    /// Decodes a row.
    ///
    /// # Errors
    /// When the message in it cannot be decoded.
    fn from_row(row: &Row<'_>) -> Result<Self, Error>;
}

macro_rules! plain_records {
    ($($message:ty: $table:literal;)*) => {$(
        impl Stored for Record<$message> {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static str = "id, discovered_at, data";

            fn from_row(row: &Row<'_>) -> Result<Self, Error> {
                let id = row.get(0)?;
                Ok(Self {
                    row: id,
                    discovered_at: row.get::<_, StoredTime>(1)?.0,
                    message: message::decode($table, id, row.get_ref(2)?)?,
                })
            }
        }
    )*};
}

plain_records! {
    ResourceType: "v1_resource_types";
    Resource: "v1_resources";
    Entitlement: "v1_entitlements";
}

impl Stored for GrantRecord {
    const TABLE: &'static str = "v1_grants";
    const COLUMNS: &'static str = grant_row::COLUMNS;

    fn from_row(row: &Row<'_>) -> Result<Self, Error> {
        grant_row::decode(row)
    }
}
