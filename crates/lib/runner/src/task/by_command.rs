//! Changes as people ask for them: by a command, with names.

use model::{ResourceId, ResourceTypeId};

use super::{Access, Command, Held, Task, Wanted, What, Which, Who, account, action, mode, recipients};
use crate::commands::{maybe, text};
use crate::definition::Definition;
use crate::input::Values;
use crate::problem::Problem;

pub(super) fn read(
    definition: &Definition,
    command: Command<'_>,
    values: &Values,
) -> Result<Task, Vec<Problem>> {
    let arguments = command.arguments;
    let wanted = match command.name {
        "grant" => Wanted::Grant(access(definition, command)),
        "revoke" => Wanted::Revoke(Held::Access(access(definition, command))),
        "invite" => {
            let account = account::by_command(definition, arguments);
            Wanted::CreateAccount(account.map_err(|problem| vec![problem])?)
        }
        "remove" => Wanted::Delete(which(definition, command)),
        "rotate" => {
            let recipients = recipients::read(values, mode(values))?;
            Wanted::Rotate(which(definition, command), recipients)
        }
        "run" => Wanted::InvokeAction(action::by_command(definition, arguments)?),
        _ => return Ok(Task::ListActions(maybe(arguments, "type").map(Into::into))),
    };
    Ok(Task::Change(wanted))
}

fn access(definition: &Definition, command: Command<'_>) -> Access {
    let who = text(command.arguments, "who");
    Access {
        what: What::Named {
            name: text(command.arguments, "what"),
            on: maybe(command.arguments, "on"),
        },
        who: match resource_id(definition, &who) {
            Some(id) => Who::Id(id),
            None => Who::Named(who),
        },
    }
}

fn which(definition: &Definition, command: Command<'_>) -> Which {
    let name = text(command.arguments, "what");
    match resource_id(definition, &name) {
        Some(id) => Which::Id(id),
        None => Which::Named {
            name,
            of: maybe(command.arguments, "type").map(ResourceTypeId::from),
        },
    }
}

/// The id that a text is: `bid:r:<type>/<object>`, or `<type>:<object>` with a type that there is.
fn resource_id(definition: &Definition, text: &str) -> Option<ResourceId> {
    if let Ok(id) = ResourceId::parse_baton(text) {
        return Some(id);
    }
    let (kind, object) = text.split_once(':')?;
    let known = (definition.resource_types)()
        .iter()
        .any(|known| known.id.as_str() == kind);
    (known && !object.is_empty()).then(|| ResourceId::new(kind, object))
}
