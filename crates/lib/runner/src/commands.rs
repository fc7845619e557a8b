//! The commands by which people change something.

use clap::{Arg, ArgAction, ArgMatches, Command};
use connector::AccountField;

use crate::definition::Definition;
use crate::field::{Field, Section};
use crate::{fields, input};

/// Their names.
pub(crate) const NAMES: [&str; 7] = ["grant", "revoke", "invite", "remove", "rotate", "run", "actions"];

/// All of them. The connector's own settings are accepted after the command as well; their help leaves out what is
/// for reading or for service mode.
pub(crate) fn all(definition: &Definition) -> impl Iterator<Item = Command> {
    let commands = [
        grant(definition),
        revoke(definition),
        invite(definition),
        remove(definition),
        rotate(definition),
        run(definition),
        actions(definition),
    ];
    let own = definition.fields;
    commands.into_iter().map(move |command| {
        let others = input::arguments(fields::common().filter(|field| is_of_no_use(field)), true);
        command
            .args(input::arguments(own, false))
            .args(others.map(|arg| arg.hide(true)))
    })
}

/// Whether a change does nothing with that setting.
fn is_of_no_use(field: &Field) -> bool {
    matches!(field.section, Some(Section::Sync | Section::Service)) && field.name != "file"
}

fn grant(definition: &Definition) -> Command {
    Command::new("grant")
        .about("Give somebody access")
        .args([who("Who receives it"), what("What to give"), on()])
        .after_help(examples(
            definition,
            &[
                "grant ada@example.com Billing",
                "grant ada@example.com DNS --on example.com --dry-run",
                "grant user:1234 role:5678:member -f sync.c1z",
            ],
        ))
}

fn revoke(definition: &Definition) -> Command {
    Command::new("revoke")
        .about("Take access from somebody")
        .args([who("Who loses it"), what("What to take"), on()])
        .after_help(examples(
            definition,
            &[
                "revoke ada@example.com Billing --dry-run",
                "revoke 'Ada Lovelace' DNS --on example.com",
            ],
        ))
}

fn who(help: &str) -> Arg {
    let names = "e-mail address, login, display name, type:id or bid:r:type/id";
    word("who", "WHO").help(format!("{help}: {names}"))
}

fn what(help: &str) -> Arg {
    let names = "the name of a role, a group or a permission, or the id of an entitlement";
    word("what", "WHAT").help(format!("{help}: {names}"))
}

fn on() -> Arg {
    option("on", "SCOPE").help("Where a permission holds: the name or id of what it is on")
}

fn invite(definition: &Definition) -> Command {
    let fields = account_fields(definition).map(account_argument);
    Command::new("invite")
        .about("Make an account for somebody, or invite them")
        .arg(word("email", "EMAIL").help("The address of the person"))
        .args(fields)
        .after_help(examples(
            definition,
            &["invite ada@example.com --dry-run", "invite --help"],
        ))
}

/// What a new account can be given besides its address, which is no flag.
pub(crate) fn account_fields(definition: &Definition) -> impl Iterator<Item = &'static AccountField> {
    definition
        .account_fields
        .iter()
        .filter(|field| field.name != "email")
}

fn account_argument(field: &AccountField) -> Arg {
    let example = if field.placeholder.is_empty() {
        String::new()
    } else {
        format!(", such as {}", field.placeholder)
    };
    let help = if field.description.is_empty() {
        field.display_name
    } else {
        field.description
    };
    let arg = Arg::new(field.name)
        .long(field.name.replace('_', "-"))
        .help(format!("{help}{example}"))
        .allow_hyphen_values(true);
    if field.is_list {
        arg.value_name("A,B").action(ArgAction::Append)
    } else {
        arg.value_name("TEXT")
    }
}

fn remove(definition: &Definition) -> Command {
    Command::new("remove")
        .about("Remove an account, an invitation or a token")
        .args([resource("What to remove"), kind()])
        .after_help(examples(
            definition,
            &[
                "remove ada@example.com --dry-run",
                "remove 'ci deploy'",
                "remove bid:r:user/1234",
            ],
        ))
}

fn rotate(definition: &Definition) -> Command {
    Command::new("rotate")
        .about("Replace the secret of a token; the new one is sealed for --recipient")
        .args([resource("Whose secret to replace"), kind()])
        .after_help(examples(
            definition,
            &[
                "rotate 'ci deploy' --recipient age1...",
                "rotate 'ci deploy' --recipient @ops-keys.txt",
            ],
        ))
}

fn resource(help: &str) -> Arg {
    let names = "e-mail address, login, display name, type:id or bid:r:type/id";
    word("what", "WHAT").help(format!("{help}: {names}"))
}

fn kind() -> Arg {
    option("type", "TYPE").help("Only things of this resource type")
}

fn run(definition: &Definition) -> Command {
    let arguments = Arg::new("arguments")
        .value_name("KEY=VALUE")
        .num_args(0..)
        .help("Its arguments; several texts with commas between them");
    Command::new("run")
        .about("Run an action")
        .args([
            word("action", "ACTION").help("The action's name; `actions` lists them"),
            arguments,
        ])
        .after_help(examples(
            definition,
            &["actions", "run example_action id=1234 reason='not in use'"],
        ))
}

fn actions(definition: &Definition) -> Command {
    Command::new("actions")
        .about("List the actions, and what each takes")
        .arg(option("type", "TYPE").help("Only actions on this resource type"))
        .after_help(examples(definition, &["actions"]))
}

fn word(id: &'static str, name: &'static str) -> Arg {
    Arg::new(id).value_name(name).required(true)
}

fn option(id: &'static str, name: &'static str) -> Arg {
    Arg::new(id).long(id).value_name(name)
}

fn examples(definition: &Definition, commands: &[&str]) -> String {
    let lines: Vec<String> = commands
        .iter()
        .map(|command| format!("  {} {command}", definition.name))
        .collect();
    format!("Examples:\n{}", lines.join("\n"))
}

/// The text of a required argument.
pub(crate) fn text(matches: &ArgMatches, id: &str) -> String {
    maybe(matches, id).unwrap_or_default()
}

/// The text of an argument, when it was given.
pub(crate) fn maybe(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.try_get_one::<String>(id).ok().flatten().cloned()
}
