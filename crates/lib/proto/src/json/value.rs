//! Single values, lists and maps.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

use prost::Message;
use prost_reflect::{Kind, MapKey, Value};
use serde_json::{Number, Value as Json};

use super::{fields, known};

pub(super) fn value(content: &Value, kind: &Kind, nesting: u8) -> Json {
    match content {
        Value::Bool(flag) => (*flag).into(),
        Value::I32(number) => (*number).into(),
        Value::U32(number) => (*number).into(),
        Value::I64(number) => number.to_string().into(),
        Value::U64(number) => number.to_string().into(),
        Value::F32(float) => number(float),
        Value::F64(float) => number(float),
        Value::String(text) => text.as_str().into(),
        Value::Bytes(bytes) => base64(bytes),
        Value::EnumNumber(number) => enumeration(*number, kind),
        Value::Message(message) => fields::message(message, nesting),
        Value::List(items) => items.iter().map(|item| value(item, kind, nesting)).collect(),
        Value::Map(entries) => map(entries, kind, nesting),
    }
}

/// A float without a needless fraction: `3`, not `3.0`; what JSON has no number for is a word.
pub(super) fn number(float: &impl Display) -> Json {
    let text = float.to_string();
    match (text.parse::<Number>(), text.as_str()) {
        (Ok(number), _) => number.into(),
        (Err(_), "inf") => "Infinity".into(),
        (Err(_), "-inf") => "-Infinity".into(),
        (Err(_), _) => "NaN".into(),
    }
}

/// The name of an enum value, or its number when this version has no name for it.
fn enumeration(number: i32, kind: &Kind) -> Json {
    let named = kind.as_enum().and_then(|kind| kind.get_value(number));
    named.map_or_else(|| number.into(), |value| value.name().into())
}

/// A map in the order of its keys.
fn map(entries: &HashMap<MapKey, Value>, kind: &Kind, nesting: u8) -> Json {
    let Some(entry) = kind.as_message() else {
        return Json::Null;
    };
    let kind = entry.map_entry_value_field().kind();
    let ordered: BTreeMap<&MapKey, &Value> = entries.iter().collect();
    let members = ordered
        .into_iter()
        .map(|(key, member)| (key_text(key), value(member, &kind, nesting)));
    Json::Object(members.collect())
}

fn key_text(key: &MapKey) -> String {
    match key {
        MapKey::Bool(key) => key.to_string(),
        MapKey::I32(key) => key.to_string(),
        MapKey::I64(key) => key.to_string(),
        MapKey::U32(key) => key.to_string(),
        MapKey::U64(key) => key.to_string(),
        MapKey::String(key) => key.clone(),
    }
}

/// Bytes as text, by the form of the well-known type that wraps them.
pub(super) fn base64(bytes: &[u8]) -> Json {
    let wrapped = known("google.protobuf.BytesValue", &bytes.to_vec().encode_to_vec());
    wrapped
        .and_then(|message| serde_json::to_value(message).ok())
        .unwrap_or_default()
}
