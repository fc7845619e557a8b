//! `audit_entries`: the audit trail. Rows are added, never changed and never removed.

use governance::repository::RepositoryError;
use governance::{AuditDraft, AuditEntry, AuditHash, Difference, Object};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) number: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) actor_id: Option<String>,
    pub(crate) via: String,
    pub(crate) came_from: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) action: String,
    pub(crate) object_kind: String,
    pub(crate) object_id: String,
    pub(crate) object_name: String,
    /// JSON: a list of field, before and after.
    pub(crate) changes: String,
    pub(crate) reason: Option<String>,
    pub(crate) hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A draft as it will be read back: what a database cannot hold is replaced before it is hashed.
pub(crate) fn as_stored(draft: &AuditDraft) -> AuditDraft {
    let maybe = |value: &Option<String>| value.as_deref().map(text);
    let change = |change: &Difference| Difference {
        field: text(&change.field),
        before: maybe(&change.before),
        after: maybe(&change.after),
    };
    AuditDraft {
        at: draft.at,
        actor: text(&draft.actor),
        actor_id: maybe(&draft.actor_id),
        via: text(&draft.via),
        from: maybe(&draft.from),
        request: maybe(&draft.request),
        action: text(&draft.action),
        object: Object::new(
            &text(&draft.object.kind),
            text(&draft.object.id),
            text(&draft.object.name),
        ),
        changes: draft.changes.iter().map(change).collect(),
        reason: maybe(&draft.reason),
    }
}

pub(crate) fn row(entry: &AuditEntry) -> ActiveModel {
    let draft = &entry.draft;
    let AuditHash(hash) = entry.hash;
    ActiveModel {
        number: Set(entry.number),
        at: Set(stored(draft.at)),
        actor: Set(draft.actor.clone()),
        actor_id: Set(draft.actor_id.clone()),
        via: Set(draft.via.clone()),
        came_from: Set(draft.from.clone()),
        request: Set(draft.request.clone()),
        action: Set(draft.action.clone()),
        object_kind: Set(draft.object.kind.clone()),
        object_id: Set(draft.object.id.clone()),
        object_name: Set(draft.object.name.clone()),
        changes: Set(changes_text(&draft.changes)),
        reason: Set(draft.reason.clone()),
        hash: Set(hash.to_vec()),
    }
}

type Parts = (String, Option<String>, Option<String>);

fn changes_text(changes: &[Difference]) -> String {
    let parts: Vec<(&str, Option<&str>, Option<&str>)> = changes
        .iter()
        .map(|change| {
            (
                change.field.as_str(),
                change.before.as_deref(),
                change.after.as_deref(),
            )
        })
        .collect();
    serde_json::json!(parts).to_string()
}

fn changes(text: &str) -> Result<Vec<Difference>, serde_json::Error> {
    let parts: Vec<Parts> = serde_json::from_str(text)?;
    let difference = |(field, before, after)| Difference { field, before, after };
    Ok(parts.into_iter().map(difference).collect())
}

impl TryFrom<Model> for AuditEntry {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let number = model.number.to_string();
        let row = Row {
            table: "audit_entries",
            id: &number,
        };
        let hash = <[u8; 32]>::try_from(model.hash.as_slice());
        Ok(Self {
            number: model.number,
            hash: AuditHash(row.read("hash", hash)?),
            draft: AuditDraft {
                at: row.time("at", model.at)?,
                changes: row.read("changes", changes(&model.changes))?,
                actor: model.actor,
                actor_id: model.actor_id,
                via: model.via,
                from: model.came_from,
                request: model.request,
                action: model.action,
                object: Object {
                    kind: model.object_kind,
                    id: model.object_id,
                    name: model.object_name,
                },
                reason: model.reason,
            },
        })
    }
}
