//! `operators`: people who use the console.

use governance::repository::{RepositoryError, Versioned};
use governance::{Email, Operator, OperatorId, OperatorSource, OperatorStatus, Roles};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

const INVITED: &str = "invited";
pub(crate) const ACTIVE: &str = "active";
const DEACTIVATED: &str = "deactivated";

const LOCAL: &str = "local";
const BY_PROVIDER: &str = "invited";
const OPENID: &str = "openid";
const DIRECTORY: &str = "directory";
const DIRECTORY_DELETED: &str = "directory-deleted";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operators")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) roles: String,
    pub(crate) status: String,
    pub(crate) deactivated_at: Option<i64>,
    pub(crate) source: String,
    pub(crate) issuer: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of somebody, without the version.
pub(crate) fn row(operator: &Operator) -> ActiveModel {
    let (status, deactivated_at) = match operator.status {
        OperatorStatus::Invited => (INVITED, None),
        OperatorStatus::Active => (ACTIVE, None),
        OperatorStatus::Deactivated { at } => (DEACTIVATED, Some(stored(at))),
    };
    let (source, issuer, subject) = match &operator.source {
        OperatorSource::Local => (LOCAL, None, None),
        OperatorSource::Invited => (BY_PROVIDER, None, None),
        OperatorSource::OpenId { issuer, subject } => (OPENID, Some(text(issuer)), Some(text(subject))),
        OperatorSource::Directory { external_id, deleted } => {
            let source = if *deleted { DIRECTORY_DELETED } else { DIRECTORY };
            (source, None, external_id.as_deref().map(text))
        }
    };
    ActiveModel {
        id: Set(operator.id.to_string()),
        email: Set(text(operator.email.as_str())),
        name: Set(text(&operator.name)),
        roles: Set(operator.roles.to_text()),
        status: Set(status.to_owned()),
        deactivated_at: Set(deactivated_at),
        source: Set(source.to_owned()),
        issuer: Set(issuer),
        subject: Set(subject),
        created_at: Set(stored(operator.created_at)),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Operator> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "operators",
            id: &model.id,
        };
        let value = Operator {
            id: row.read("id", OperatorId::parse(&model.id))?,
            email: row.read("email", Email::parse(&model.email))?,
            name: model.name.clone(),
            roles: row.needed("roles", Roles::parse(&model.roles))?,
            status: status(&row, &model)?,
            source: source(&row, &model)?,
            created_at: row.time("created_at", model.created_at)?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}

fn status(row: &Row<'_>, model: &Model) -> Result<OperatorStatus, RepositoryError> {
    let at = row.maybe_time("deactivated_at", model.deactivated_at)?;
    let status = match model.status.as_str() {
        INVITED => Some(OperatorStatus::Invited),
        ACTIVE => Some(OperatorStatus::Active),
        DEACTIVATED => at.map(|at| OperatorStatus::Deactivated { at }),
        _ => None,
    };
    row.needed("status", status)
}

fn source(row: &Row<'_>, model: &Model) -> Result<OperatorSource, RepositoryError> {
    let source = match (model.source.as_str(), &model.issuer, &model.subject) {
        (LOCAL, ..) => Some(OperatorSource::Local),
        (BY_PROVIDER, ..) => Some(OperatorSource::Invited),
        (OPENID, Some(issuer), Some(subject)) => Some(OperatorSource::OpenId {
            issuer: issuer.clone(),
            subject: subject.clone(),
        }),
        (source @ (DIRECTORY | DIRECTORY_DELETED), _, external_id) => Some(OperatorSource::Directory {
            external_id: external_id.clone(),
            deleted: source == DIRECTORY_DELETED,
        }),
        _ => None,
    };
    row.needed("source", source)
}
