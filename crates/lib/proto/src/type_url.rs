//! Names of messages in `Any` values.

/// The full name of the message behind a type URL: what follows the last slash.
pub fn type_name(type_url: &str) -> &str {
    type_url.rsplit_once('/').map_or(type_url, |(_, name)| name)
}

/// Whether `any` holds an `M`, whatever stands before the name in its type URL.
pub fn is_type<M: prost::Name>(any: &prost_types::Any) -> bool {
    type_name(&any.type_url) == M::full_name()
}
