//! One row a person.

use std::collections::BTreeMap;
use std::io;

use super::{foot, title};
use crate::account::{Account, Person};
use crate::listing::second_factor;
use crate::look::Ink;
use crate::rights::{Class, Holding, Right, RightKind};
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::{count, people};

const COLUMNS: [Column; 6] = [
    Column::name("Name"),
    Column::extra("E-mail"),
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
    let written = table.finish()?;
    foot(&summary(account), &written, screen)
}

fn is_powerful(person: &Person) -> bool {
    person.rights().any(|holding| holding.right.is_powerful())
}

fn row(person: &Person) -> [Cell; 6] {
    let name = if person.name == person.email {
        ""
    } else {
        &person.name
    };
    [
        Cell::new(name, if person.enabled { Ink::Plain } else { Ink::Faint }),
        person.email.as_str().into(),
        second_factor(person.second_factor),
        Cell::inked_or_dash(&roles(person), ink(person, RightKind::Role)),
        Cell::inked_or_dash(&scoped(person), ink(person, RightKind::Permission)),
        Cell::or_dash(&listed(person.groups().map(|holding| &*holding.right))),
    ]
}

fn ink(person: &Person, kind: RightKind) -> Ink {
    let powerful = person.of_kind(kind).any(|holding| holding.right.is_powerful());
    if powerful { Ink::Caution } else { Ink::Plain }
}

/// What is denied comes first, where a narrow terminal does not cut it away.
fn scoped(person: &Person) -> String {
    let allowed = by_permission(person.of_kind(RightKind::Permission), "");
    let denied = by_permission(person.of_kind(RightKind::Denial), "not ");
    denied.into_iter().chain(allowed).collect::<Vec<_>>().join("; ")
}

/// Each permission once, with all the places where it is held.
fn by_permission<'a>(holdings: impl Iterator<Item = &'a Holding>, lead: &str) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for holding in holdings {
        places
            .entry(&holding.right.what)
            .or_default()
            .push(&holding.right.place);
    }
    let phrases = places.into_iter().map(|(what, mut places)| {
        places.dedup();
        format!("{lead}{what} on {}", places.join(", "))
    });
    phrases.collect()
}

/// Roles, each once, since one may come both directly and from a group; what matters most comes first.
fn roles(person: &Person) -> String {
    let mut roles: Vec<&Right> = person
        .of_kind(RightKind::Role)
        .map(|holding| &*holding.right)
        .collect();
    roles.sort_by_key(|right| (!right.is_powerful(), right.classes.contains(&Class::Read)));
    listed(roles.into_iter())
}

fn listed<'a>(rights: impl Iterator<Item = &'a Right>) -> String {
    let mut names: Vec<&str> = rights.map(|right| right.what.as_str()).collect();
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
