//! The action that is to be run.

use std::collections::btree_map::Entry;

use clap::ArgMatches;
use connector::{ActionField, ActionSchema, FieldKind};
use model::{Profile, ProfileValue};

use super::{Invocation, some_type};
use crate::definition::Definition;
use crate::input::{Values, parse_switch, split};
use crate::problem::Problem;
use crate::{commands, profile};

/// The settings that together name an action.
pub(super) struct Names {
    action: &'static str,
    arguments: &'static str,
    resource_type: &'static str,
}

pub(super) const INVOKE: Names = Names {
    action: "invoke-action",
    arguments: "invoke-action-args",
    resource_type: "invoke-action-resource-type",
};

pub(super) const INVOKE_ON_RESOURCE: Names = Names {
    action: "invoke-resource-action",
    arguments: "invoke-resource-action-args",
    resource_type: "invoke-resource-action-resource-type",
};

/// From the settings. Arguments that are no JSON object are reported by the checks of single settings.
pub(super) fn by_settings(values: &Values, names: &Names) -> Invocation {
    Invocation {
        name: values.text(names.action).to_owned(),
        arguments: profile::from_text(values.text(names.arguments)).unwrap_or_default(),
        resource_type: some_type(values, names.resource_type),
    }
}

/// From the command `run`.
pub(super) fn by_command(definition: &Definition, matches: &ArgMatches) -> Result<Invocation, Vec<Problem>> {
    let name = commands::text(matches, "action");
    let schema = (definition.actions)()
        .into_iter()
        .find(|schema| schema.name == name);
    let (mut arguments, mut problems) = (Profile::new(), Vec::new());
    for text in matches.get_many::<String>("arguments").into_iter().flatten() {
        problems.extend(put(&mut arguments, schema.as_ref(), text).err());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Invocation {
        name,
        arguments,
        resource_type: None,
    })
}

/// Adds `key=value`; several texts may also come one by one.
fn put(arguments: &mut Profile, schema: Option<&ActionSchema>, text: &str) -> Result<(), Problem> {
    let Some((key, value)) = text.split_once('=') else {
        return Err(
            Problem::new(format!("'{text}' is no argument of an action")).hint("write it as key=value")
        );
    };
    let field = schema.and_then(|schema| schema.arguments.iter().find(|field| field.name == key));
    match (arguments.entry(key.to_owned()), typed(field, value)) {
        (Entry::Vacant(place), value) => {
            place.insert(value);
            Ok(())
        }
        (Entry::Occupied(mut place), ProfileValue::List(more)) => match place.get_mut() {
            ProfileValue::List(items) => {
                items.extend(more);
                Ok(())
            }
            _ => Err(twice(key)),
        },
        (Entry::Occupied(_), _) => Err(twice(key)),
    }
}

fn twice(key: &str) -> Problem {
    Problem::new(format!("the argument '{key}' is given twice")).hint("give it once")
}

/// What is no value of its kind stays a text, which the check against the schema then names.
fn typed(field: Option<&ActionField>, text: &str) -> ProfileValue {
    match field.map(|field| field.kind) {
        Some(FieldKind::Switch) => parse_switch(text).map_or(text.into(), ProfileValue::Bool),
        Some(FieldKind::Texts) => ProfileValue::texts(split(text)),
        _ => text.into(),
    }
}
