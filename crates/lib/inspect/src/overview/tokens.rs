//! Credentials of the account's own.

use std::io;

use chrono::{DateTime, Utc};

use super::{foot, title};
use crate::account::{Account, Token, TokenState};
use crate::look::Ink;
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::{ago, count};

const COLUMNS: [Column; 6] = [
    Column::name("Token"),
    Column::id("State"),
    Column::id("Expires"),
    Column::id("Last used"),
    Column::extra("Made by"),
    Column::detail("May"),
];

/// Shows the tokens; nothing when there is none.
pub(super) fn show(account: &Account, moment: DateTime<Utc>, screen: &mut Screen<'_>) -> io::Result<()> {
    if account.tokens.is_empty() {
        return Ok(());
    }
    title("API tokens", screen)?;
    let mut table = Table::new(screen.out, screen.look, COLUMNS);
    for token in &account.tokens {
        table.row(row(token, moment))?;
    }
    let written = table.finish()?;
    foot(&count(written.rows, "token"), &written, screen)
}

fn row(token: &Token, moment: DateTime<Utc>) -> [Cell; 6] {
    let state = match token.state(moment) {
        TokenState::Active => Cell::new("active", Ink::Plain),
        TokenState::Disabled => Cell::new("disabled", Ink::Faint),
        TokenState::Expired => Cell::new("expired", Ink::Faint),
    };
    [
        token.name.as_str().into(),
        state,
        token
            .expires_at
            .map_or(Cell::new("never", Ink::Caution), |end| ago(end, moment).into()),
        last_used(token, moment),
        Cell::or_dash(&token.creator),
        Cell::or_dash(&token.may()),
    ]
}

fn last_used(token: &Token, moment: DateTime<Utc>) -> Cell {
    match token.last_used_at {
        Some(used) => ago(used, moment).into(),
        None if token.use_is_known => Cell::new("never", Ink::Caution),
        None => Cell::new("?", Ink::Faint),
    }
}
