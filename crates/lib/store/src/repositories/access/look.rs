//! Looking at a snapshot: all that is read for an answer is read at one moment, from a snapshot that is whole then.

use governance::access::SnapshotId;
use governance::repository::Stored;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    AccessMode, ColumnTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, IsolationLevel, PaginatorTrait, QueryFilter as _, TransactionTrait as _,
};

use crate::entity::access::snapshot::{Column, Entity, WHOLE};
use crate::errors::failed;

/// The moment, if the snapshot is whole in it.
pub(super) async fn at(
    connection: &DatabaseConnection,
    id: SnapshotId,
) -> Stored<Option<DatabaseTransaction>> {
    let moment = begin(connection).await.map_err(failed)?;
    let whole = Entity::find_by_id(id.number()).filter(Column::State.is_in(WHOLE));
    let there = whole.count(&moment).await.map_err(failed)? > 0;
    Ok(there.then_some(moment))
}

/// SQLite has no other transactions than those that see one moment.
async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            let isolation = Some(IsolationLevel::RepeatableRead);
            let access = Some(AccessMode::ReadOnly);
            connection.begin_with_config(isolation, access).await
        }
        _ => connection.begin().await,
    }
}

/// Finds a text anywhere in a column of texts that have no capitals.
pub(super) fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for sign in text.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        // No row has it, and PostgreSQL has no text with it.
        pattern.push(if sign == '\0' { '\u{fffd}' } else { sign });
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
