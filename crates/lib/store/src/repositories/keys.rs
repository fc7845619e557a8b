//! Keys with which programs act for people.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{ApiKeys, Stored, Versioned};
use governance::{ApiKey, ApiKeyId, Operator, OperatorId, TokenHash};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{value, values};
use crate::Database;
use crate::entity::api_key::{Column, Entity, Model};
use crate::entity::{operator, stored};
use crate::errors::failed;

#[async_trait]
impl ApiKeys for Database {
    async fn api_key(&self, token: &TokenHash) -> Stored<Option<(ApiKey, Operator)>> {
        let TokenHash(token) = token;
        let found = Entity::find()
            .filter(Column::Token.eq(token.to_vec()))
            .find_also_related(operator::Entity)
            .one(&self.connection)
            .await
            .map_err(failed)?;
        owned(found)
    }

    async fn api_key_with_id(&self, id: &ApiKeyId) -> Stored<Option<ApiKey>> {
        let found = Entity::find_by_id(id.as_str()).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn api_keys_of(&self, operator: &OperatorId) -> Stored<Vec<ApiKey>> {
        let all = Entity::find()
            .filter(Column::OperatorId.eq(operator.as_str()))
            .filter(Column::RevokedAt.is_null())
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn api_keys(&self) -> Stored<Vec<(ApiKey, Operator)>> {
        let all = Entity::find()
            .filter(Column::RevokedAt.is_null())
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .find_also_related(operator::Entity)
            .all(&self.connection)
            .await
            .map_err(failed)?;
        let mut keys = Vec::new();
        for one in all {
            keys.extend(owned(Some(one))?);
        }
        Ok(keys)
    }

    async fn api_key_used(&self, id: &ApiKeyId, at: DateTime<Utc>) -> Stored<()> {
        let earlier = Condition::any()
            .add(Column::UsedAt.is_null())
            .add(Column::UsedAt.lt(stored(at)));
        let update = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(stored(at)))
            .filter(Column::Id.eq(id.as_str()))
            .filter(earlier);
        update.exec(&self.connection).await.map(|_| ()).map_err(failed)
    }
}

/// A key with its owner; one without is none.
fn owned(found: Option<(Model, Option<operator::Model>)>) -> Stored<Option<(ApiKey, Operator)>> {
    let Some((key, Some(operator))) = found else {
        return Ok(None);
    };
    let operator: Versioned<Operator> = operator.try_into()?;
    Ok(Some((key.try_into()?, operator.value)))
}
