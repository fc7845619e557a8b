//! JSON of the shape that the `baton` reader prints: one line, `{}` for an empty list.

use std::io::{self, Write};

use prost::{Message, Name};
use proto::json::to_json;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value};

use crate::text::is_harmless;

/// Writes a message.
pub(crate) fn message<M: Message + Name>(out: &mut dyn Write, message: &M) -> io::Result<()> {
    value(out, &to_json(message))
}

/// Writes any value on a line of its own.
pub(crate) fn value(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    put(out, value)?;
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
        put(self.out, &to_json(item))
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

fn put(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Harmless))?)
}

/// Compact, with what a terminal must not see written as `\\u` escapes, which mean the same.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for letter in fragment.chars() {
            if is_harmless(letter) {
                write!(out, "{letter}")?;
            } else {
                escape(out, letter)?;
            }
        }
        Ok(())
    }
}

fn escape<W: ?Sized + Write>(out: &mut W, letter: char) -> io::Result<()> {
    let mut units = [0; 2];
    letter
        .encode_utf16(&mut units)
        .iter()
        .try_for_each(|unit| write!(out, "\\u{unit:04x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_the_cursor_is_written() {
        let name = "a\u{1b}[31m\u{9b}2J\u{202e}b\u{e0041}é\n";
        let mut out = Vec::new();
        value(&mut out, &Value::from(name)).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "\"a\\u001b[31m\\u009b2J\\u202eb\\udb40\\udc41é\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), name);
    }
}
