//! `google.protobuf.Struct`: free attributes, in key order.

use prost_types::value::Kind;
use prost_types::{ListValue, Struct};
use serde_json::Value;

use super::value::number;

/// Free attributes as a JSON object.
pub fn attributes(attributes: Struct) -> Value {
    let members = attributes.fields.into_iter();
    Value::Object(members.map(|(key, member)| (key, value(member))).collect())
}

pub(super) fn list(list: ListValue) -> Value {
    list.values.into_iter().map(value).collect()
}

pub(super) fn value(content: prost_types::Value) -> Value {
    match content.kind {
        None | Some(Kind::NullValue(_)) => Value::Null,
        Some(Kind::BoolValue(flag)) => flag.into(),
        Some(Kind::NumberValue(float)) => number(&float),
        Some(Kind::StringValue(text)) => text.into(),
        Some(Kind::ListValue(items)) => list(items),
        Some(Kind::StructValue(members)) => attributes(members),
    }
}
