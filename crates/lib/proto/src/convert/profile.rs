//! Free attributes, and the arguments and results of actions, as `google.protobuf.Struct`.

use model::{Profile, ProfileValue};
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value};

/// The attributes as they stand in a message.
pub fn profile_to_struct(profile: &Profile) -> Struct {
    let fields = profile
        .iter()
        .map(|(key, value)| (key.clone(), to_value(value)))
        .collect();
    Struct { fields }
}

/// The attributes of a message.
pub fn profile_from_struct(attributes: Struct) -> Profile {
    attributes
        .fields
        .into_iter()
        .map(|(key, value)| (key, from_value(value)))
        .collect()
}

fn to_value(value: &ProfileValue) -> Value {
    let kind = match value {
        ProfileValue::Null => Kind::NullValue(0),
        ProfileValue::Bool(flag) => Kind::BoolValue(*flag),
        ProfileValue::Number(number) => Kind::NumberValue(*number),
        ProfileValue::Text(text) => Kind::StringValue(text.clone()),
        ProfileValue::List(items) => Kind::ListValue(ListValue {
            values: items.iter().map(to_value).collect(),
        }),
        ProfileValue::Map(profile) => Kind::StructValue(profile_to_struct(profile)),
    };
    Value { kind: Some(kind) }
}

/// A value without a kind, which no writer should make, reads as nothing.
fn from_value(value: Value) -> ProfileValue {
    match value.kind {
        None | Some(Kind::NullValue(_)) => ProfileValue::Null,
        Some(Kind::BoolValue(flag)) => ProfileValue::Bool(flag),
        Some(Kind::NumberValue(number)) => ProfileValue::Number(number),
        Some(Kind::StringValue(text)) => ProfileValue::Text(text),
        Some(Kind::ListValue(list)) => ProfileValue::List(list.values.into_iter().map(from_value).collect()),
        Some(Kind::StructValue(attributes)) => ProfileValue::Map(profile_from_struct(attributes)),
    }
}
