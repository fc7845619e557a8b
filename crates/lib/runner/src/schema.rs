//! What settings a connector needs, as control planes read it.

use proto::config_v1::field::Field as Variant;
use proto::config_v1::{
    BoolField, Configuration, Field as Shown, FieldGroup, Int64Rules, IntField, StringField, StringRules,
    StringSliceField,
};

use crate::definition::Definition;
use crate::field::{Export, Field, Group, Kind};
use crate::fields;

/// Prints the configuration schema: two spaces a level, no final line feed.
pub(crate) fn json(definition: &Definition) -> String {
    format!("{:#}", proto::json::to_json(&configuration(definition)))
}

/// First what operators set, then what the connector itself needs.
fn configuration(definition: &Definition) -> Configuration {
    let operators = fields::common().filter(|field| field.export == Export::Operator);
    let own = definition
        .fields
        .iter()
        .filter(|field| field.export == Export::Connector);
    Configuration {
        fields: operators.chain(own).map(shown).collect(),
        display_name: definition.display_name.to_owned(),
        help_url: definition.help_url.to_owned(),
        icon_url: definition.icon_url.to_owned(),
        field_groups: definition.groups.iter().map(group).collect(),
        ..Configuration::default()
    }
}

fn shown(field: &Field) -> Shown {
    Shown {
        name: field.name.to_owned(),
        display_name: field.display_name.to_owned(),
        description: field.description.to_owned(),
        is_required: field.required,
        is_ops: field.export == Export::Operator,
        is_secret: field.kind == Kind::Secret,
        field: Some(variant(field)),
        ..Shown::default()
    }
}

fn variant(field: &Field) -> Variant {
    match field.kind {
        Kind::Text { default, .. } => text(default, field.required),
        Kind::Secret => text("", field.required),
        Kind::Switch => Variant::BoolField(BoolField::default()),
        Kind::Number { default, range } => number(default, range),
        Kind::List => Variant::StringSliceField(StringSliceField::default()),
    }
}

fn text(default: &str, required: bool) -> Variant {
    let rules = required.then(|| StringRules {
        is_required: true,
        ..StringRules::default()
    });
    Variant::StringField(StringField {
        default_value: default.to_owned(),
        rules,
        ..StringField::default()
    })
}

fn number(default: i64, range: Option<(i64, i64)>) -> Variant {
    let rules = |(least, most)| Int64Rules {
        gte: Some(least),
        lte: Some(most),
        ..Int64Rules::default()
    };
    Variant::IntField(IntField {
        default_value: default,
        rules: range.map(rules),
        ..IntField::default()
    })
}

fn group(group: &Group) -> FieldGroup {
    FieldGroup {
        name: group.name.to_owned(),
        display_name: group.display_name.to_owned(),
        help_text: group.help_text.to_owned(),
        fields: group.fields.iter().map(ToString::to_string).collect(),
        default: group.default,
    }
}
