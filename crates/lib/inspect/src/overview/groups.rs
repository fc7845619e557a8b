//! What people hold by being in a group.

use std::collections::HashMap;
use std::io;

use model::ResourceId;

use super::{foot, title};
use crate::account::{Account, Group, Person};
use crate::look::Ink;
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::count;

/// Shows the groups; nothing when there is none.
pub(super) fn show(account: &Account, screen: &mut Screen<'_>) -> io::Result<()> {
    if account.groups.is_empty() {
        return Ok(());
    }
    title("Groups", screen)?;
    let members = members(account);
    let columns = [
        Column::name("Group"),
        Column::number("Members"),
        Column::detail("Gives its members"),
    ];
    let mut table = Table::new(screen.out, screen.look, columns);
    for group in &account.groups {
        let number = members.get(&group.id).copied().unwrap_or_default();
        table.row([
            group.name.as_str().into(),
            number.to_string().into(),
            gives(group),
        ])?;
    }
    let written = table.finish()?;
    foot(&count(written.rows, "group"), &written, screen)
}

fn members(account: &Account) -> HashMap<&ResourceId, usize> {
    let mut numbers = HashMap::new();
    for holding in account.people.iter().flat_map(Person::groups) {
        *numbers.entry(&holding.right.on).or_default() += 1;
    }
    numbers
}

fn gives(group: &Group) -> Cell {
    let powerful = group.holdings.iter().any(|holding| holding.right.is_powerful());
    let phrases: Vec<String> = group
        .holdings
        .iter()
        .map(|holding| holding.right.title())
        .collect();
    Cell::inked_or_dash(
        &phrases.join("; "),
        if powerful { Ink::Caution } else { Ink::Plain },
    )
}
