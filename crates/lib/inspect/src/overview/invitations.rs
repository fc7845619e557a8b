//! Who was invited and has not accepted.

use std::io;

use super::{foot, title};
use crate::account::Account;
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::count;

/// Shows the invitations; nothing when there is none.
pub(super) fn show(account: &Account, screen: &mut Screen<'_>) -> io::Result<()> {
    if account.invitations.is_empty() {
        return Ok(());
    }
    title("Invitations not accepted yet", screen)?;
    let mut table = Table::new(
        screen.out,
        screen.look,
        [Column::name("Invited"), Column::detail("To be")],
    );
    for invitation in &account.invitations {
        table.row([
            invitation.email.as_str().into(),
            Cell::or_dash(&invitation.offers.join("; ")),
        ])?;
    }
    let written = table.finish()?;
    foot(&count(written.rows, "invitation"), &written, screen)
}
