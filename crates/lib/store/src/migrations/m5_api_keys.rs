//! Keys with which programs act for people.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, id, index, maybe_number, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m5_api_keys"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(api_keys()).await?;
        let of = index("api_keys_of", "api_keys", &["operator_id", "created_at"]);
        manager.create_index(of).await
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn api_keys() -> TableCreateStatement {
    table("api_keys")
        .col(id("id"))
        .col(bytes("token").unique_key().to_owned())
        .col(text("last_four"))
        .col(text("name"))
        .col(text("operator_id"))
        .col(text("scope"))
        .col(number("created_at"))
        .col(number("expires_at"))
        .col(maybe_number("used_at"))
        .col(maybe_number("revoked_at"))
        .to_owned()
}
