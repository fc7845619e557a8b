//! People, apps, where connectors belong, letters, and the audit trail.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, id, index, maybe_number, maybe_text, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m2_console"
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
            operators(),
            sign_ins(),
            sessions(),
            links(),
            apps(),
            installations(),
            connector_settings(),
            letters(),
            audit_entries(),
            audit_head(),
        ] {
            manager.create_table(table).await?;
        }
        for column in [maybe_text("cron"), maybe_text("zone")] {
            let mut change = Table::alter();
            let mut column = column;
            change.table(Alias::new("connectors")).add_column(&mut column);
            manager.alter_table(change).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        manager.execute(first_head()).await?;
        manager.execute(connectors_until_now()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn operators() -> TableCreateStatement {
    table("operators")
        .col(id("id"))
        .col(text("email").unique_key())
        .col(text("name"))
        .col(text("roles"))
        .col(text("status"))
        .col(maybe_number("deactivated_at"))
        .col(text("source"))
        .col(maybe_text("issuer"))
        .col(maybe_text("subject"))
        .col(number("created_at"))
        .col(number("version"))
        .to_owned()
}

fn sign_ins() -> TableCreateStatement {
    table("sign_ins")
        .col(id("operator_id"))
        .col(maybe_text("password"))
        .col(ColumnDef::new(Alias::new("second_secret")).binary().null())
        .col(number("second_last_step"))
        .col(text("second_recovery"))
        .col(maybe_number("second_confirmed_at"))
        .col(number("failures"))
        .col(maybe_number("locked_until"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    table("sessions")
        .col(id("id"))
        .col(bytes("token").unique_key().to_owned())
        .col(text("operator_id"))
        .col(number("created_at"))
        .col(number("seen_at"))
        .col(maybe_number("ended_at"))
        .col(maybe_text("came_from"))
        .col(text("agent"))
        .col(text("scope"))
        .to_owned()
}

fn links() -> TableCreateStatement {
    table("links")
        .col(id("id"))
        .col(bytes("token").unique_key().to_owned())
        .col(text("purpose"))
        .col(maybe_text("operator_id"))
        .col(number("created_at"))
        .col(number("expires_at"))
        .col(maybe_number("used_at"))
        .to_owned()
}

fn apps() -> TableCreateStatement {
    table("apps")
        .col(id("id"))
        .col(text("name").unique_key())
        .col(text("state"))
        .col(text("source"))
        .col(maybe_text("connector_id"))
        .col(maybe_text("resource"))
        .col(text("owners"))
        .col(number("created_at"))
        .col(number("version"))
        .to_owned()
}

fn installations() -> TableCreateStatement {
    table("installations")
        .col(id("connector_id"))
        .col(text("kind"))
        .col(text("hosting"))
        .col(maybe_text("app_id"))
        .col(text("owners"))
        .col(maybe_text("waiting_for"))
        .col(maybe_number("waiting_since"))
        .col(maybe_number("asked_at"))
        .col(maybe_number("guard_percent"))
        .col(maybe_text("held_upload"))
        .col(maybe_number("held_since"))
        .col(maybe_text("held_why"))
        .col(number("failures"))
        .col(maybe_text("counted"))
        .col(maybe_text("settled"))
        .col(number("version"))
        .to_owned()
}

fn connector_settings() -> TableCreateStatement {
    table("connector_settings")
        .col(id("connector_id"))
        .col(text("account_id"))
        .col(maybe_text("email"))
        .col(bytes("secret"))
        .col(text("last_four"))
        .col(text("mode"))
        .col(number("saved_at"))
        .col(number("revision"))
        .col(maybe_number("checked_at"))
        .col(maybe_text("checked_outcome"))
        .col(maybe_text("checked_words"))
        .to_owned()
}

fn letters() -> TableCreateStatement {
    table("letters")
        .col(id("id"))
        .col(text("email"))
        .col(text("subject"))
        .col(text("body"))
        .col(number("created_at"))
        .col(number("tries"))
        .col(text("state"))
        .col(number("state_at"))
        .col(maybe_text("why"))
        .col(number("version"))
        .to_owned()
}

fn audit_entries() -> TableCreateStatement {
    table("audit_entries")
        .col(number("number").primary_key().to_owned())
        .col(number("at"))
        .col(text("actor"))
        .col(maybe_text("actor_id"))
        .col(text("via"))
        .col(maybe_text("came_from"))
        .col(maybe_text("request"))
        .col(text("action"))
        .col(text("object_kind"))
        .col(text("object_id"))
        .col(text("object_name"))
        .col(text("changes"))
        .col(maybe_text("reason"))
        .col(bytes("hash"))
        .to_owned()
}

/// One row: the newest entry. Whoever appends takes it first, so that there is one after the other.
fn audit_head() -> TableCreateStatement {
    table("audit_head")
        .col(number("id").primary_key().to_owned())
        .col(number("number"))
        .col(bytes("hash"))
        .to_owned()
}

fn first_head() -> InsertStatement {
    let governance::AuditHash(hash) = governance::AuditHash::beginning();
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new("audit_head"))
        .columns(["id", "number", "hash"].map(Alias::new))
        .values_panic([1.into(), 0.into(), hash.to_vec().into()]);
    insert
}

/// Connectors that were added before there was a place for them are run by whoever added them.
fn connectors_until_now() -> InsertStatement {
    let rows = Query::select()
        .column(Alias::new("id"))
        .expr(Expr::val("baton"))
        .expr(Expr::val("self-hosted"))
        .expr(Expr::val(""))
        .expr(Expr::val(0_i64))
        .expr(Expr::val(0_i64))
        .from(Alias::new("connectors"))
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new("installations"))
        .columns(["connector_id", "kind", "hosting", "owners", "failures", "version"].map(Alias::new));
    // The columns and the selection have the same count, so this cannot fail.
    let _ = insert.select_from(rows);
    insert
}

fn indices() -> [IndexCreateStatement; 5] {
    [
        index("sessions_of", "sessions", &["operator_id", "seen_at"]),
        index("sessions_begun", "sessions", &["created_at"]),
        index("letters_due", "letters", &["state", "state_at"]),
        index(
            "audit_of",
            "audit_entries",
            &["object_kind", "object_id", "number"],
        ),
        index("operators_subject", "operators", &["issuer", "subject"]),
    ]
}
