//! What runs changed: kept in one go, looked at page by page, gone with their files.

use async_trait::async_trait;
use governance::UploadId;
use governance::access::{
    ChangeLog, ChangeQuery, Page, PageRequest, RunChange, RunChanges, Subject, Verdict, Way,
};
use governance::repository::{Stored, Written};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::insert::Insert;
use super::look;
use crate::Database;
use crate::entity::access::{run_change, run_changes};
use crate::errors::failed;
use crate::repositories::values;

#[async_trait]
impl ChangeLog for Database {
    async fn run_changes(&self, uploads: &[UploadId]) -> Stored<Vec<RunChanges>> {
        let ids = uploads.iter().map(UploadId::as_str);
        let found = run_changes::Entity::find().filter(run_changes::Column::UploadId.is_in(ids));
        values(found.all(&self.connection).await.map_err(failed)?)
    }

    async fn changes(
        &self,
        upload: &UploadId,
        query: &ChangeQuery,
        page: PageRequest,
    ) -> Stored<Page<RunChange>> {
        let wanted = run_change::Entity::find().filter(matching(upload, query));
        let total = wanted.clone().count(&self.connection).await.map_err(failed)?;
        let rows = wanted
            .order_by_asc(run_change::Column::Position)
            .offset(page.skip())
            .limit(page.at_most());
        let rows = values(rows.all(&self.connection).await.map_err(failed)?)?;
        Ok(Page { rows, total })
    }
}

fn matching(upload: &UploadId, query: &ChangeQuery) -> Condition {
    use run_change::{Column, subject, way};
    let mut wanted = Condition::all().add(Column::UploadId.eq(upload.as_str()));
    if !query.subjects.is_empty() {
        let subjects = query.subjects.iter().map(|one: &Subject| subject(*one));
        wanted = wanted.add(Column::Subject.is_in(subjects));
    }
    if !query.ways.is_empty() {
        let ways = query.ways.iter().map(|one: &Way| way(*one));
        wanted = wanted.add(Column::Way.is_in(ways));
    }
    if !query.search.trim().is_empty() {
        wanted = wanted.add(Column::SearchText.like(look::containing(&query.search)));
    }
    wanted
}

/// Keeps them in the place of those that were kept of the same file before.
pub(in crate::repositories) async fn put(
    on: &impl ConnectionTrait,
    run: &RunChanges,
    items: &[RunChange],
) -> Result<Written, DbErr> {
    forget(on, &run.upload).await?;
    let row = run_changes::Entity::insert(run_changes::row(run));
    row.exec_without_returning(on).await?;
    let mut insert = Insert::into(&run_change::Entity, run_change::COLUMNS);
    for (position, one) in (0..).zip(items) {
        insert.add(run_change::row(&run.upload, position, one));
    }
    insert.execute(on).await?;
    Ok(Written::Yes)
}

pub(in crate::repositories) async fn set_verdict(
    on: &impl ConnectionTrait,
    upload: &UploadId,
    verdict: Verdict,
) -> Result<Written, DbErr> {
    let update = run_changes::Entity::update_many()
        .col_expr(run_changes::Column::Verdict, Expr::value(verdict.as_str()))
        .filter(run_changes::Column::UploadId.eq(upload.as_str()));
    update.exec(on).await?;
    Ok(Written::Yes)
}

/// Forgets what is kept of a file.
pub(in crate::repositories) async fn forget(
    on: &impl ConnectionTrait,
    upload: &UploadId,
) -> Result<(), DbErr> {
    let items = run_change::Entity::delete_many();
    items
        .filter(run_change::Column::UploadId.eq(upload.as_str()))
        .exec(on)
        .await?;
    let run = run_changes::Entity::delete_by_id(upload.as_str());
    run.exec(on).await.map(|_| ())
}
