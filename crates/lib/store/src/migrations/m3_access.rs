//! The tables of who can do what.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, integer, small_integer};
use sea_orm_migration::sea_orm::DatabaseBackend;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m3_access"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let database = Kind(manager.get_database_backend());
        for table in [
            snapshots(),
            types(),
            tallies(),
            database.resources(),
            database.entitlements(),
            database.grants(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().to_owned()
}

fn maybe_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    big_integer(Alias::new(name))
}

fn maybe_number(name: &'static str) -> ColumnDef {
    big_integer_null(Alias::new(name))
}

fn flag(name: &'static str) -> ColumnDef {
    boolean(Alias::new(name))
}

fn maybe_flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().null().to_owned()
}

fn key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create();
    for column in columns {
        key.col(Alias::new(*column));
    }
    key.primary().to_owned()
}

fn snapshots() -> TableCreateStatement {
    let id = number("id").auto_increment().primary_key().to_owned();
    table("access_snapshots")
        .col(id)
        .col(text("connector_id"))
        .col(text("upload_id"))
        .col(text("sync_id"))
        .col(number("taken_at"))
        .col(maybe_number("base"))
        .col(text("state"))
        .col(number("state_since"))
        // The connector, while it is current: no two rows have the same.
        .col(maybe_text("current_of").unique_key())
        .col(maybe_number("projected_at"))
        .to_owned()
}

fn types() -> TableCreateStatement {
    table("access_types")
        .col(number("snapshot"))
        .col(integer(Alias::new("position")))
        .col(text("resource_type"))
        .col(text("name"))
        .col(small_integer(Alias::new("kind")))
        .col(flag("volatile"))
        .col(number("resources"))
        .col(number("entitlements"))
        .col(number("grants"))
        .col(number("direct_grants"))
        .primary_key(&mut key(&["snapshot", "position"]))
        .to_owned()
}

fn tallies() -> TableCreateStatement {
    table("access_tallies")
        .col(number("snapshot"))
        .col(integer(Alias::new("position")))
        .col(text("resource_type"))
        .col(integer(Alias::new("lifecycle")))
        .col(maybe_flag("second_factor"))
        .col(number("accounts"))
        .primary_key(&mut key(&["snapshot", "position"]))
        .to_owned()
}

/// The two databases differ in how text is ordered, and in what a table can be made of.
struct Kind(DatabaseBackend);

impl Kind {
    /// Text that is ordered by its bytes.
    fn ordered(&self, name: &'static str) -> ColumnDef {
        match self.0 {
            DatabaseBackend::Postgres => text(name).extra("COLLATE \"C\"").to_owned(),
            _ => text(name),
        }
    }

    fn resources(&self) -> TableCreateStatement {
        table("access_resources")
            .col(number("snapshot"))
            .col(number("number"))
            .col(number("id_key"))
            .col(number("type_key"))
            .col(self.ordered("resource_type"))
            .col(self.ordered("object_id"))
            .col(maybe_text("parent_type"))
            .col(maybe_text("parent_object"))
            .col(small_integer(Alias::new("kind")))
            .col(text("name"))
            .col(self.ordered("sort_name"))
            .col(text("search_text"))
            .col(text("description"))
            .col(self.ordered("email"))
            .col(integer(Alias::new("lifecycle")))
            .col(self.ordered("status"))
            .col(maybe_flag("second_factor"))
            .col(maybe_number("last_used_at"))
            .col(maybe_number("created_at"))
            .col(maybe_number("expires_at"))
            .col(text("profile"))
            .col(number("fingerprint"))
            .col(flag("known"))
            .col(number("holds"))
            .primary_key(&mut key(&["snapshot", "number"]))
            .to_owned()
    }

    fn entitlements(&self) -> TableCreateStatement {
        table("access_entitlements")
            .col(number("snapshot"))
            .col(number("number"))
            .col(number("id_key"))
            .col(self.ordered("id"))
            .col(number("resource"))
            .col(number("type_key"))
            .col(text("slug"))
            .col(text("name"))
            .col(self.ordered("sort_name"))
            .col(text("search_text"))
            .col(text("description"))
            .col(integer(Alias::new("purpose")))
            .col(flag("immutable"))
            .col(flag("known"))
            .col(number("holders"))
            .col(number("direct_holders"))
            .primary_key(&mut key(&["snapshot", "number"]))
            .to_owned()
    }

    /// By far the largest: numbers only, as a rule, in the order in which they are read.
    fn grants(&self) -> TableCreateStatement {
        let mut grants = table("access_grants")
            .col(number("snapshot"))
            .col(number("principal"))
            .col(number("entitlement"))
            .col(number("id_key"))
            .col(maybe_text("id"))
            .col(flag("direct"))
            .col(flag("immutable"))
            .col(text("sources"))
            .primary_key(&mut key(&["snapshot", "principal", "entitlement", "id_key"]))
            .to_owned();
        if self.0 == DatabaseBackend::Sqlite {
            grants.extra("WITHOUT ROWID");
        }
        grants
    }
}

fn indices() -> [IndexCreateStatement; 9] {
    [
        index(
            "access_snapshots_of",
            "access_snapshots",
            &["connector_id", "state"],
        ),
        index(
            "access_snapshots_over",
            "access_snapshots",
            &["state", "state_since"],
        ),
        index(
            "access_resources_by_id",
            "access_resources",
            &["snapshot", "id_key"],
        ),
        index(
            "access_resources_of_type",
            "access_resources",
            &["snapshot", "type_key", "known", "sort_name", "number"],
        ),
        index(
            "access_resources_of_kind",
            "access_resources",
            &["snapshot", "kind", "known", "sort_name", "number"],
        ),
        index(
            "access_entitlements_by_id",
            "access_entitlements",
            &["snapshot", "id_key"],
        ),
        index(
            "access_entitlements_on",
            "access_entitlements",
            &["snapshot", "resource"],
        ),
        index(
            "access_entitlements_by_name",
            "access_entitlements",
            &["snapshot", "sort_name", "number"],
        ),
        index(
            "access_grants_of",
            "access_grants",
            &["snapshot", "entitlement", "direct"],
        ),
    ]
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
