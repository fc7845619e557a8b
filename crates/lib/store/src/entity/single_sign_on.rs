//! `single_sign_on`: the provider that people may sign in with. One row at most.

use governance::repository::RepositoryError;
use governance::{SealedSecret, SingleSignOn};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

/// The id of the row.
pub(crate) const ONLY: i64 = 1;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "single_sign_on")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) secret: Option<Vec<u8>>,
    pub(crate) name: String,
    pub(crate) domains: String,
    pub(crate) admits_unknown: bool,
    pub(crate) believes_second_factor: bool,
    pub(crate) enabled: bool,
    pub(crate) saved_at: i64,
    pub(crate) revision: i64,
}

/// Also a sealed secret is for nobody's log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("issuer", &self.issuer)
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(sign_on: &SingleSignOn) -> ActiveModel {
    ActiveModel {
        id: Set(ONLY),
        issuer: Set(text(&sign_on.issuer)),
        client_id: Set(text(&sign_on.client_id)),
        secret: Set(sign_on.secret.as_ref().map(|secret| secret.0.clone())),
        name: Set(text(&sign_on.name)),
        domains: Set(text(&sign_on.domains.join(","))),
        admits_unknown: Set(sign_on.admits_unknown),
        believes_second_factor: Set(sign_on.believes_second_factor),
        enabled: Set(sign_on.enabled),
        saved_at: Set(stored(sign_on.saved_at)),
        revision: Set(sign_on.revision),
    }
}

impl TryFrom<Model> for SingleSignOn {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "single_sign_on",
            id: &model.issuer,
        };
        let domains = model.domains.split(',').filter(|domain| !domain.is_empty());
        Ok(Self {
            saved_at: row.time("saved_at", model.saved_at)?,
            domains: domains.map(str::to_owned).collect(),
            issuer: model.issuer.clone(),
            client_id: model.client_id,
            secret: model.secret.map(SealedSecret),
            name: model.name,
            admits_unknown: model.admits_unknown,
            believes_second_factor: model.believes_second_factor,
            enabled: model.enabled,
            revision: model.revision,
        })
    }
}
