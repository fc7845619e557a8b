//! What changed between two syncs.

mod output;
mod sides;
mod table;

use c1z::Reader;

use crate::ask::{Format, Sides};
use crate::error::InspectError;
use crate::notes;
use crate::screen::Screen;
use crate::source::Source;

/// Shows the differences between two syncs of the first file, or of both files.
pub(crate) fn show(
    (reader, other): (&Reader, Option<&Reader>),
    asked: &Sides,
    format: Format,
    screen: &mut Screen<'_>,
) -> Result<(), InspectError> {
    let (old, new) = sides::choose(reader, other, asked)?;
    for run in [&old, &new] {
        notes::say_left_out(run, screen)?;
    }
    let newer = other.unwrap_or(reader);
    let old_side = c1z::diff::Side {
        reader,
        sync: &old.id,
    };
    let new_side = c1z::diff::Side {
        reader: newer,
        sync: &new.id,
    };
    match format {
        Format::Json => output::write(old_side, new_side, screen),
        Format::Table => {
            let sources = (Source::new(reader, old.clone()), Source::new(newer, new.clone()));
            table::draw((&sources.0, old_side), (&sources.1, new_side), screen)
        }
    }
}
