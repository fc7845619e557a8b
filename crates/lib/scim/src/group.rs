//! What is said of a group, in the words of the schema, and what of it is kept.

use std::collections::BTreeSet;

use governance::{Group, GroupSays, OfficeError, OperatorId};
use serde_json::{Value, json};

use crate::error::ScimError;
use crate::filter::{Filter, Term};
use crate::patch::{Assignment, Op, member, text};

/// The schema of a group.
pub(crate) const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// A group as it is once these assignments are made.
///
/// # Errors
/// When one of them cannot be made, or when it has no name.
pub(crate) fn assigned(before: GroupSays, assignments: &[Assignment]) -> Result<GroupSays, ScimError> {
    let mut says = before;
    for assignment in assignments {
        let (path, value) = (&assignment.path, &assignment.value);
        let is_removed = assignment.op == Op::Remove;
        match (path.attribute.as_str(), path.part.as_deref()) {
            ("displayname", None) if !is_removed => {
                says.name = text(value)?.ok_or(ScimError::Value("`displayName` cannot be empty"))?;
            }
            ("externalid", None) => says.external_id = if is_removed { None } else { text(value)? },
            ("members", None | Some("value")) => members(&mut says.members, assignment)?,
            _ => {}
        }
    }
    if says.members.len() > Group::MOST {
        return Err(ScimError::Value("a group here can have 10,000 members"));
    }
    let is_named = !says.name.is_empty();
    is_named
        .then_some(says)
        .ok_or(ScimError::Value("`displayName` is needed"))
}

fn members(members: &mut BTreeSet<OperatorId>, assignment: &Assignment) -> Result<(), ScimError> {
    let value = &assignment.value;
    match (assignment.op, &assignment.path.which) {
        (Op::Add, None) => members.extend(named(value)?),
        (Op::Replace, None) => *members = named(value)?,
        (Op::Remove, None) if value.is_null() => members.clear(),
        // Whoever is nobody here is in no group, so leaving it changes nothing.
        (Op::Remove, None) => {
            let gone: Vec<&str> = ids(value)?;
            members.retain(|one| !gone.contains(&one.as_str()));
        }
        (Op::Remove, Some(which)) => {
            let is_value = |term: &Term| term.path.is("value", None);
            if !which.terms.iter().all(is_value) {
                return Err(ScimError::Path);
            }
            members.retain(|one| !which.terms.iter().all(|term| term.value == one.as_str()));
        }
        (Op::Add | Op::Replace, Some(_)) => return Err(ScimError::Path),
    }
    Ok(())
}

fn named(value: &Value) -> Result<BTreeSet<OperatorId>, ScimError> {
    let all = ids(value)?.into_iter().map(OperatorId::parse);
    let all: Result<_, _> = all.collect();
    all.map_err(|_| OfficeError::NoMember.into())
}

/// The ids in a list of objects, or in one.
fn ids(value: &Value) -> Result<Vec<&str>, ScimError> {
    const NONE: ScimError = ScimError::Value("`members` has objects with the id of a user as `value`");
    let id = |value: &'_ Value| match value {
        Value::String(_) => true,
        other => member(other, "value").is_some_and(Value::is_string),
    };
    let list = match value {
        Value::Null => &[],
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if !list.iter().all(id) {
        return Err(NONE);
    }
    let text = |value| Value::as_str(value).or_else(|| member(value, "value").and_then(Value::as_str));
    Ok(list.iter().filter_map(text).collect())
}

/// A group as a directory reads it.
pub(crate) fn resource(group: &Group, base: &str) -> Value {
    let member = |id: &OperatorId| json!({ "value": id.as_str(), "$ref": format!("{base}/Users/{id}") });
    let mut resource = json!({
        "schemas": [SCHEMA],
        "id": group.id.as_str(),
        "displayName": &group.says.name,
        "members": group.says.members.iter().map(member).collect::<Vec<_>>(),
        "meta": {
            "resourceType": "Group",
            "created": group.created_at.to_rfc3339(),
            "location": format!("{base}/Groups/{}", group.id),
        },
    });
    if let (Some(id), Some(resource)) = (&group.says.external_id, resource.as_object_mut()) {
        resource.insert("externalId".to_owned(), id.as_str().into());
    }
    resource
}

/// Whether a group is what was asked for.
///
/// # Errors
/// When it is not asked for something that it has.
pub(crate) fn fits(group: &Group, filter: &Filter) -> Result<bool, ScimError> {
    let all = filter.terms.iter().map(|term| is(group, term));
    all.collect::<Result<Vec<_>, _>>()
        .map(|all| all.into_iter().all(|fits| fits))
}

fn is(group: &Group, term: &Term) -> Result<bool, ScimError> {
    let wanted = term.value.as_str();
    match (term.path.attribute.as_str(), term.path.part.as_deref()) {
        ("id", None) => Ok(group.id.as_str() == wanted),
        ("displayname", None) => Ok(Group::key(&group.says.name) == Group::key(wanted)),
        ("externalid", None) => Ok(group.says.external_id.as_deref() == Some(wanted)),
        ("members", None | Some("value")) => {
            Ok(group.says.members.iter().any(|member| member.as_str() == wanted))
        }
        _ => Err(ScimError::NoFilter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patch::assignments;

    fn id(number: u8) -> OperatorId {
        OperatorId::new(chrono::DateTime::UNIX_EPOCH, [number; 16])
    }

    #[expect(clippy::needless_pass_by_value, reason = "tests read better so")]
    fn patched(operations: Value) -> Vec<OperatorId> {
        let before = GroupSays {
            name: "Staff".to_owned(),
            external_id: None,
            members: [id(1), id(2)].into(),
        };
        let body = json!({ "Operations": operations });
        let after = assigned(before, &assignments(&body).unwrap()).unwrap();
        after.members.into_iter().collect()
    }

    #[test]
    fn members_come_and_go_in_every_form() {
        let (one, two, three) = (id(1), id(2), id(3));
        let by_filter = format!("members[value eq \"{one}\"]");
        assert_eq!(
            patched(json!([{ "op": "remove", "path": by_filter }])),
            std::slice::from_ref(&two)
        );
        let listed = json!([{ "value": one.as_str() }]);
        assert_eq!(
            patched(json!([{ "op": "Remove", "path": "members", "value": &listed }])),
            std::slice::from_ref(&two)
        );
        assert_eq!(
            patched(json!([{ "op": "replace", "value": { "members": &listed } }])),
            std::slice::from_ref(&one)
        );
        assert_eq!(patched(json!([{ "op": "remove", "path": "members" }])), []);
        let third = json!([{ "value": three.as_str(), "display": "Joan" }]);
        assert_eq!(
            patched(json!([{ "op": "Add", "path": "members", "value": third }])),
            [one, two, three]
        );
    }
}
