//! `sessions`: who is signed in.

use governance::repository::RepositoryError;
use governance::{OperatorId, Proof, Session, SessionId, SessionScope, TokenHash};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) token: Vec<u8>,
    pub(crate) operator_id: String,
    pub(crate) created_at: i64,
    pub(crate) seen_at: i64,
    pub(crate) ended_at: Option<i64>,
    pub(crate) came_from: Option<String>,
    pub(crate) agent: String,
    pub(crate) scope: String,
    /// Nothing in those that were begun before it was asked: all of them by password.
    pub(crate) proof: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::operator::Entity",
        from = "Column::OperatorId",
        to = "super::operator::Column::Id"
    )]
    Operator,
}

impl Related<super::operator::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Operator.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(session: &Session) -> ActiveModel {
    let TokenHash(token) = session.token;
    ActiveModel {
        id: Set(session.id.to_string()),
        token: Set(token.to_vec()),
        operator_id: Set(session.operator.to_string()),
        created_at: Set(stored(session.created_at)),
        seen_at: Set(stored(session.seen_at)),
        ended_at: Set(session.ended_at.map(stored)),
        came_from: Set(session.from.as_deref().map(text)),
        agent: Set(text(&session.agent)),
        scope: Set(session.scope.as_str().to_owned()),
        proof: Set(Some(session.proof.as_str().to_owned())),
    }
}

impl TryFrom<Model> for Session {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "sessions",
            id: &model.id,
        };
        let proof = model.proof.as_deref().map_or(Some(Proof::Password), Proof::parse);
        let token = <[u8; 32]>::try_from(model.token.as_slice());
        Ok(Self {
            id: row.read("id", SessionId::parse(&model.id))?,
            token: TokenHash(row.read("token", token)?),
            operator: row.read("operator_id", OperatorId::parse(&model.operator_id))?,
            created_at: row.time("created_at", model.created_at)?,
            seen_at: row.time("seen_at", model.seen_at)?,
            ended_at: row.maybe_time("ended_at", model.ended_at)?,
            from: model.came_from.clone(),
            agent: model.agent.clone(),
            scope: row.needed("scope", SessionScope::parse(&model.scope))?,
            proof: row.needed("proof", proof)?,
        })
    }
}
