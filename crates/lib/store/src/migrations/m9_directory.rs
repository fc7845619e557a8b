//! Groups of a directory, how it is let in, and apps that are found no more.

use sea_orm_migration::prelude::*;

use super::columns::{id, maybe_number, maybe_text, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m9_directory"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(groups()).await?;
        manager.create_table(provisioning()).await?;
        let mut apps = Table::alter();
        let mut gone = maybe_number("gone_at");
        apps.table(Alias::new("apps")).add_column(&mut gone);
        manager.alter_table(apps).await?;
        manager.execute(at_first()).await
    }

    /// All or nothing, which for SQLite has to be said.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn groups() -> TableCreateStatement {
    table("directory_groups")
        .col(id("id"))
        .col(text("name"))
        .col(text("name_key").unique_key().to_owned())
        .col(maybe_text("external_id"))
        .col(text("members"))
        .col(number("created_at"))
        .col(number("version"))
        .to_owned()
}

fn provisioning() -> TableCreateStatement {
    table("provisioning")
        .col(number("id").primary_key().to_owned())
        .col(number("adopts"))
        .col(number("invites"))
        .col(text("roles"))
        .col(number("version"))
        .to_owned()
}

/// A directory takes nobody over, and whoever it brings gets a letter.
fn at_first() -> InsertStatement {
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new("provisioning"))
        .columns(["id", "adopts", "invites", "roles", "version"].map(Alias::new))
        .values_panic([1.into(), 0.into(), 1.into(), "".into(), 0.into()]);
    insert
}
