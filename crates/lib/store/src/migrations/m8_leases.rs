//! Who runs a connector, when several services share a database.

use sea_orm_migration::prelude::*;

use super::columns::{id, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m8_leases"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let leases = table("hosting_leases")
            .col(id("connector_id"))
            .col(text("service_id"))
            .col(number("ends_at"))
            .to_owned();
        manager.create_table(leases).await
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
