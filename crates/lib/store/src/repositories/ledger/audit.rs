//! The audit trail: appended to, read, never changed.

use governance::repository::{AuditFilter, Stored};
use governance::{AuditDraft, AuditEntry, AuditHash};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::entity::audit_entry::{Column, Entity, as_stored, row};
use crate::entity::audit_head;
use crate::errors::failed;
use crate::repositories::{anywhere, up_to, values};

/// Takes the turn of whoever writes, and puts these entries after the newest.
pub(super) async fn append(on: &impl ConnectionTrait, drafts: &[AuditDraft]) -> Stored<()> {
    let count = i64::try_from(drafts.len()).unwrap_or(i64::MAX);
    move_head(on, Expr::col(audit_head::Column::Number).add(count), None).await?;
    if drafts.is_empty() {
        return Ok(());
    }
    let mut newest = head(on, count).await?;
    for draft in drafts {
        let entry = as_stored(draft).chained(newest);
        Entity::insert(row(&entry))
            .exec_without_returning(on)
            .await
            .map_err(failed)?;
        newest = (entry.number, entry.hash);
    }
    let (number, AuditHash(hash)) = newest;
    move_head(on, Expr::val(number), Some(hash.to_vec())).await
}

async fn move_head(
    on: &impl ConnectionTrait,
    number: sea_orm::sea_query::SimpleExpr,
    hash: Option<Vec<u8>>,
) -> Stored<()> {
    let mut update = audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Number, number)
        .filter(audit_head::Column::Id.eq(audit_head::ONLY));
    if let Some(hash) = hash {
        update = update.col_expr(audit_head::Column::Hash, Expr::value(hash));
    }
    update.exec(on).await.map(|_| ()).map_err(failed)
}

/// The newest entry, whose number was moved on by so many already.
async fn head(on: &impl ConnectionTrait, moved: i64) -> Stored<(i64, AuditHash)> {
    use governance::repository::RepositoryError::Impossible;
    let found = audit_head::Entity::find_by_id(audit_head::ONLY).one(on).await;
    let head = found.map_err(failed)?.ok_or_else(|| Impossible {
        what: "`audit_head` is empty".to_owned(),
    })?;
    let hash = <[u8; 32]>::try_from(head.hash.as_slice()).map_err(|_| Impossible {
        what: "`hash` in `audit_head` is no hash".to_owned(),
    })?;
    Ok((head.number.saturating_sub(moved), AuditHash(hash)))
}

pub(super) async fn after(on: &impl ConnectionTrait, number: i64, at_most: u64) -> Stored<Vec<AuditEntry>> {
    let entries = Entity::find()
        .filter(Column::Number.gt(number))
        .order_by_asc(Column::Number)
        .limit(up_to(at_most));
    values(entries.all(on).await.map_err(failed)?)
}

pub(super) async fn newest(
    on: &impl ConnectionTrait,
    filter: &AuditFilter,
    past: u64,
    at_most: u64,
) -> Stored<(Vec<AuditEntry>, u64)> {
    let found = Entity::find().filter(condition(filter));
    let count = found.clone().count(on).await.map_err(failed)?;
    let page = found
        .order_by_desc(Column::Number)
        .offset(up_to(past))
        .limit(up_to(at_most));
    Ok((values(page.all(on).await.map_err(failed)?)?, count))
}

fn condition(filter: &AuditFilter) -> Condition {
    let kind = filter.object_kind.as_deref();
    let id = filter.object_id.as_deref();
    Condition::all()
        .add_option(kind.map(|kind| Column::ObjectKind.eq(kind)))
        .add_option(id.map(|id| Column::ObjectId.eq(id)))
        .add_option(filter.before.map(|number| Column::Number.lt(number)))
        .add_option(filter.text.as_deref().map(containing))
}

/// Whether one of the columns that people look for has this text, in whatever case. One of the databases knows the
/// small letters of ASCII only.
fn containing(text: &str) -> Condition {
    let text = crate::entity::text(text);
    let small = text.to_lowercase();
    let of_ascii = Some(text.to_ascii_lowercase()).filter(|of_ascii| *of_ascii != small);
    let columns = [
        Column::Actor,
        Column::Action,
        Column::ObjectName,
        Column::ObjectId,
    ];
    let mut any = Condition::any();
    for needle in [Some(small), of_ascii].into_iter().flatten() {
        for column in columns {
            any = any.add(Expr::expr(Func::lower(Expr::col(column))).like(anywhere(&needle)));
        }
    }
    any
}
