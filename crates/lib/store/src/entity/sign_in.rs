//! `sign_ins`: what people sign in with.

use governance::repository::RepositoryError;
use governance::{OperatorId, SealedSecret, SecondFactor, SignIn};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_ins")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) operator_id: String,
    pub(crate) password: Option<String>,
    pub(crate) second_secret: Option<Vec<u8>>,
    pub(crate) second_last_step: i64,
    pub(crate) second_recovery: String,
    pub(crate) second_confirmed_at: Option<i64>,
    pub(crate) failures: i64,
    pub(crate) locked_until: Option<i64>,
}

/// Hashes are for nobody's log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("operator_id", &self.operator_id)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(sign_in: &SignIn) -> ActiveModel {
    let second = sign_in.second.as_ref();
    let step = second.map_or(0, |second| second.last_step);
    ActiveModel {
        operator_id: Set(sign_in.operator.to_string()),
        password: Set(sign_in.password.clone()),
        second_secret: Set(second.map(|second| second.secret.0.clone())),
        second_last_step: Set(step),
        second_recovery: Set(second.map_or_else(String::new, |second| second.recovery.clone())),
        second_confirmed_at: Set(second.and_then(|second| second.confirmed_at).map(stored)),
        failures: Set(sign_in.failures.into()),
        locked_until: Set(sign_in.locked_until.map(stored)),
    }
}

impl TryFrom<Model> for SignIn {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "sign_ins",
            id: &model.operator_id,
        };
        let confirmed_at = row.maybe_time("second_confirmed_at", model.second_confirmed_at)?;
        Ok(Self {
            operator: row.read("operator_id", OperatorId::parse(&model.operator_id))?,
            password: model.password.clone(),
            second: model.second_secret.clone().map(|secret| SecondFactor {
                secret: SealedSecret(secret),
                last_step: model.second_last_step,
                recovery: model.second_recovery.clone(),
                confirmed_at,
            }),
            failures: row.read("failures", u32::try_from(model.failures))?,
            locked_until: row.maybe_time("locked_until", model.locked_until)?,
        })
    }
}
