//! The shape of JSON: which keys objects have, and which types values have, learned from examples.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What was seen at one place of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    types: BTreeSet<&'static str>,
    /// How many objects were seen here.
    objects: usize,
    /// Shape below a key, and in how many of the objects it was.
    fields: BTreeMap<String, (Self, usize)>,
    /// Shape of all elements together.
    elements: Option<Box<Self>>,
}

impl Shape {
    /// Learns from one more example.
    pub(crate) fn learn(&mut self, example: &Value) {
        self.types.insert(type_of(example));
        match example {
            Value::Object(object) => {
                self.objects += 1;
                for (key, value) in object {
                    let (shape, seen) = self.fields.entry(anonymous(key)).or_default();
                    shape.learn(value);
                    *seen += 1;
                }
            }
            Value::Array(array) => {
                let elements = self.elements.get_or_insert_default();
                for element in array {
                    elements.learn(element);
                }
            }
            _ => {}
        }
    }

    /// What of `value` was never seen: unknown keys, other types, and keys missing that all examples have.
    pub(crate) fn differences(&self, value: &Value) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.compare(value, "", &mut found);
        found
    }

    fn compare(&self, value: &Value, at: &str, found: &mut BTreeSet<String>) {
        if !self.types.contains(type_of(value)) {
            found.insert(format!(
                "{at} is {}, documented: {:?}",
                type_of(value),
                self.types
            ));
            return;
        }
        match (value, &self.elements) {
            (Value::Array(array), Some(elements)) => {
                for element in array {
                    elements.compare(element, &format!("{at}[]"), found);
                }
            }
            (Value::Object(_), _) => self.compare_object(value, at, found),
            _ => {}
        }
    }

    fn compare_object(&self, value: &Value, at: &str, found: &mut BTreeSet<String>) {
        let object: BTreeMap<_, _> = value
            .as_object()
            .unwrap()
            .iter()
            .map(|(k, v)| (anonymous(k), v))
            .collect();
        for (key, value) in &object {
            match self.fields.get(key) {
                Some((shape, _)) => shape.compare(value, &format!("{at}.{key}"), found),
                None => {
                    found.insert(format!("{at}.{key} is not documented"));
                }
            }
        }
        let required = self.fields.iter().filter(|(_, (_, seen))| *seen == self.objects);
        for (key, _) in required.filter(|(key, _)| !object.contains_key(*key)) {
            found.insert(format!("{at}.{key} is missing"));
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A key without the ids in it: maps of resources are keyed by them.
fn anonymous(key: &str) -> String {
    let is_id = |part: &&str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    key.split('.')
        .map(|part| if is_id(&part) { "{id}" } else { part })
        .collect::<Vec<_>>()
        .join(".")
}
