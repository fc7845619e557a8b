//! Values of the kinds that settings have, and the order of precedence.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};

use super::{Layer, Origin, Raw};
use crate::field::{Field, Kind};
use crate::problem::Problem;

/// The value of a setting.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    Text(String),
    /// A text that is never shown.
    Secret(SecretString),
    /// Yes or no.
    Switch(bool),
    /// A whole number.
    Number(i64),
    /// Several texts.
    List(Vec<String>),
}

/// All settings with their values, whoever gave them.
#[derive(Clone, Debug, Default)]
pub struct Values(BTreeMap<&'static str, (Value, Origin)>);

impl Values {
    /// A text; empty when not given.
    pub fn text(&self, name: &str) -> &str {
        match self.0.get(name) {
            Some((Value::Text(text), _)) => text,
            _ => "",
        }
    }

    /// A secret, when one was given.
    pub fn secret(&self, name: &str) -> Option<&SecretString> {
        match self.0.get(name) {
            Some((Value::Secret(secret), _)) if !secret.expose_secret().is_empty() => Some(secret),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn switch(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some((Value::Switch(true), _)))
    }

    /// A number; 0 when there is no such setting.
    pub fn number(&self, name: &str) -> i64 {
        match self.0.get(name) {
            Some((Value::Number(number), _)) => *number,
            _ => 0,
        }
    }

    /// Several texts.
    pub fn list(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some((Value::List(texts), _)) => texts,
            _ => &[],
        }
    }

    /// Where the value comes from.
    pub fn origin(&self, name: &str) -> &Origin {
        self.0.get(name).map_or(&Origin::Default, |(_, origin)| origin)
    }

    /// Whether somebody gave something: a default, an empty text and a `no` are nothing.
    pub fn is_set(&self, name: &str) -> bool {
        self.0
            .get(name)
            .is_some_and(|(value, origin)| *origin != Origin::Default && value.says_something())
    }
}

impl Value {
    fn says_something(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Secret(secret) => !secret.expose_secret().is_empty(),
            Self::Switch(on) => *on,
            Self::Number(_) => true,
            Self::List(texts) => !texts.is_empty(),
        }
    }
}

/// Takes each setting from the first layer that gives it, and gathers what is wrong with the values taken.
pub(crate) fn merge(fields: &[Field], layers: &[Layer]) -> (Values, Vec<Problem>) {
    let mut values = Values::default();
    let mut problems = Vec::new();
    for field in fields {
        let given = layers.iter().find_map(|layer| layer.get(field.name));
        let parsed = given.map(|(raw, origin)| (parse(field, raw, origin), origin.clone()));
        let value = match parsed {
            Some((Ok(value), origin)) => (value, origin),
            Some((Err(problem), _)) => {
                problems.push(problem);
                (default(field.kind), Origin::Default)
            }
            None => (default(field.kind), Origin::Default),
        };
        values.0.insert(field.name, value);
    }
    (values, problems)
}

fn default(kind: Kind) -> Value {
    match kind {
        Kind::Text { default, .. } => Value::Text(default.to_owned()),
        Kind::Secret => Value::Secret(SecretString::default()),
        Kind::Switch => Value::Switch(false),
        Kind::Number { default, .. } => Value::Number(default),
        Kind::List => Value::List(Vec::new()),
    }
}

fn parse(field: &Field, raw: &Raw, origin: &Origin) -> Result<Value, Problem> {
    let wrong = |text: String| Problem::new(format!("field {}: {text}", field.name)).given_by(origin);
    match (raw, field.kind) {
        (Raw::Secret(secret), _) => Ok(Value::Secret(secret.clone())),
        (Raw::Texts(texts), _) => Ok(Value::List(texts.clone())),
        (Raw::Text(text), Kind::List) => Ok(Value::List(split(text))),
        (Raw::Text(text), Kind::Secret) => Ok(Value::Secret(text.as_str().into())),
        (Raw::Text(text), Kind::Switch) => parse_switch(text).map(Value::Switch).ok_or_else(|| {
            wrong(format!("'{text}' is neither true nor false")).hint("write true, false, 1 or 0")
        }),
        (Raw::Text(text), Kind::Number { range, .. }) => {
            number(text, range).map(Value::Number).map_err(wrong)
        }
        (Raw::Text(text), Kind::Text { choices, .. }) => {
            choice(text, choices).map(Value::Text).map_err(wrong)
        }
    }
}

/// Reads yes or no as the Go programs do: `1`, `t`, `true` and their opposites, in any case.
pub(crate) fn parse_switch(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "t" | "true" => Some(true),
        "0" | "f" | "false" => Some(false),
        _ => None,
    }
}

fn number(text: &str, range: Option<(i64, i64)>) -> Result<i64, String> {
    let number: i64 = text
        .trim()
        .parse()
        .map_err(|_| format!("'{text}' is not a whole number"))?;
    match range {
        Some((least, _)) if number < least => Err(format!(
            "value must be greater than or equal to {least} but got {number}"
        )),
        Some((_, most)) if number > most => Err(format!(
            "value must be less than or equal to {most} but got {number}"
        )),
        _ => Ok(number),
    }
}

fn choice(text: &str, choices: &[&'static str]) -> Result<String, String> {
    if choices.is_empty() {
        return Ok(text.to_owned());
    }
    match choices.iter().find(|choice| choice.eq_ignore_ascii_case(text)) {
        Some(choice) => Ok((*choice).to_owned()),
        None => Err(format!(
            "value must be one of [{}] but got '{text}'",
            choices.join(" ")
        )),
    }
}

/// Splits at commas and drops what is empty; commas in braces stay, so that a JSON object is one text.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let separates = |letter: char| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth <= 0
    };
    text.split(separates)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
