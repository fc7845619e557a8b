//! Credentials, nonces and access tokens.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Credentials, Stored, Written};
use governance::{AccessToken, ConnectorId, Credential, CredentialId, TokenHash};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    TransactionTrait as _,
};

use super::{value, values};
use crate::Database;
use crate::entity::{access_token, credential, nonce, stored, text};
use crate::errors::failed;

#[async_trait]
impl Credentials for Database {
    async fn credential(&self, client_id: &str) -> Stored<Option<Credential>> {
        let found = credential::Entity::find().filter(credential::Column::ClientId.eq(text(client_id)));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn credentials(&self, connector: &ConnectorId) -> Stored<Vec<Credential>> {
        let all = credential::Entity::find()
            .filter(credential::Column::ConnectorId.eq(connector.as_str()))
            .order_by_asc(credential::Column::CreatedAt)
            .order_by_asc(credential::Column::Id);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn credential_with_id(&self, id: &CredentialId) -> Stored<Option<Credential>> {
        let found = credential::Entity::find_by_id(id.as_str())
            .one(&self.connection)
            .await;
        value(found.map_err(failed)?)
    }

    async fn use_nonce(&self, credential: &CredentialId, nonce: &str, until: DateTime<Utc>) -> Stored<bool> {
        let row = nonce::ActiveModel {
            credential_id: Set(credential.to_string()),
            nonce: Set(nonce.to_owned()),
            until: Set(stored(until)),
        };
        let once = OnConflict::columns([nonce::Column::CredentialId, nonce::Column::Nonce])
            .do_nothing()
            .to_owned();
        let insert = nonce::Entity::insert(row).on_conflict(once);
        let added = insert.exec_without_returning(&self.connection).await;
        Ok(super::rows(added).map_err(failed)? > 0)
    }

    async fn add_token(&self, token: &AccessToken, now: DateTime<Utc>) -> Stored<()> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        access_token::Entity::insert(access_token::row(token))
            .exec_without_returning(&transaction)
            .await
            .map_err(failed)?;
        credential::Entity::update_many()
            .col_expr(credential::Column::LastUsedAt, Expr::value(stored(now)))
            .filter(credential::Column::Id.eq(token.credential.as_str()))
            .exec(&transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn token(&self, hash: &TokenHash) -> Stored<Option<(AccessToken, Credential)>> {
        let TokenHash(hash) = hash;
        let found = access_token::Entity::find()
            .filter(access_token::Column::Hash.eq(hash.to_vec()))
            .find_also_related(credential::Entity)
            .one(&self.connection)
            .await
            .map_err(failed)?;
        let Some((token, Some(credential))) = found else {
            return Ok(None);
        };
        Ok(Some((token.try_into()?, credential.try_into()?)))
    }

    async fn forget_expired(&self, now: DateTime<Utc>) -> Stored<u64> {
        let tokens =
            access_token::Entity::delete_many().filter(access_token::Column::ExpiresAt.lte(stored(now)));
        let tokens = tokens.exec(&self.connection).await.map_err(failed)?;
        let nonces = nonce::Entity::delete_many().filter(nonce::Column::Until.lte(stored(now)));
        let nonces = nonces.exec(&self.connection).await.map_err(failed)?;
        Ok(tokens.rows_affected + nonces.rows_affected)
    }

    async fn forget_revoked(&self, before: DateTime<Utc>) -> Stored<u64> {
        let forgotten =
            credential::Entity::delete_many().filter(credential::Column::RevokedAt.lt(stored(before)));
        let forgotten = forgotten.exec(&self.connection).await.map_err(failed)?;
        Ok(forgotten.rows_affected)
    }
}

pub(super) async fn add(on: &impl ConnectionTrait, added: &Credential) -> Result<Written, DbErr> {
    let insert = credential::Entity::insert(credential::row(added));
    insert.exec_without_returning(on).await.map(|_| Written::Yes)
}

pub(super) async fn revoke(
    on: &impl ConnectionTrait,
    id: &CredentialId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = credential::Entity::update_many()
        .col_expr(credential::Column::RevokedAt, Expr::value(stored(at)))
        .filter(credential::Column::Id.eq(id.as_str()))
        .filter(credential::Column::RevokedAt.is_null());
    Ok(super::written(update.exec(on).await?.rows_affected))
}
