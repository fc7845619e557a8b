//! `google.protobuf.Any`: the type URL beside the content.

use prost_reflect::DynamicMessage;
use prost_types::Any;
use serde_json::{Map, Value};

use super::{fields, known, value};
use crate::type_name;

/// How many `Any` values inside each other are opened; real ones hold one or two. The content of each
/// is decoded by itself, so that no decoder limits the depth.
pub(super) const NESTING: u8 = 32;

/// The content of the `Any`, or its bytes where the type is unknown or the content is not of that type.
pub(super) fn any(message: &DynamicMessage, nesting: u8) -> Value {
    let any: Any = message.transcode_to().unwrap_or_default();
    if any == Any::default() {
        return Map::new().into();
    }
    match (
        known(type_name(&any.type_url), &any.value),
        nesting.checked_sub(1),
    ) {
        (Some(content), Some(nesting)) => opened(&any.type_url, &content, nesting),
        _ => opaque(&any.type_url, &any.value),
    }
}

/// Bytes of a type that cannot be opened.
pub(super) fn opaque(type_url: &str, content: &[u8]) -> Value {
    tagged(type_url, [("value".to_owned(), value::base64(content))])
}

/// Fields stand beside the type URL; what has a JSON form of its own stands under `value`.
fn opened(type_url: &str, content: &DynamicMessage, nesting: u8) -> Value {
    match fields::special(content, nesting) {
        Some(special) => tagged(type_url, [("value".to_owned(), special)]),
        None => tagged(type_url, fields::fields(content, nesting)),
    }
}

fn tagged(type_url: &str, members: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut map = Map::from_iter([("@type".to_owned(), type_url.into())]);
    map.extend(members);
    map.into()
}
