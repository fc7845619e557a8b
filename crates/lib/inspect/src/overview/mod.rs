//! Who has what, on one page: people, groups, tokens, invitations, what stands out, what to know of the run.

mod groups;
mod invitations;
mod people;
mod tokens;

use std::io;
use std::path::Path;

use c1z::{ReadOptions, Reader};

use crate::error::InspectError;
use crate::findings::{self, findings};
use crate::look::Ink;
use crate::notes::{self, run_notes};
use crate::screen::Screen;
use crate::source::{Need, Source, choose};
use crate::table::Written;

/// Shows the newest full sync of the file.
///
/// # Errors
/// When the file cannot be read: see [`InspectError`].
pub fn overview(file: &Path, reading: &ReadOptions, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    let reader = Reader::open(file, reading)?;
    let run = choose(&reader, None, Need::Grants, screen)?;
    let source = Source::new(&reader, run);
    let account = findings::account(&source)?;
    people::show(&account, screen)?;
    groups::show(&account, screen)?;
    tokens::show(&account, source.moment(), screen)?;
    invitations::show(&account, screen)?;
    title("What stands out", screen)?;
    findings::tell(&findings(&account, source.moment()), screen)?;
    let notes = run_notes(&source.run().token);
    if !notes.is_empty() {
        title("What to know of this run", screen)?;
        notes::show(&notes, screen)?;
        screen.gap()?;
    }
    Ok(())
}

fn title(text: &str, screen: &mut Screen<'_>) -> io::Result<()> {
    screen.line(Ink::Strong, text)?;
    screen.gap()
}

/// Ends a table with a remark on it.
fn foot(text: &str, written: &Written, screen: &mut Screen<'_>) -> io::Result<()> {
    screen.gap()?;
    screen.paragraph(Ink::Faint, "", &format!("{text}{}", written.left_out()))?;
    screen.gap()
}
