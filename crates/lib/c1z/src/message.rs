//! Messages in `data` columns.

use std::fmt::Display;

use rusqlite::types::ValueRef;

use crate::Error;

/// Decodes the message in a row of `table`.
pub(crate) fn decode<M: prost::Message + Default>(
    table: &'static str,
    row: i64,
    value: ValueRef<'_>,
) -> Result<M, Error> {
    let bytes = value
        .as_bytes()
        .map_err(|_| unreadable(table, row, "it holds no bytes"))?;
    M::decode(bytes).map_err(|error| unreadable(table, row, error))
}

/// Says what is wrong with a row.
pub(crate) fn unreadable(table: &'static str, row: i64, detail: impl Display) -> Error {
    Error::Row {
        table,
        row,
        detail: detail.to_string(),
    }
}
