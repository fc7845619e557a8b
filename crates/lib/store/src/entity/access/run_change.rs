//! `run_change_items`: what each run changed, as far as it is kept.

use governance::UploadId;
use governance::access::{Change, EntitlementName, ResourceName, RunChange, Subject, Way};
use governance::repository::RepositoryError;
use model::ResourceId;
use sea_orm::entity::prelude::*;

use super::code;
use crate::entity::{Row, text};
use crate::keys;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run_change_items")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) upload_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i64,
    pub(crate) subject: i16,
    pub(crate) way: i16,
    pub(crate) resource_type: String,
    pub(crate) object_id: String,
    pub(crate) kind: i16,
    pub(crate) name: String,
    pub(crate) entitlement_id: Option<String>,
    pub(crate) entitlement_name: Option<String>,
    pub(crate) altered: String,
    pub(crate) search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns, in the order of [`row`].
pub(crate) const COLUMNS: [Column; 12] = [
    Column::UploadId,
    Column::Position,
    Column::Subject,
    Column::Way,
    Column::ResourceType,
    Column::ObjectId,
    Column::Kind,
    Column::Name,
    Column::EntitlementId,
    Column::EntitlementName,
    Column::Altered,
    Column::SearchText,
];

pub(crate) fn row(upload: &UploadId, position: i64, one: &RunChange) -> [Value; 12] {
    let Change {
        resource,
        entitlement,
        altered,
    } = &one.change;
    let right = entitlement.as_ref();
    let mut search = vec![resource.name.as_str(), resource.id.object.as_str()];
    search.extend(
        right
            .iter()
            .flat_map(|right| [right.name.as_str(), right.id.as_str()]),
    );
    [
        upload.as_str().into(),
        position.into(),
        subject(one.subject).into(),
        way(one.way).into(),
        text(resource.id.resource_type.as_str()).into(),
        text(resource.id.object.as_str()).into(),
        code::kind(resource.kind).into(),
        text(&resource.name).into(),
        right.map(|right| text(right.id.as_str())).into(),
        right.map(|right| text(&right.name)).into(),
        text(altered).into(),
        keys::search_text(&search).into(),
    ]
}

pub(crate) fn subject(subject: Subject) -> i16 {
    match subject {
        Subject::Account => 0,
        Subject::Resource => 1,
        Subject::Entitlement => 2,
        Subject::Grant => 3,
    }
}

pub(crate) fn way(way: Way) -> i16 {
    match way {
        Way::Added => 0,
        Way::Removed => 1,
        Way::Altered => 2,
    }
}

impl TryFrom<Model> for RunChange {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "run_change_items",
            id: &model.upload_id,
        };
        let of = Subject::ALL
            .into_iter()
            .find(|one| subject(*one) == model.subject);
        let how = Way::ALL.into_iter().find(|one| way(*one) == model.way);
        let entitlement = model.entitlement_id.zip(model.entitlement_name);
        Ok(Self {
            subject: row.needed("subject", of)?,
            way: row.needed("way", how)?,
            change: Change {
                resource: ResourceName {
                    id: ResourceId::new(model.resource_type.as_str(), model.object_id.as_str()),
                    kind: row.needed("kind", code::to_kind(model.kind))?,
                    name: model.name,
                },
                entitlement: entitlement.map(|(id, name)| EntitlementName { id: id.into(), name }),
                altered: model.altered,
            },
        })
    }
}
