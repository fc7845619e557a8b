//! `access_entitlements`: what can be held.

use governance::access::{AccessEntitlement, ListedEntitlement};
use governance::repository::RepositoryError;
use model::{EntitlementId, Purpose, ResourceId};
use sea_orm::entity::prelude::*;

use super::{code, resource};
use crate::entity::text;
use crate::keys;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_entitlements")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) snapshot: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i64,
    /// What it is found by: ids can be too long for an index.
    pub(crate) id_key: i64,
    pub(crate) id: String,
    /// The number of what it is on.
    pub(crate) resource: i64,
    /// What the type of that is found by.
    pub(crate) type_key: i64,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) sort_name: String,
    pub(crate) search_text: String,
    pub(crate) description: String,
    pub(crate) purpose: i32,
    pub(crate) immutable: bool,
    /// Whether the file has it; otherwise a grant names it.
    pub(crate) known: bool,
    pub(crate) holders: i64,
    pub(crate) direct_holders: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns, in the order of [`row`].
pub(crate) const COLUMNS: [Column; 16] = [
    Column::Snapshot,
    Column::Number,
    Column::IdKey,
    Column::Id,
    Column::Resource,
    Column::TypeKey,
    Column::Slug,
    Column::Name,
    Column::SortName,
    Column::SearchText,
    Column::Description,
    Column::Purpose,
    Column::Immutable,
    Column::Known,
    Column::Holders,
    Column::DirectHolders,
];

/// The numbers of an entitlement, and of what it is on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    pub(crate) snapshot: i64,
    pub(crate) own: i64,
    pub(crate) resource: i64,
}

pub(crate) fn row(numbers: Numbers, entitlement: &AccessEntitlement, known: bool) -> [Value; 16] {
    let AccessEntitlement { id, name, slug, .. } = entitlement;
    [
        numbers.snapshot.into(),
        numbers.own.into(),
        keys::of_entitlement(id).short().into(),
        text(id.as_str()).into(),
        numbers.resource.into(),
        keys::of_type(&entitlement.resource.resource_type).into(),
        text(slug).into(),
        text(name).into(),
        keys::sort_name(name).into(),
        keys::search_text(&[name, slug, id.as_str()]).into(),
        text(&entitlement.description).into(),
        code::purpose(entitlement.purpose).into(),
        entitlement.immutable.into(),
        known.into(),
        0_i64.into(),
        0_i64.into(),
    ]
}

/// What is known of an entitlement that is only named.
pub(crate) fn named(id: &EntitlementId, on: &ResourceId) -> AccessEntitlement {
    let start = format!("{on}:");
    let slug = id.as_str().strip_prefix(&start).unwrap_or(id.as_str());
    AccessEntitlement {
        id: id.clone(),
        resource: on.clone(),
        slug: slug.to_owned(),
        name: slug.to_owned(),
        description: String::new(),
        purpose: Purpose::Unspecified,
        immutable: false,
    }
}

/// What an entitlement is on that only a source names: that is not said, so it is called as the entitlement.
pub(crate) fn on_unknown(id: &EntitlementId) -> ResourceId {
    ResourceId::new("", id.as_str())
}

impl Model {
    /// The entitlement, with what it is on.
    pub(crate) fn on(self, on: &resource::Model) -> Result<ListedEntitlement, RepositoryError> {
        let entitlement = AccessEntitlement {
            id: self.id.into(),
            resource: on.id(),
            slug: self.slug,
            name: self.name,
            description: self.description,
            purpose: code::to_purpose(self.purpose),
            immutable: self.immutable,
        };
        Ok(ListedEntitlement {
            entitlement,
            on: on.called()?,
            known: self.known,
            holders: self.holders.unsigned_abs(),
            direct_holders: self.direct_holders.unsigned_abs(),
        })
    }
}
