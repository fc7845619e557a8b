//! `links`: good once, for a while.

use governance::repository::RepositoryError;
use governance::{Link, LinkId, LinkPurpose, OperatorId, TokenHash};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

/// `purpose` of a link to the first start.
pub(crate) const FIRST_START: &str = "first-start";
/// `purpose` of a link to choose a password.
pub(crate) const WELCOME: &str = "welcome";
const DEMO: &str = "demo";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) token: Vec<u8>,
    pub(crate) purpose: String,
    pub(crate) operator_id: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) used_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(link: &Link) -> ActiveModel {
    let (purpose, operator) = match &link.purpose {
        LinkPurpose::FirstStart => (FIRST_START, None),
        LinkPurpose::Welcome(operator) => (WELCOME, Some(operator)),
        LinkPurpose::Demo(operator) => (DEMO, Some(operator)),
    };
    let TokenHash(token) = link.token;
    ActiveModel {
        id: Set(link.id.to_string()),
        token: Set(token.to_vec()),
        purpose: Set(purpose.to_owned()),
        operator_id: Set(operator.map(ToString::to_string)),
        created_at: Set(stored(link.created_at)),
        expires_at: Set(stored(link.expires_at)),
        used_at: Set(link.used_at.map(stored)),
    }
}

impl TryFrom<Model> for Link {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "links",
            id: &model.id,
        };
        let operator = model.operator_id.as_deref().map(OperatorId::parse).transpose();
        let purpose = match (model.purpose.as_str(), row.read("operator_id", operator)?) {
            (FIRST_START, None) => Some(LinkPurpose::FirstStart),
            (WELCOME, Some(operator)) => Some(LinkPurpose::Welcome(operator)),
            (DEMO, Some(operator)) => Some(LinkPurpose::Demo(operator)),
            _ => None,
        };
        let token = <[u8; 32]>::try_from(model.token.as_slice());
        Ok(Self {
            id: row.read("id", LinkId::parse(&model.id))?,
            token: TokenHash(row.read("token", token)?),
            purpose: row.needed("purpose", purpose)?,
            created_at: row.time("created_at", model.created_at)?,
            expires_at: row.time("expires_at", model.expires_at)?,
            used_at: row.maybe_time("used_at", model.used_at)?,
        })
    }
}
