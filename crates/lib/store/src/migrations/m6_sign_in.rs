//! Ways to sign in: a provider that vouches for people, what they are known by there, and passkeys.

use sea_orm_migration::prelude::*;

use super::columns::{
    bytes, id, index, key, maybe_bytes, maybe_number, maybe_text, number, table, text, yes_or_no,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m6_sign_in"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [single_sign_on(), identities(), passkeys(), challenges()] {
            manager.create_table(table).await?;
        }
        let mut proof = maybe_text("proof");
        let mut change = Table::alter();
        change.table(Alias::new("sessions")).add_column(&mut proof);
        manager.alter_table(change).await?;
        for index in [
            index("identities_of", "identities", &["operator_id"]),
            index("passkeys_of", "passkeys", &["operator_id", "created_at"]),
            index("challenges_used", "challenges", &["used_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// One row at most.
fn single_sign_on() -> TableCreateStatement {
    table("single_sign_on")
        .col(number("id").primary_key().to_owned())
        .col(text("issuer"))
        .col(text("client_id"))
        .col(maybe_bytes("secret"))
        .col(text("name"))
        .col(text("domains"))
        .col(yes_or_no("admits_unknown"))
        .col(yes_or_no("believes_second_factor"))
        .col(yes_or_no("enabled"))
        .col(number("saved_at"))
        .col(number("revision"))
        .to_owned()
}

fn identities() -> TableCreateStatement {
    table("identities")
        .col(text("issuer"))
        .col(text("subject"))
        .col(text("operator_id"))
        .col(number("linked_at"))
        .primary_key(&mut key(["issuer", "subject"]))
        .to_owned()
}

fn passkeys() -> TableCreateStatement {
    table("passkeys")
        .col(id("id"))
        .col(text("operator_id"))
        .col(bytes("credential").unique_key().to_owned())
        .col(bytes("key"))
        .col(number("count"))
        .col(text("name"))
        .col(number("created_at"))
        .col(maybe_number("used_at"))
        .to_owned()
}

fn challenges() -> TableCreateStatement {
    table("challenges")
        .col(bytes("challenge").primary_key().to_owned())
        .col(number("used_at"))
        .to_owned()
}
