//! Attributes that are written as JSON.

use model::{Profile, ProfileValue};
use serde_json::{Map, Value};

/// The attributes that a JSON object holds; `None` for any other text.
pub(crate) fn from_text(text: &str) -> Option<Profile> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Some(from_json(members)),
        _ => None,
    }
}

fn from_json(members: Map<String, Value>) -> Profile {
    members
        .into_iter()
        .map(|(key, value)| (key, value_of(value)))
        .collect()
}

fn value_of(value: Value) -> ProfileValue {
    match value {
        Value::Null => ProfileValue::Null,
        Value::Bool(flag) => ProfileValue::Bool(flag),
        Value::Number(number) => ProfileValue::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => ProfileValue::Text(text),
        Value::Array(items) => ProfileValue::List(items.into_iter().map(value_of).collect()),
        Value::Object(members) => ProfileValue::Map(from_json(members)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::written;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z]{0,5}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::btree_map("[a-z]{1,3}", inner, 0..3)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn attributes_come_back_as_they_were_written(members in proptest::collection::btree_map("[a-z]{1,3}", json(), 0..4)) {
            let value = Value::Object(members.into_iter().collect());
            let read = from_text(&value.to_string()).unwrap();
            prop_assert_eq!(written(&read), value.to_string());
        }
    }

    #[test]
    fn only_an_object_has_attributes() {
        assert_eq!(
            (from_text("[]"), from_text(""), from_text("{b")),
            (None, None, None)
        );
    }
}
