//! Patches: what is to be otherwise, in all the forms in which directories say it.

use serde_json::Value;

use crate::error::ScimError;
use crate::path::Path;

/// The most operations of one patch.
const MOST: usize = 1_000;

/// What is done to an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// It has this as well.
    Add,
    /// It has this instead.
    Replace,
    /// It has this no more.
    Remove,
}

/// One attribute, otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// How.
    pub op: Op,
    /// Which.
    pub path: Path,
    /// What; null when it is not said.
    pub value: Value,
}

/// Reads the body of a patch. An operation without a path has an object: each of its members is an assignment.
///
/// # Errors
/// When it is no patch.
pub fn assignments(body: &Value) -> Result<Vec<Assignment>, ScimError> {
    let operations = member(body, "Operations").and_then(Value::as_array);
    let operations = operations.ok_or(ScimError::Syntax("a patch has `Operations`"))?;
    if operations.len() > MOST {
        return Err(ScimError::Syntax("a patch has 1,000 operations at most"));
    }
    let mut all = Vec::new();
    for operation in operations {
        let op = op(operation)?;
        let value = member(operation, "value").cloned().unwrap_or_default();
        match member(operation, "path").and_then(Value::as_str) {
            Some(path) => all.push(Assignment {
                op,
                path: Path::parse(path).map_err(|_| ScimError::Path)?,
                value,
            }),
            None if op == Op::Remove => return Err(ScimError::NoTarget),
            None => all.extend(of_object(op, &value)?),
        }
    }
    Ok(all)
}

/// An object as assignments. The names of its members may have dots, and those that we cannot read are none of ours.
///
/// # Errors
/// When it is no object.
pub fn of_object(op: Op, value: &Value) -> Result<Vec<Assignment>, ScimError> {
    let members = value.as_object();
    let members = members.ok_or(ScimError::Value("an object with attributes is needed"))?;
    let read = members.iter().filter_map(|(name, value)| {
        let path = Path::parse(name).ok()?;
        Some(Assignment {
            op,
            path,
            value: value.clone(),
        })
    });
    Ok(read.collect())
}

fn op(operation: &Value) -> Result<Op, ScimError> {
    let name = member(operation, "op")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "add" => Ok(Op::Add),
        "replace" => Ok(Op::Replace),
        "remove" => Ok(Op::Remove),
        _ => Err(ScimError::Syntax("`op` is `add`, `replace` or `remove`")),
    }
}

/// A member of an object; names are the same in capitals or not.
pub fn member<'v>(object: &'v Value, name: &str) -> Option<&'v Value> {
    let members = object.as_object()?;
    let found = members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// A text; nothing when it is null.
///
/// # Errors
/// When it is something else.
pub fn text(value: &Value) -> Result<Option<String>, ScimError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        _ => Err(ScimError::Value("a text is needed")),
    }
}

/// Yes or no: some directories write it as a text, or in an object.
///
/// # Errors
/// When it is neither.
pub fn yes_or_no(value: &Value) -> Result<bool, ScimError> {
    const NEITHER: ScimError = ScimError::Value("`active` is true or false");
    match value {
        Value::Bool(is) => Ok(*is),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Value::Object(_) => match member(value, "value").or_else(|| member(value, "active")) {
            Some(inner) if !inner.is_object() => yes_or_no(inner),
            _ => Err(NEITHER),
        },
        _ => Err(NEITHER),
    }
}
