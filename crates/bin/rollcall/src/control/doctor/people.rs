//! People: whoever has no second factor, and whether somebody can let others in.

use governance::repository::{People as _, RepositoryError};
use governance::{Office, OfficeError, Operator, Role};
use store::Database;

use super::{Findings, places};

const CHECK: &str = "people";

pub(super) async fn look(office: &Office, database: &Database, found: &mut Findings) {
    let operators = match office.operators(&places::actor()).await {
        Ok(operators) => operators,
        Err(error) => {
            found.wrong(CHECK, error, "see --data and --database-url");
            return;
        }
    };
    let active: Vec<&Operator> = operators.iter().filter(|operator| operator.is_active()).collect();
    if active.is_empty() {
        found.look(
            CHECK,
            "nobody has set the console up yet",
            "open the link that `rollcall serve` prints",
        );
        return;
    }
    administrators(&active, found);
    match without_second_factor(database, &active).await {
        Ok(names) if names.is_empty() => found.fine("second factors", "everybody with a password has one"),
        Ok(names) => {
            let says = format!(
                "{} sign in with a password alone: {}",
                names.len(),
                names.join(", ")
            );
            found.wrong("second factors", says, "ask them to set one up when they sign in");
        }
        Err(error) => found.wrong(CHECK, OfficeError::from(error), "see --data and --database-url"),
    }
}

fn administrators(active: &[&Operator], found: &mut Findings) {
    let count = active
        .iter()
        .filter(|operator| operator.roles.has(Role::SuperAdministrator))
        .count();
    match count {
        0 => found.wrong(
            CHECK,
            "nobody is a Super Administrator",
            "put a backup back from when somebody was: nobody can be let in without one",
        ),
        1 => found.look(
            CHECK,
            "only one person is a Super Administrator",
            "make another one, so that the loss of one phone does not lock everybody out",
        ),
        _ => found.fine(
            CHECK,
            format!("{} may come in, {count} are Super Administrators", active.len()),
        ),
    }
}

/// The addresses of those who have a password and no second factor in use.
async fn without_second_factor(
    database: &Database,
    active: &[&Operator],
) -> Result<Vec<String>, RepositoryError> {
    let mut without = Vec::new();
    for operator in active {
        let Some(sign_in) = database.sign_in(&operator.id).await? else {
            continue;
        };
        let second = sign_in.second.and_then(|second| second.confirmed_at);
        if sign_in.password.is_some() && second.is_none() {
            without.push(operator.email.to_string());
        }
    }
    Ok(without)
}
