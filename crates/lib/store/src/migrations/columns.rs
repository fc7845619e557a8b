//! Columns, in the few kinds that there are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, binary_null, boolean, string};

pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).to_owned()
}

pub(super) fn id(name: &'static str) -> ColumnDef {
    string(Alias::new(name)).primary_key().to_owned()
}

pub(super) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().to_owned()
}

pub(super) fn maybe_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().to_owned()
}

pub(super) fn bytes(name: &'static str) -> ColumnDef {
    binary(Alias::new(name))
}

pub(super) fn maybe_bytes(name: &'static str) -> ColumnDef {
    binary_null(Alias::new(name))
}

pub(super) fn yes_or_no(name: &'static str) -> ColumnDef {
    boolean(Alias::new(name))
}

pub(super) fn number(name: &'static str) -> ColumnDef {
    big_integer(Alias::new(name))
}

pub(super) fn maybe_number(name: &'static str) -> ColumnDef {
    big_integer_null(Alias::new(name))
}

pub(super) fn key(columns: [&'static str; 2]) -> IndexCreateStatement {
    let [first, second] = columns.map(Alias::new);
    Index::create().col(first).col(second).primary().to_owned()
}

pub(super) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
