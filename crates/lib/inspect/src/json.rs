//! JSON of the shape that the `baton` reader prints: one line, `{}` for an empty list.

use std::io::{self, Write};

use prost::{Message, Name};
use proto::json::to_json;
use serde_json::{Map, Value};

/// Writes a message.
pub(crate) fn message<M: Message + Name>(out: &mut dyn Write, message: &M) -> io::Result<()> {
    value(out, &to_json(message))
}

/// Writes any value on a line of its own.
pub(crate) fn value(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// A message whose one field is a list, written while the list is read.
pub(crate) struct List<'a> {
    out: &'a mut dyn Write,
    field: &'static str,
    items: u64,
}

impl<'a> List<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, field: &'static str) -> Self {
        Self { out, field, items: 0 }
    }

    pub(crate) fn item<M: Message + Name>(&mut self, item: &M) -> io::Result<()> {
        match self.items {
            0 => write!(self.out, "{{\"{}\":[", self.field)?,
            _ => write!(self.out, ",")?,
        }
        self.items += 1;
        Ok(serde_json::to_writer(&mut *self.out, &to_json(item))?)
    }

    pub(crate) fn finish(self) -> io::Result<()> {
        let end = if self.items == 0 { "{}" } else { "]}" };
        writeln!(self.out, "{end}")
    }
}

/// An object of the given fields, without those that are empty.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let set = fields.into_iter().filter(|(_, value)| !is_empty(value));
    Value::Object(
        set.map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
