//! Which of several ways to identify itself is meant.

use crate::definition::Definition;
use crate::field::Group;
use crate::input::Values;
use crate::problem::Problem;

/// The group that the settings mean, or why that cannot be told.
pub(crate) fn select<'a>(definition: &'a Definition, values: &Values) -> Result<Option<&'a Group>, Problem> {
    let groups = definition.groups;
    let named = groups
        .iter()
        .find(|group| group.name == values.text("auth-method"));
    if named.is_some() {
        return Ok(named);
    }
    let begun: Vec<&Group> = groups
        .iter()
        .filter(|group| begun(group, groups, values))
        .collect();
    match begun.as_slice() {
        [] => Ok(groups.iter().find(|group| group.default)),
        [one] => Ok(Some(one)),
        several => Err(ambiguous(several, groups, values)),
    }
}

/// A remark when the name of a group means nothing: the original then takes the default one.
pub(crate) fn remark(definition: &Definition, values: &Values) -> Option<String> {
    let name = values.text("auth-method");
    let unknown = !name.is_empty() && definition.groups.iter().all(|group| group.name != name);
    let known: Vec<&str> = definition.groups.iter().map(|group| group.name).collect();
    unknown.then(|| {
        format!(
            "auth-method '{name}' is not known, so it is ignored; known are {}",
            known.join(", ")
        )
    })
}

/// The fields that no other group has.
fn own<'a>(group: &'a Group, groups: &'a [Group]) -> impl Iterator<Item = &'static str> + 'a {
    let others = move |name: &str| {
        groups
            .iter()
            .any(|other| other.name != group.name && other.fields.contains(&name))
    };
    group.fields.iter().copied().filter(move |name| !others(name))
}

fn begun(group: &Group, groups: &[Group], values: &Values) -> bool {
    own(group, groups).any(|name| values.is_set(name))
}

fn ambiguous(begun: &[&Group], groups: &[Group], values: &Values) -> Problem {
    let given: Vec<String> = begun
        .iter()
        .flat_map(|group| own(group, groups))
        .filter(|name| values.is_set(name))
        .map(|name| format!("{name} ({})", values.origin(name)))
        .collect();
    let choices: Vec<String> = begun
        .iter()
        .map(|group| drop_others(group, begun, groups))
        .collect();
    Problem::new(format!(
        "more than one kind of credential is given: {}",
        given.join(", ")
    ))
    .hint(format!("{}; or say which with --auth-method", choices.join("; ")))
}

fn drop_others(keep: &Group, begun: &[&Group], groups: &[Group]) -> String {
    let others: Vec<&str> = begun
        .iter()
        .filter(|group| group.name != keep.name)
        .flat_map(|group| own(group, groups))
        .collect();
    format!("to use {}, drop {}", keep.display_name, others.join(" and "))
}

/// The settings that must be given and are not.
pub(crate) fn missing(definition: &Definition, group: Option<&Group>, values: &Values) -> Vec<Problem> {
    let needed = definition
        .fields
        .iter()
        .filter(|field| field.required && belongs(field.name, definition, group));
    needed
        .filter(|field| !values.is_set(field.name))
        .map(|field| {
            let (name, variable) = (field.name, field.variable());
            Problem::missing(name).hint(format!("give --{name}, {variable}, or `{name}` in .baton.yaml"))
        })
        .collect()
}

/// Whether a field counts: it is in the group at hand, or in none at all.
fn belongs(name: &str, definition: &Definition, group: Option<&Group>) -> bool {
    let grouped = definition.groups.iter().any(|group| group.fields.contains(&name));
    !grouped || group.is_some_and(|group| group.fields.contains(&name))
}
