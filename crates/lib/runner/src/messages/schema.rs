//! The answers that describe the actions.

use connector::{ActionField, ActionKind, ActionSchema, FieldKind};
use proto::config_v1::field::Field as Variant;
use proto::config_v1::{BoolField, Field, StringField, StringSliceField};
use proto::connector_v2::{
    ActionType, BatonActionSchema, GetActionSchemaResponse, ListActionSchemasResponse,
};

/// What answers the question which actions there are.
pub(crate) fn schemas(schemas: &[ActionSchema]) -> ListActionSchemasResponse {
    ListActionSchemasResponse {
        schemas: schemas.iter().map(described).collect(),
        ..ListActionSchemasResponse::default()
    }
}

/// What answers the question what an action is.
pub(crate) fn schema(schema: &ActionSchema) -> GetActionSchemaResponse {
    GetActionSchemaResponse {
        schema: Some(described(schema)),
        ..GetActionSchemaResponse::default()
    }
}

fn described(schema: &ActionSchema) -> BatonActionSchema {
    let fields = |fields: &[ActionField]| fields.iter().map(field).collect();
    let on = schema.resource_type.as_ref();
    BatonActionSchema {
        name: schema.name.to_owned(),
        arguments: fields(&schema.arguments),
        return_types: fields(&schema.returns),
        display_name: schema.display_name.to_owned(),
        description: schema.description.to_owned(),
        action_type: vec![action_type(schema.kind).into()],
        resource_type_id: on.map(ToString::to_string).unwrap_or_default(),
        ..BatonActionSchema::default()
    }
}

fn action_type(kind: ActionKind) -> ActionType {
    match kind {
        ActionKind::Dynamic => ActionType::Dynamic,
        ActionKind::Account => ActionType::Account,
        ActionKind::ResourceEnable => ActionType::ResourceEnable,
        ActionKind::ResourceDisable => ActionType::ResourceDisable,
    }
}

fn field(field: &ActionField) -> Field {
    Field {
        name: field.name.to_owned(),
        display_name: field.display_name.to_owned(),
        description: field.description.to_owned(),
        is_required: field.required,
        field: Some(variant(field.kind)),
        ..Field::default()
    }
}

fn variant(kind: FieldKind) -> Variant {
    match kind {
        FieldKind::Text => Variant::StringField(StringField::default()),
        FieldKind::Switch => Variant::BoolField(BoolField::default()),
        FieldKind::Texts => Variant::StringSliceField(StringSliceField::default()),
    }
}
