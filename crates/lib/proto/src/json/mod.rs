//! Any message as canonical protojson: lowerCamelCase names in the declared order, enums as names,
//! zero values left out, 64-bit integers as text, `Any` with its content.
//!
//! Nothing is refused, because a file may hold what this version does not know: an `Any` of an unknown
//! type keeps its type URL and its bytes, an unknown enum value its number.

mod any;
mod fields;
mod structs;
mod value;

use std::sync::LazyLock;

use prost::{Message, Name};
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde_json::Value;

pub use structs::attributes;

/// Everything that `proto/` describes.
#[expect(
    clippy::expect_used,
    reason = "the descriptor set is part of the program, and the first test that prints anything decodes it"
)]
static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    DescriptorPool::decode(include_bytes!("../generated/descriptors.bin").as_slice())
        .expect("a descriptor set")
});

/// The message as JSON; one whose type `proto/` does not describe is printed like an unknown `Any`.
pub fn to_json<M: Message + Name>(message: &M) -> Value {
    let value = message.encode_to_vec();
    match known(&M::full_name(), &value) {
        Some(message) => fields::message(&message, any::NESTING),
        None => any::opaque(&M::type_url(), &value),
    }
}

/// The message called `name` in `value`, when there is such a type and the bytes are one.
fn known(name: &str, value: &[u8]) -> Option<DynamicMessage> {
    DynamicMessage::decode(POOL.get_message_by_name(name)?, value).ok()
}
