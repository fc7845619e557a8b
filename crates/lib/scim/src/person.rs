//! What is said of a person, in the words of the schema, and what of it is kept.

use governance::{Email, OfficeError, Operator, Person};
use serde_json::{Value, json};

use crate::error::ScimError;
use crate::filter::{Filter, Term};
use crate::patch::{Assignment, Op, member, text, yes_or_no};

/// The schema of a person.
pub(crate) const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

/// What was said. Everything else, such as roles, ids and passwords, is not looked at: nobody becomes anything by it.
#[derive(Debug, Default)]
struct Said {
    user_name: Option<String>,
    display: Option<String>,
    formatted: Option<String>,
    given: Option<String>,
    family: Option<String>,
    external_id: Option<String>,
    /// Whether it was said, if only that there is none.
    knows_external_id: bool,
    active: Option<bool>,
}

/// Somebody as they are once these assignments are made.
///
/// # Errors
/// When one of them cannot be made, or when there is no name to sign in with.
pub(crate) fn assigned(before: Option<Person>, assignments: &[Assignment]) -> Result<Person, ScimError> {
    let mut said = Said::default();
    for assignment in assignments {
        said.take(assignment)?;
    }
    let email = match (&said.user_name, &before) {
        (Some(name), _) => Email::parse(name).map_err(OfficeError::from)?,
        (None, Some(before)) => before.email.clone(),
        (None, None) => return Err(ScimError::Value("`userName` is needed: the e-mail address")),
    };
    let name = said.name(before.as_ref().map(|before| before.name.as_str()));
    let name = name.or_else(|| before.as_ref().map(|before| before.name.clone()));
    let known = before.as_ref().and_then(|before| before.external_id.clone());
    Ok(Person {
        name: name.unwrap_or_else(|| email.to_string()),
        email,
        external_id: if said.knows_external_id {
            said.external_id
        } else {
            known
        },
        active: said.active.unwrap_or(before.is_none_or(|before| before.active)),
    })
}

impl Said {
    fn take(&mut self, assignment: &Assignment) -> Result<(), ScimError> {
        let (path, value) = (&assignment.path, &assignment.value);
        let is_removed = assignment.op == Op::Remove;
        let said = || if is_removed { Ok(None) } else { text(value) };
        match (path.attribute.as_str(), path.part.as_deref()) {
            ("username", None) => {
                let name = said()?.ok_or(ScimError::Value("`userName` cannot be empty"))?;
                self.user_name = Some(name);
            }
            ("displayname", None) => self.display = said()?,
            ("externalid", None) => (self.external_id, self.knows_external_id) = (said()?, true),
            ("active", None) if !is_removed => self.active = Some(yes_or_no(value)?),
            ("name", Some(part)) => self.part(part, said()?),
            ("name", None) if !is_removed => self.parts(value)?,
            _ => {}
        }
        Ok(())
    }

    fn parts(&mut self, value: &Value) -> Result<(), ScimError> {
        for part in ["formatted", "givenname", "familyname"] {
            if let Some(value) = member(value, part) {
                self.part(part, text(value)?);
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &str, value: Option<String>) {
        match part {
            "formatted" => self.formatted = value,
            "givenname" => self.given = value,
            "familyname" => self.family = value,
            _ => {}
        }
    }

    /// How they are called by what was said, and by what they were called before.
    fn name(&self, before: Option<&str>) -> Option<String> {
        let whole = self.display.clone().or_else(|| self.formatted.clone());
        if whole.is_some() || (self.given.is_none() && self.family.is_none()) {
            return whole;
        }
        let (given, family) = halves(before.unwrap_or_default());
        let given = self.given.as_deref().unwrap_or(given);
        let family = self.family.as_deref().unwrap_or(family);
        Some(format!("{given} {family}").trim().to_owned())
    }
}

/// A name in two: what is kept is one, and the schema has both.
fn halves(name: &str) -> (&str, &str) {
    name.rsplit_once(' ').unwrap_or((name, ""))
}

/// Somebody as a directory reads them.
pub(crate) fn resource(one: &Operator, base: &str) -> Value {
    let person = Person::of(one);
    let (given, family) = halves(&person.name);
    let mut resource = json!({
        "schemas": [SCHEMA],
        "id": one.id.as_str(),
        "userName": person.email.as_str(),
        "displayName": &person.name,
        "name": { "formatted": &person.name, "givenName": given, "familyName": family },
        "emails": [{ "value": person.email.as_str(), "type": "work", "primary": true }],
        "active": person.active,
        "meta": {
            "resourceType": "User",
            "created": one.created_at.to_rfc3339(),
            "location": format!("{base}/Users/{}", one.id),
        },
    });
    if let (Some(id), Some(resource)) = (person.external_id, resource.as_object_mut()) {
        resource.insert("externalId".to_owned(), id.into());
    }
    resource
}

/// Whether somebody is what was asked for.
///
/// # Errors
/// When it is not asked for something that they have.
pub(crate) fn fits(one: &Operator, filter: &Filter) -> Result<bool, ScimError> {
    let all = filter.terms.iter().map(|term| is(one, term));
    all.collect::<Result<Vec<_>, _>>()
        .map(|all| all.into_iter().all(|fits| fits))
}

fn is(one: &Operator, term: &Term) -> Result<bool, ScimError> {
    let person = Person::of(one);
    let wanted = term.value.as_str();
    let folded = wanted.trim().to_lowercase();
    match (term.path.attribute.as_str(), term.path.part.as_deref()) {
        ("id", None) => Ok(one.id.as_str() == wanted),
        ("username", None) | ("emails", None | Some("value")) => Ok(person.email.as_str() == folded),
        ("externalid", None) => Ok(person.external_id.as_deref() == Some(wanted)),
        ("displayname", None) => Ok(person.name.to_lowercase() == folded),
        ("active", None) => Ok(person.active.to_string() == folded),
        _ => Err(ScimError::NoFilter),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::patch::{assignments, of_object};

    fn ada() -> Person {
        Person {
            email: Email::parse("ada@example.com").unwrap(),
            name: "Ada Byron".to_owned(),
            external_id: Some("x1".to_owned()),
            active: true,
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "tests read better so")]
    fn patched(operations: Value) -> Result<Person, ScimError> {
        let body = json!({ "Operations": operations });
        assigned(Some(ada()), &assignments(&body)?)
    }

    #[test]
    fn no_is_said_in_many_ways() {
        for value in [
            json!(false),
            json!("False"),
            json!("false"),
            json!({ "value": "False" }),
            json!({ "active": false }),
        ] {
            let with_path = patched(json!([{ "op": "Replace", "path": "active", "value": &value }])).unwrap();
            assert!(!with_path.active, "{value}");
            let without = patched(json!([{ "op": "replace", "value": { "active": &value } }])).unwrap();
            assert!(!without.active, "{value}");
        }
        for value in [
            json!("no"),
            json!(0),
            json!(null),
            json!({ "value": { "value": false } }),
        ] {
            assert!(patched(json!([{ "op": "replace", "path": "active", "value": &value }])).is_err());
        }
    }

    #[test]
    fn names_come_whole_or_in_halves() {
        let name = |operations: Value| patched(operations).unwrap().name;
        assert_eq!(
            name(json!([{ "op": "add", "path": "name.familyName", "value": "King" }])),
            "Ada King"
        );
        assert_eq!(
            name(
                json!([{ "op": "replace", "value": { "name.givenName": "Augusta", "name.familyName": "King" } }])
            ),
            "Augusta King"
        );
        assert_eq!(
            name(json!([{ "op": "replace", "path": "displayName", "value": "Countess" }])),
            "Countess"
        );
        assert_eq!(
            name(json!([{ "op": "remove", "path": "displayName" }])),
            "Ada Byron"
        );
    }

    #[test]
    fn nobody_becomes_anything_by_what_is_said() {
        let body = json!({
            "id": "other", "roles": [{ "value": "super-administrator" }], "groups": [{ "value": "g" }],
            "password": "secret", "meta": { "created": "1970-01-01T00:00:00Z" }, "status": "active",
        });
        let after = assigned(Some(ada()), &of_object(Op::Replace, &body).unwrap()).unwrap();
        assert_eq!(after, ada());
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-zA-Z@. ]{0,12}".prop_map(Value::from),
        ];
        let names = "(op|path|value|Operations|active|name|userName|add|members|[a-z.\\[]{0,6})";
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((names, inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_patch_is_made_or_refused(operations in proptest::collection::vec(any_value(), 0..4), op in "(add|Replace|remove)", path in "(active|name|name.givenName|userName|externalId)", value in any_value()) {
            let _ = patched(Value::from(operations));
            let _ = patched(json!([{ "op": &op, "path": &path, "value": &value }]));
            let _ = patched(json!([{ "op": op, "value": value }]));
        }
    }
}
