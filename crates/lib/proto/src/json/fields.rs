//! Messages: an object of fields, or a form of its own for the well-known types.

use prost_reflect::{DynamicMessage, ReflectMessage};
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
    let descriptor = message.descriptor();
    let declared = descriptor.descriptor_proto().field.iter();
    declared
        .filter_map(|field| descriptor.get_field_by_name(field.name()))
        .filter(|field| message.has_field(field))
        .map(|field| {
            let content = value::value(&message.get_field(&field), &field.kind(), nesting);
            (field.json_name().to_owned(), content)
        })
        .collect()
}
