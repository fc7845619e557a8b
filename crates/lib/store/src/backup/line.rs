//! A row as a line.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sea_orm::{DbErr, QueryResult, Value};
use serde_json::Value as Json;

use super::tables::{Kind, Table};

/// The first line: which columns there are.
pub(super) fn head(table: &Table) -> Json {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

/// What a row says, in the order of the columns.
pub(super) fn written(table: &Table, row: &QueryResult) -> Result<Json, DbErr> {
    let cells = table.columns.iter().enumerate().map(|(index, column)| {
        Ok(match column.kind {
            Kind::Number => row.try_get_by_index::<Option<i64>>(index)?.into(),
            Kind::Flag => row
                .try_get_by_index::<Option<i64>>(index)?
                .map(|flag| flag != 0)
                .into(),
            Kind::Text => row.try_get_by_index::<Option<String>>(index)?.into(),
            Kind::Bytes => row
                .try_get_by_index::<Option<Vec<u8>>>(index)?
                .map(|bytes| BASE64_STANDARD.encode(bytes))
                .into(),
        })
    });
    cells.collect::<Result<Vec<Json>, DbErr>>().map(Json::Array)
}

/// What a column is to hold; in words why it cannot.
pub(super) fn read(kind: Kind, cell: Json) -> Result<Value, String> {
    Ok(match (kind, cell) {
        (Kind::Number, Json::Null) => None::<i64>.into(),
        (Kind::Text, Json::Null) => None::<String>.into(),
        (Kind::Bytes, Json::Null) => None::<Vec<u8>>.into(),
        (Kind::Flag, Json::Null) => None::<bool>.into(),
        (Kind::Number, Json::Number(number)) => number.as_i64().ok_or("a number is too large")?.into(),
        // PostgreSQL has no text with a zero in it.
        (Kind::Text, Json::String(text)) => crate::entity::text(&text).into(),
        (Kind::Bytes, Json::String(text)) => BASE64_STANDARD
            .decode(text)
            .map_err(|error| error.to_string())?
            .into(),
        (Kind::Flag, Json::Bool(flag)) => flag.into(),
        (kind, _) => return Err(format!("a column of the kind {kind:?} holds something else")),
    })
}
