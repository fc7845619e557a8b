//! Messages: an object of fields, or a form of its own for the well-known types.

use prost_reflect::{DynamicMessage, FieldDescriptor, ReflectMessage};
use serde_json::{Map, Value};

use super::{any, structs, value};

/// A message as JSON; `nesting` is how many more `Any` values may be opened inside of it.
pub(super) fn message(message: &DynamicMessage, nesting: u8) -> Value {
    special(message, nesting).unwrap_or_else(|| fields(message, nesting).into())
}

/// The form of a well-known type, when this is one and holds what it may hold.
pub(super) fn special(message: &DynamicMessage, nesting: u8) -> Option<Value> {
    let descriptor = message.descriptor();
    match descriptor.full_name().strip_prefix("google.protobuf.")? {
        "Any" => Some(any::any(message, nesting)),
        "Struct" => Some(structs::attributes(message.transcode_to().ok()?)),
        "Value" => Some(structs::value(message.transcode_to().ok()?)),
        "ListValue" => Some(structs::list(message.transcode_to().ok()?)),
        name if is_delegated(name) => serde_json::to_value(message).ok(),
        _ => None,
    }
}

/// Times, lengths and wrapped values, whose forms `prost-reflect` knows.
fn is_delegated(name: &str) -> bool {
    name.ends_with("Value") || matches!(name, "Timestamp" | "Duration" | "FieldMask" | "Empty")
}

/// The fields that are set, in the order of their declaration (which need not be that of their numbers).
pub(super) fn fields(message: &DynamicMessage, nesting: u8) -> Map<String, Value> {
    let mut set: Vec<_> = message.fields().collect();
    set.sort_by(|(one, _), (other, _)| one.path().cmp(other.path()));
    let member = |(field, content): (FieldDescriptor, &prost_reflect::Value)| {
        let content = value::value(content, &field.kind(), nesting);
        (field.json_name().to_owned(), content)
    };
    set.into_iter().map(member).collect()
}
