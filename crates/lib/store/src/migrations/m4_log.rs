//! The logs of connectors that run beside the service.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, pk_auto, small_integer, text, text_null};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m4_log"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(connector_log()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The number of a line is never given again, so that whoever reads on from one misses none.
fn connector_log() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("connector_log"))
        .col(pk_auto(Alias::new("id")).big_integer())
        .col(text(Alias::new("connector_id")))
        .col(text_null(Alias::new("attempt_id")))
        .col(big_integer(Alias::new("at")))
        .col(small_integer(Alias::new("level")))
        .col(text(Alias::new("message")))
        .col(text(Alias::new("fields")))
        .to_owned()
}

fn indices() -> [IndexCreateStatement; 4] {
    [
        index("connector_log_of", &["connector_id", "id"]),
        // What went wrong is a small part of the log.
        index("connector_log_level", &["connector_id", "level", "id"]),
        index("connector_log_attempt", &["attempt_id", "id"]),
        index("connector_log_at", &["at"]),
    ]
}

fn index(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new("connector_log"));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
