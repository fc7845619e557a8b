//! `access_resources`: people, groups, roles, credentials.

use governance::access::{AccessResource, Fingerprint, ListedResource, ResourceName};
use governance::repository::RepositoryError;
use model::{Lifecycle, ResourceId};
use sea_orm::entity::prelude::*;

use super::code;
use crate::entity::{Row, stored, text};
use crate::keys;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_resources")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) snapshot: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i64,
    /// What it is found by: ids can be too long for an index.
    pub(crate) id_key: i64,
    /// The same, of the type alone.
    pub(crate) type_key: i64,
    pub(crate) resource_type: String,
    pub(crate) object_id: String,
    pub(crate) parent_type: Option<String>,
    pub(crate) parent_object: Option<String>,
    pub(crate) kind: i16,
    pub(crate) name: String,
    pub(crate) sort_name: String,
    pub(crate) search_text: String,
    pub(crate) description: String,
    pub(crate) email: String,
    pub(crate) lifecycle: i32,
    pub(crate) status: String,
    pub(crate) second_factor: Option<bool>,
    pub(crate) last_used_at: Option<i64>,
    pub(crate) created_at: Option<i64>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) profile: String,
    pub(crate) fingerprint: i64,
    /// Whether the file has it; otherwise something names it.
    pub(crate) known: bool,
    pub(crate) holds: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns, in the order of [`row`].
pub(crate) const COLUMNS: [Column; 24] = [
    Column::Snapshot,
    Column::Number,
    Column::IdKey,
    Column::TypeKey,
    Column::ResourceType,
    Column::ObjectId,
    Column::ParentType,
    Column::ParentObject,
    Column::Kind,
    Column::Name,
    Column::SortName,
    Column::SearchText,
    Column::Description,
    Column::Email,
    Column::Lifecycle,
    Column::Status,
    Column::SecondFactor,
    Column::LastUsedAt,
    Column::CreatedAt,
    Column::ExpiresAt,
    Column::Profile,
    Column::Fingerprint,
    Column::Known,
    Column::Holds,
];

pub(crate) fn row(snapshot: i64, number: i64, resource: &AccessResource, known: bool) -> [Value; 24] {
    let AccessResource { id, parent, .. } = resource;
    let search = [&resource.name, &resource.email, id.object.as_str()];
    [
        snapshot.into(),
        number.into(),
        keys::of_resource(id).short().into(),
        keys::of_type(&id.resource_type).into(),
        text(id.resource_type.as_str()).into(),
        text(id.object.as_str()).into(),
        parent.as_ref().map(|id| text(id.resource_type.as_str())).into(),
        parent.as_ref().map(|id| text(id.object.as_str())).into(),
        code::kind(resource.kind).into(),
        text(&resource.name).into(),
        keys::sort_name(&resource.name).into(),
        keys::search_text(&search).into(),
        text(&resource.description).into(),
        text(&resource.email).into(),
        code::lifecycle(resource.lifecycle).into(),
        text(&resource.status).into(),
        resource.second_factor.into(),
        resource.last_used_at.map(stored).into(),
        resource.created_at.map(stored).into(),
        resource.expires_at.map(stored).into(),
        text(&resource.profile).into(),
        resource.fingerprint.0.into(),
        known.into(),
        0_i64.into(),
    ]
}

/// What is known of a resource that is only named.
pub(crate) fn named(id: &ResourceId) -> AccessResource {
    AccessResource {
        id: id.clone(),
        parent: None,
        kind: governance::access::ResourceKind::Other,
        name: id.object.to_string(),
        description: String::new(),
        email: String::new(),
        lifecycle: Lifecycle::Unspecified,
        status: String::new(),
        second_factor: None,
        last_used_at: None,
        created_at: None,
        expires_at: None,
        profile: "{}".to_owned(),
        fingerprint: Fingerprint(0),
    }
}

impl Model {
    pub(crate) fn id(&self) -> ResourceId {
        ResourceId::new(self.resource_type.as_str(), self.object_id.as_str())
    }

    pub(crate) fn called(&self) -> Result<ResourceName, RepositoryError> {
        let row = Row {
            table: "access_resources",
            id: &self.object_id,
        };
        Ok(ResourceName {
            id: self.id(),
            kind: row.needed("kind", code::to_kind(self.kind))?,
            name: self.name.clone(),
        })
    }
}

impl TryFrom<Model> for ListedResource {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "access_resources",
            id: &model.object_id,
        };
        let parent = model.parent_type.as_deref().zip(model.parent_object.as_deref());
        let resource = AccessResource {
            id: model.id(),
            parent: parent.map(|(kind, object)| ResourceId::new(kind, object)),
            kind: row.needed("kind", code::to_kind(model.kind))?,
            lifecycle: code::to_lifecycle(model.lifecycle),
            second_factor: model.second_factor,
            last_used_at: row.maybe_time("last_used_at", model.last_used_at)?,
            created_at: row.maybe_time("created_at", model.created_at)?,
            expires_at: row.maybe_time("expires_at", model.expires_at)?,
            fingerprint: Fingerprint(model.fingerprint),
            name: model.name,
            description: model.description,
            email: model.email,
            status: model.status,
            profile: model.profile,
        };
        Ok(Self {
            resource,
            known: model.known,
            holds: model.holds.unsigned_abs(),
        })
    }
}
