//! One row a person.

use std::io;

use super::{foot, title};
use crate::account::{Account, Person};
use crate::listing::second_factor;
use crate::look::Ink;
use crate::rights::{Holding, RightKind};
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::{count, people};

const COLUMNS: [Column; 6] = [
    Column::name("Name"),
    Column::detail("E-mail"),
    Column::id("2FA"),
    Column::name("Roles"),
    Column::name("Scoped access"),
    Column::detail("Groups"),
];

/// The powerful first, so that they are read first.
pub(super) fn show(account: &Account, screen: &mut Screen<'_>) -> io::Result<()> {
    title("Who has what", screen)?;
    let mut people_by_power: Vec<&Person> = account.people.iter().collect();
    people_by_power.sort_by_key(|person| (!person.is_super_administrator(), !is_powerful(person)));
    let mut table = Table::new(screen.out, screen.look, COLUMNS);
    for person in people_by_power {
        table.row(row(person))?;
    }
    table.finish()?;
    foot(&summary(account), screen)
}

fn is_powerful(person: &Person) -> bool {
    person.rights().any(|holding| holding.right.is_powerful())
}

fn row(person: &Person) -> [Cell; 6] {
    let ink = if is_powerful(person) {
        Ink::Caution
    } else {
        Ink::Plain
    };
    let name = if person.name == person.email {
        ""
    } else {
        &person.name
    };
    [
        Cell::new(name, if person.enabled { Ink::Plain } else { Ink::Faint }),
        person.email.as_str().into(),
        second_factor(person.second_factor),
        inked(
            &listed(person.of_kind(RightKind::Role), |holding| {
                holding.right.what.clone()
            }),
            ink,
        ),
        Cell::or_dash(&scoped(person)),
        Cell::or_dash(&listed(person.groups(), |holding| holding.right.what.clone())),
    ]
}

fn inked(text: &str, ink: Ink) -> Cell {
    if text.is_empty() {
        Cell::or_dash("")
    } else {
        Cell::new(text, ink)
    }
}

fn scoped(person: &Person) -> String {
    let allowed = listed(person.of_kind(RightKind::Permission), |holding| {
        holding.right.phrase()
    });
    let denied = listed(person.of_kind(RightKind::Denial), |holding| {
        format!("not {}", holding.right.phrase())
    });
    let parts = [allowed, denied];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("; ")
}

/// The holdings in a list, each once.
fn listed<'a>(holdings: impl Iterator<Item = &'a Holding>, say: impl Fn(&Holding) -> String) -> String {
    let mut names: Vec<String> = holdings.map(say).collect();
    names.dedup();
    names.join("; ")
}

fn summary(account: &Account) -> String {
    let without = account
        .people
        .iter()
        .filter(|person| person.second_factor == Some(false))
        .count();
    let supers = account
        .people
        .iter()
        .filter(|person| person.is_super_administrator())
        .count();
    format!(
        "{}, {}, {without} without 2FA",
        people(account.people.len() as u64),
        count(supers as u64, "Super Administrator")
    )
}
