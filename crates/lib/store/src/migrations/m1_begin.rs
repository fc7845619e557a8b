//! The first tables.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, integer_null, small_integer};

use super::columns::{bytes, id, index, key, maybe_number, maybe_text, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m1_begin"
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "as the trait is written, or the two would not fit"
)]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            connectors(),
            credentials(),
            nonces(),
            access_tokens(),
            workers(),
            tasks(),
            task_attempts(),
            uploads(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    /// All or nothing, which for SQLite has to be said: what a crash leaves half done could not be begun again.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn connectors() -> TableCreateStatement {
    table("connectors")
        .col(id("id"))
        .col(text("name").unique_key())
        .col(number("created_at"))
        .col(maybe_number("sync_every_seconds"))
        .col(maybe_number("next_sync_at"))
        .col(boolean(Alias::new("paused")))
        .col(number("version"))
        .to_owned()
}

fn credentials() -> TableCreateStatement {
    table("credentials")
        .col(id("id"))
        .col(text("connector_id"))
        .col(text("client_id").unique_key())
        .col(bytes("public_key"))
        .col(number("created_at"))
        .col(maybe_number("expires_at"))
        .col(maybe_number("revoked_at"))
        .col(maybe_number("last_used_at"))
        .to_owned()
}

fn nonces() -> TableCreateStatement {
    table("nonces")
        .col(text("credential_id"))
        .col(text("nonce"))
        .col(number("until"))
        .primary_key(&mut key(["credential_id", "nonce"]))
        .to_owned()
}

fn access_tokens() -> TableCreateStatement {
    table("access_tokens")
        .col(bytes("hash").primary_key())
        .col(text("credential_id"))
        .col(text("connector_id"))
        .col(number("expires_at"))
        .to_owned()
}

fn workers() -> TableCreateStatement {
    table("workers")
        .col(text("connector_id"))
        .col(text("host"))
        .col(number("first_seen_at"))
        .col(number("last_seen_at"))
        .col(text("program"))
        .col(text("system"))
        .col(text("resource_types"))
        .col(bytes("metadata"))
        .primary_key(&mut key(["connector_id", "host"]))
        .to_owned()
}

fn tasks() -> TableCreateStatement {
    table("tasks")
        .col(id("id"))
        .col(text("connector_id"))
        .col(text("kind"))
        .col(small_integer(Alias::new("urgency")))
        .col(maybe_text("lock_key"))
        .col(bytes("message"))
        .col(number("created_at"))
        .col(number("tries"))
        .col(text("state"))
        .col(maybe_number("not_before"))
        .col(maybe_text("attempt_id"))
        .col(maybe_text("host"))
        .col(maybe_text("credential_id"))
        .col(maybe_number("since"))
        .col(maybe_number("lease_until"))
        .col(maybe_number("stop_asked_at"))
        .col(maybe_number("ended_at"))
        .col(ColumnDef::new(Alias::new("answer")).binary().null())
        .col(integer_null(Alias::new("failure_code")))
        .col(maybe_text("failure_message"))
        .col(ColumnDef::new(Alias::new("failure_retryable")).boolean().null())
        .col(maybe_text("held_lock").unique_key())
        .col(maybe_text("wanted_lock"))
        .col(number("version"))
        .to_owned()
}

fn task_attempts() -> TableCreateStatement {
    table("task_attempts")
        .col(id("id"))
        .col(text("task_id"))
        .col(number("number"))
        .col(text("host"))
        .col(text("credential_id"))
        .col(number("since"))
        .to_owned()
}

fn uploads() -> TableCreateStatement {
    table("uploads")
        .col(id("id"))
        .col(text("connector_id"))
        .col(text("task_id"))
        .col(text("attempt_id"))
        .col(text("content"))
        .col(maybe_text("sync_id"))
        .col(number("size"))
        .col(bytes("digest"))
        .col(text("object_key"))
        .col(text("state"))
        .col(number("state_since"))
        .col(number("keep_until"))
        .to_owned()
}

fn indices() -> [IndexCreateStatement; 9] {
    [
        index("connectors_due", "connectors", &["next_sync_at"]),
        index("credentials_of", "credentials", &["connector_id", "created_at"]),
        index("nonces_until", "nonces", &["until"]),
        index("access_tokens_until", "access_tokens", &["expires_at"]),
        // What a poll looks at: most often there is nothing behind it.
        index("tasks_ready", "tasks", &["connector_id", "state", "not_before"]),
        index("tasks_leased", "tasks", &["state", "lease_until"]),
        index("tasks_newest", "tasks", &["connector_id", "created_at"]),
        index("uploads_of", "uploads", &["attempt_id"]),
        index(
            "uploads_newest",
            "uploads",
            &["connector_id", "state", "state_since"],
        ),
    ]
}
