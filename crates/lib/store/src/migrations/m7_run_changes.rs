//! What each run changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::small_integer;

use super::columns::{id, key, maybe_text, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m7_run_changes"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [run_changes(), run_change_items()] {
            manager.create_table(table).await?;
        }
        Ok(())
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn run_changes() -> TableCreateStatement {
    table("run_changes")
        .col(id("upload_id"))
        .col(text("connector_id"))
        .col(maybe_text("base"))
        .col(number("at"))
        .col(text("verdict"))
        .col(text("counts"))
        .to_owned()
}

/// The first changes of each kind, in the order in which they are shown.
fn run_change_items() -> TableCreateStatement {
    table("run_change_items")
        .col(text("upload_id"))
        .col(number("position"))
        .col(small_integer(Alias::new("subject")))
        .col(small_integer(Alias::new("way")))
        .col(text("resource_type"))
        .col(text("object_id"))
        .col(small_integer(Alias::new("kind")))
        .col(text("name"))
        .col(maybe_text("entitlement_id"))
        .col(maybe_text("entitlement_name"))
        .col(text("altered"))
        .col(text("search_text"))
        .primary_key(&mut key(["upload_id", "position"]))
        .to_owned()
}
