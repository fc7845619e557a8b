//! The account that is to be made.

use clap::ArgMatches;
use connector::{Ability, AccountField};
use model::{Profile, ProfileValue};

use super::{NewAccount, some_type};
use crate::definition::Definition;
use crate::input::{Values, split};
use crate::problem::Problem;
use crate::{commands, profile};

/// From the settings; `email` and `login` in the profile win over those of their own, as in the original.
pub(super) fn by_settings(definition: &Definition, values: &Values) -> Result<NewAccount, Problem> {
    check_type(definition, values)?;
    let profile = profile::from_text(values.text("create-account-profile")).unwrap_or_default();
    let either = |key: &str, name: &str| {
        let inside = profile.get(key).and_then(ProfileValue::as_text);
        inside
            .filter(|text| !text.is_empty())
            .unwrap_or(values.text(name))
            .to_owned()
    };
    let login = either("login", "create-account-login");
    let email = either("email", "create-account-email");
    // Whoever signs in with an address has that address.
    let email = if email.is_empty() && login.contains('@') {
        login.clone()
    } else {
        email
    };
    Ok(NewAccount {
        email,
        login,
        profile,
    })
}

fn check_type(definition: &Definition, values: &Values) -> Result<(), Problem> {
    let name = "create-account-resource-type";
    let able = definition.types_with(Ability::CreateAccount);
    match some_type(values, name) {
        Some(kind) if !able.is_empty() && !able.contains(&kind) => {
            let able: Vec<&str> = able.iter().map(AsRef::as_ref).collect();
            Err(Problem::new(format!("no account of type '{kind}' can be made"))
                .given_by(values.origin(name))
                .hint(format!(
                    "drop it, or say --{name} {}",
                    able.join(&format!(" or --{name} "))
                )))
        }
        _ => Ok(()),
    }
}

/// From the command `invite`.
pub(super) fn by_command(definition: &Definition, arguments: &ArgMatches) -> Result<NewAccount, Problem> {
    let email = commands::text(arguments, "email");
    if !email.contains('@') {
        return Err(
            Problem::new(format!("'{email}' is no e-mail address")).hint("write it like ada@example.com")
        );
    }
    let profile: Profile = commands::account_fields(definition)
        .filter_map(|field| Some((field.name.to_owned(), value(field, arguments)?)))
        .collect();
    let login = profile.get("login").and_then(ProfileValue::as_text);
    Ok(NewAccount {
        email,
        login: login.unwrap_or_default().to_owned(),
        profile,
    })
}

fn value(field: &AccountField, arguments: &ArgMatches) -> Option<ProfileValue> {
    if field.is_list {
        let texts = arguments.get_many::<String>(field.name)?;
        return Some(ProfileValue::texts(texts.flat_map(|text| split(text))));
    }
    arguments
        .get_one::<String>(field.name)
        .map(|text| text.as_str().into())
}
