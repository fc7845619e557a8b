//! `access_grants`: who holds what.

use governance::access::AccessGrant;
use governance::repository::RepositoryError;
use sea_orm::entity::prelude::*;

use crate::entity::{Row, text};
use crate::keys;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_grants")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) snapshot: i64,
    /// The number of who holds it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) principal: i64,
    /// The number of what is held.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) entitlement: i64,
    /// Nothing when the id is the usual one; tells it apart from others otherwise.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id_key: i64,
    /// The id, when it is not the usual one.
    pub(crate) id: Option<String>,
    pub(crate) direct: bool,
    pub(crate) immutable: bool,
    /// The numbers of the entitlements through which it is held, such as `7 12+`.
    pub(crate) sources: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns, in the order of [`row`].
pub(crate) const COLUMNS: [Column; 8] = [
    Column::Snapshot,
    Column::Principal,
    Column::Entitlement,
    Column::IdKey,
    Column::Id,
    Column::Direct,
    Column::Immutable,
    Column::Sources,
];

/// The numbers of what a grant names.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    pub(crate) snapshot: i64,
    pub(crate) principal: i64,
    pub(crate) entitlement: i64,
    pub(crate) sources: Vec<Source>,
}

/// What leads to a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) entitlement: i64,
    pub(crate) direct: bool,
}

/// After the number of what is held by itself.
const DIRECT: char = '+';

pub(crate) fn row(numbers: &Numbers, grant: &AccessGrant) -> [Value; 8] {
    let usual = usual_id(grant.entitlement.as_str(), &grant.principal);
    let odd = Some(grant.id.as_str()).filter(|id| *id != usual);
    [
        numbers.snapshot.into(),
        numbers.principal.into(),
        numbers.entitlement.into(),
        odd.map_or(0, keys::of_odd_grant).into(),
        odd.map(text).into(),
        grant.direct.into(),
        grant.immutable.into(),
        written(&numbers.sources).into(),
    ]
}

/// The id that a grant has as a rule.
pub(crate) fn usual_id(entitlement: &str, principal: &model::ResourceId) -> String {
    format!("{entitlement}:{principal}")
}

fn written(sources: &[Source]) -> String {
    let words = sources.iter().map(|source| {
        let mark = source.direct.then_some(DIRECT);
        format!(
            "{}{}",
            source.entitlement,
            mark.map(String::from).unwrap_or_default()
        )
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Model {
    /// What leads to it.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, RepositoryError> {
        let id = self.principal.to_string();
        let row = Row {
            table: "access_grants",
            id: &id,
        };
        let words = self.sources.split_whitespace();
        words
            .map(|word| {
                Ok(Source {
                    entitlement: row.read("sources", word.trim_end_matches(DIRECT).parse())?,
                    direct: word.ends_with(DIRECT),
                })
            })
            .collect()
    }
}
