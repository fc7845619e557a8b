//! People, and how they come in.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{People, Stored, Versioned};
use governance::{
    Email, Identity, Link, Operator, OperatorId, Passkey, Session, SessionId, SignIn, SingleSignOn, TokenHash,
};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    TransactionTrait as _,
};

use super::{value, values};
use crate::Database;
use crate::entity::{
    challenge, identity, link, operator, passkey, session, sign_in, single_sign_on, stored, text,
};
use crate::errors::failed;

#[async_trait]
impl People for Database {
    async fn is_anybody(&self) -> Stored<bool> {
        let count = operator::Entity::find().count(&self.connection).await;
        Ok(count.map_err(failed)? > 0)
    }

    async fn operator(&self, id: &OperatorId) -> Stored<Option<Versioned<Operator>>> {
        let found = operator::Entity::find_by_id(id.as_str())
            .one(&self.connection)
            .await;
        value(found.map_err(failed)?)
    }

    async fn operator_with(&self, email: &Email) -> Stored<Option<Versioned<Operator>>> {
        let found = operator::Entity::find().filter(operator::Column::Email.eq(text(email.as_str())));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn operators(&self) -> Stored<Vec<Operator>> {
        let all = operator::Entity::find()
            .order_by_asc(operator::Column::Name)
            .order_by_asc(operator::Column::Id);
        let all: Vec<Versioned<Operator>> = values(all.all(&self.connection).await.map_err(failed)?)?;
        Ok(all.into_iter().map(|one| one.value).collect())
    }

    async fn sign_in(&self, id: &OperatorId) -> Stored<Option<SignIn>> {
        let found = sign_in::Entity::find_by_id(id.as_str())
            .one(&self.connection)
            .await;
        value(found.map_err(failed)?)
    }

    async fn single_sign_on(&self) -> Stored<Option<SingleSignOn>> {
        let found = single_sign_on::Entity::find_by_id(single_sign_on::ONLY);
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn identity(&self, issuer: &str, subject: &str) -> Stored<Option<Identity>> {
        let found = identity::Entity::find_by_id((text(issuer), text(subject)));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn identities(&self, operator: &OperatorId) -> Stored<Vec<Identity>> {
        let all = identity::Entity::find()
            .filter(identity::Column::OperatorId.eq(operator.as_str()))
            .order_by_asc(identity::Column::LinkedAt);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn passkey(&self, credential: &[u8]) -> Stored<Option<Passkey>> {
        let found = passkey::Entity::find().filter(passkey::Column::Credential.eq(credential.to_vec()));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn passkeys(&self, operator: &OperatorId) -> Stored<Vec<Passkey>> {
        let all = passkey::Entity::find()
            .filter(passkey::Column::OperatorId.eq(operator.as_str()))
            .order_by_asc(passkey::Column::CreatedAt)
            .order_by_asc(passkey::Column::Id);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn note_failure(&self, id: &OperatorId, now: DateTime<Utc>) -> Stored<SignIn> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        // The count first: so of two tries at once none is lost, and the row is ours from here on.
        sign_in::Entity::update_many()
            .col_expr(
                sign_in::Column::Failures,
                Expr::col(sign_in::Column::Failures).add(1),
            )
            .filter(sign_in::Column::OperatorId.eq(id.as_str()))
            .exec(&transaction)
            .await
            .map_err(failed)?;
        let found = sign_in::Entity::find_by_id(id.as_str()).one(&transaction).await;
        let counted: Option<SignIn> = value(found.map_err(failed)?)?;
        let counted = counted.unwrap_or_else(|| SignIn::none(id.clone()));
        let noted = SignIn {
            failures: counted.failures.saturating_sub(1),
            ..counted
        }
        .failed(now);
        sign_in::Entity::update_many()
            .col_expr(sign_in::Column::Failures, Expr::value(i64::from(noted.failures)))
            .col_expr(
                sign_in::Column::LockedUntil,
                Expr::value(noted.locked_until.map(stored)),
            )
            .filter(sign_in::Column::OperatorId.eq(id.as_str()))
            .exec(&transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(noted)
    }

    async fn use_step(&self, id: &OperatorId, step: i64) -> Stored<bool> {
        let update = sign_in::Entity::update_many()
            .col_expr(sign_in::Column::SecondLastStep, Expr::value(step))
            .filter(sign_in::Column::OperatorId.eq(id.as_str()))
            .filter(sign_in::Column::SecondLastStep.lt(step));
        let updated = update.exec(&self.connection).await.map_err(failed)?;
        Ok(updated.rows_affected > 0)
    }

    async fn spend_recovery_code(&self, id: &OperatorId, before: &str, left: &str) -> Stored<bool> {
        let update = sign_in::Entity::update_many()
            .col_expr(sign_in::Column::SecondRecovery, Expr::value(left))
            .filter(sign_in::Column::OperatorId.eq(id.as_str()))
            .filter(sign_in::Column::SecondRecovery.eq(before));
        let updated = update.exec(&self.connection).await.map_err(failed)?;
        Ok(updated.rows_affected > 0)
    }

    async fn session(&self, token: &TokenHash) -> Stored<Option<(Session, Operator)>> {
        let TokenHash(token) = token;
        let found = session::Entity::find()
            .filter(session::Column::Token.eq(token.to_vec()))
            .find_also_related(operator::Entity)
            .one(&self.connection)
            .await
            .map_err(failed)?;
        let Some((session, Some(operator))) = found else {
            return Ok(None);
        };
        let operator: Versioned<Operator> = operator.try_into()?;
        Ok(Some((session.try_into()?, operator.value)))
    }

    async fn sessions(&self, operator: &OperatorId) -> Stored<Vec<Session>> {
        let all = session::Entity::find()
            .filter(session::Column::OperatorId.eq(operator.as_str()))
            .filter(session::Column::EndedAt.is_null())
            .order_by_desc(session::Column::SeenAt);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn session_seen(&self, id: &SessionId, at: DateTime<Utc>) -> Stored<()> {
        let update = session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(stored(at)))
            .filter(session::Column::Id.eq(id.as_str()))
            .filter(session::Column::SeenAt.lt(stored(at)));
        update.exec(&self.connection).await.map(|_| ()).map_err(failed)
    }

    async fn forget_sessions(&self, before: DateTime<Utc>) -> Stored<u64> {
        let sessions = session::Entity::delete_many().filter(session::Column::CreatedAt.lt(stored(before)));
        let sessions = sessions.exec(&self.connection).await.map_err(failed)?;
        let links = link::Entity::delete_many().filter(link::Column::ExpiresAt.lt(stored(before)));
        let links = links.exec(&self.connection).await.map_err(failed)?;
        let challenges =
            challenge::Entity::delete_many().filter(challenge::Column::UsedAt.lt(stored(before)));
        let challenges = challenges.exec(&self.connection).await.map_err(failed)?;
        Ok(sessions.rows_affected + links.rows_affected + challenges.rows_affected)
    }

    async fn link(&self, token: &TokenHash) -> Stored<Option<Link>> {
        let TokenHash(token) = token;
        let found = link::Entity::find().filter(link::Column::Token.eq(token.to_vec()));
        value(found.one(&self.connection).await.map_err(failed)?)
    }
}
