//! Which resource types a connector reads, and which ones a sync was asked for.

use sea_orm_migration::prelude::*;

use super::columns::maybe_text;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m10_types"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["installations", "tasks"] {
            let mut change = Table::alter();
            // Nothing is everything: as all that there was until now.
            let mut types = maybe_text("read_types");
            change.table(Alias::new(table)).add_column(&mut types);
            manager.alter_table(change).await?;
        }
        Ok(())
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
