//! Changes as control planes and scripts ask for them: by the original's flags, with ids.

use connector::Ability;
use model::ResourceId;

use super::{
    Access, Held, Kind, Task, Wanted, What, Which, Who, account, action, mode, recipients, some_type,
};
use crate::definition::Definition;
use crate::input::Values;
use crate::problem::Problem;

pub(super) fn read(definition: &Definition, kind: Kind, values: &Values) -> Result<Task, Vec<Problem>> {
    let wanted = match kind {
        Kind::ListActions => return Ok(list(values, "list-action-schemas-resource-type")),
        Kind::ListResourceActions => return Ok(list(values, "list-resource-actions")),
        Kind::Grant => Wanted::Grant(Access {
            what: What::Id(values.text("grant-entitlement").into()),
            who: principal(values),
        }),
        Kind::Revoke => Wanted::Revoke(Held::Grant(values.text("revoke-grant").into())),
        Kind::CreateAccount => Wanted::CreateAccount(account::by_settings(definition, values).map_err(one)?),
        Kind::Delete => Wanted::Delete(which(definition, values, &DELETE).map_err(one)?),
        Kind::Rotate => rotate(definition, values)?,
        Kind::InvokeAction => Wanted::InvokeAction(action::by_settings(values, &action::INVOKE)),
        Kind::InvokeResourceAction => {
            Wanted::InvokeAction(action::by_settings(values, &action::INVOKE_ON_RESOURCE))
        }
    };
    Ok(Task::Change(wanted))
}

fn one(problem: Problem) -> Vec<Problem> {
    vec![problem]
}

fn list(values: &Values, of: &str) -> Task {
    Task::ListActions(some_type(values, of))
}

/// The original cannot do without the type; the file usually knows it.
fn principal(values: &Values) -> Who {
    let object = values.text("grant-principal");
    match some_type(values, "grant-principal-type") {
        Some(kind) => Who::Id(ResourceId::new(kind, object)),
        None => Who::Object(object.into()),
    }
}

/// Two settings that name a resource, and what is done with it.
struct Pair {
    object: &'static str,
    kind: &'static str,
    ability: Ability,
}

const DELETE: Pair = Pair {
    object: "delete-resource",
    kind: "delete-resource-type",
    ability: Ability::Delete,
};

const ROTATE: Pair = Pair {
    object: "rotate-credentials",
    kind: "rotate-credentials-type",
    ability: Ability::RotateCredential,
};

fn which(definition: &Definition, values: &Values, pair: &Pair) -> Result<Which, Problem> {
    let Some(kind) = some_type(values, pair.kind) else {
        return Err(no_type(definition, values, pair));
    };
    Ok(Which::Id(ResourceId::new(kind, values.text(pair.object))))
}

fn no_type(definition: &Definition, values: &Values, pair: &Pair) -> Problem {
    let able: Vec<String> = definition
        .types_with(pair.ability)
        .iter()
        .map(ToString::to_string)
        .collect();
    let choices = if able.is_empty() {
        "; this connector has no type for it".to_owned()
    } else {
        format!(" {}", able.join(" or "))
    };
    Problem::new(format!("{} needs {}", pair.object, pair.kind))
        .given_by(values.origin(pair.object))
        .hint(format!("add --{}{choices}", pair.kind))
}

fn rotate(definition: &Definition, values: &Values) -> Result<Wanted, Vec<Problem>> {
    match (
        which(definition, values, &ROTATE),
        recipients::read(values, mode(values)),
    ) {
        (Ok(which), Ok(recipients)) => Ok(Wanted::Rotate(which, recipients)),
        (which, recipients) => Err(which
            .err()
            .into_iter()
            .chain(recipients.err().into_iter().flatten())
            .collect()),
    }
}
