//! Sealed secrets, wherever they are.

use async_trait::async_trait;
use governance::repository::{SealedPlace, SealedValue, SealedValues, Stored, Written};
use governance::{ConnectorSettings, SealedSecret, SignIn, SingleSignOn};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::values;
use crate::Database;
use crate::entity::{settings, sign_in, single_sign_on};
use crate::errors::failed;

#[async_trait]
impl SealedValues for Database {
    async fn sealed_values(&self) -> Stored<Vec<SealedValue>> {
        let settings = settings::Entity::find().all(&self.connection).await;
        let settings: Vec<ConnectorSettings> = values(settings.map_err(failed)?)?;
        let second = sign_in::Entity::find()
            .filter(sign_in::Column::SecondSecret.is_not_null())
            .all(&self.connection);
        let second: Vec<SignIn> = values(second.await.map_err(failed)?)?;
        let providers = single_sign_on::Entity::find().all(&self.connection).await;
        let providers: Vec<SingleSignOn> = values(providers.map_err(failed)?)?;
        let connectors = settings.into_iter().map(|settings| SealedValue {
            place: SealedPlace::Connector(settings.connector),
            secret: settings.secret,
        });
        let people = second.into_iter().filter_map(|sign_in| {
            Some(SealedValue {
                place: SealedPlace::SecondFactor(sign_in.operator),
                secret: sign_in.second?.secret,
            })
        });
        let providers = providers.into_iter().filter_map(|sign_on| {
            Some(SealedValue {
                secret: sign_on.secret?,
                place: SealedPlace::SignOn(sign_on.issuer),
            })
        });
        Ok(connectors.chain(people).chain(providers).collect())
    }

    async fn replace_sealed(&self, before: &SealedValue, after: &SealedSecret) -> Stored<Written> {
        let (old, new) = (before.secret.0.clone(), after.0.clone());
        let updated = match &before.place {
            SealedPlace::Connector(id) => {
                let update = settings::Entity::update_many()
                    .col_expr(settings::Column::Secret, Expr::value(new))
                    .filter(settings::Column::ConnectorId.eq(id.as_str()))
                    .filter(settings::Column::Secret.eq(old));
                update.exec(&self.connection).await
            }
            SealedPlace::SecondFactor(id) => {
                let update = sign_in::Entity::update_many()
                    .col_expr(sign_in::Column::SecondSecret, Expr::value(new))
                    .filter(sign_in::Column::OperatorId.eq(id.as_str()))
                    .filter(sign_in::Column::SecondSecret.eq(old));
                update.exec(&self.connection).await
            }
            SealedPlace::SignOn(issuer) => {
                let update = single_sign_on::Entity::update_many()
                    .col_expr(single_sign_on::Column::Secret, Expr::value(new))
                    .filter(single_sign_on::Column::Issuer.eq(issuer))
                    .filter(single_sign_on::Column::Secret.eq(old));
                update.exec(&self.connection).await
            }
        };
        Ok(super::written(updated.map_err(failed)?.rows_affected))
    }
}
