//! Small decoders for the forms that live answers take beside the documented ones.

use serde::{Deserialize, Deserializer};

/// `null` stands for the empty value: collections without items come that way.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Text that may be `null` or empty when there is none.
pub(crate) fn filled_text<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}
