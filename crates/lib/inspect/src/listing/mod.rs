//! Lists of records: what each row shows, as a table or as JSON.

mod elsewhere;
mod entitlements;
mod grants;
mod people;
mod principals;
mod resource_types;
mod resources;
mod syncs;
mod words;

use prost::{Message, Name};

pub(crate) use entitlements::entitlements;
pub(crate) use grants::grants;
pub(crate) use people::second_factor;
pub(crate) use principals::principals;
pub(crate) use resource_types::resource_types;
pub(crate) use resources::resources;
pub(crate) use syncs::syncs;
pub(crate) use words::{name, type_name};

use crate::ask::Format;
use crate::error::InspectError;
use crate::json::List;
use crate::look::Ink;
use crate::screen::Screen;
use crate::table::{Cell, Column, Table};
use crate::text::count;

/// Makes the cells of an entry.
type Row<'a, E> = Box<dyn Fn(&E) -> Result<Vec<Cell>, InspectError> + 'a>;

/// A kind of list.
pub(crate) struct Listing<'a, E> {
    /// The field of the JSON form that holds the list.
    field: &'static str,
    /// What a row is, for counting them.
    noun: &'static str,
    /// What to say when there is none.
    empty: &'static str,
    columns: Vec<Column>,
    /// The cells of a row.
    row: Row<'a, E>,
}

impl<E: Message + Name> Listing<'_, E> {
    /// Writes the entries as they come.
    pub(crate) fn show(
        &self,
        entries: impl Iterator<Item = Result<E, InspectError>>,
        format: Format,
        screen: &mut Screen<'_>,
    ) -> Result<(), InspectError> {
        match format {
            Format::Json => self.json(entries, screen),
            Format::Table => self.table(entries, screen),
        }
    }

    fn json(
        &self,
        entries: impl Iterator<Item = Result<E, InspectError>>,
        screen: &mut Screen<'_>,
    ) -> Result<(), InspectError> {
        let mut list = List::new(screen.out, self.field);
        for entry in entries {
            list.item(&entry?)?;
        }
        Ok(list.finish()?)
    }

    fn table(
        &self,
        entries: impl Iterator<Item = Result<E, InspectError>>,
        screen: &mut Screen<'_>,
    ) -> Result<(), InspectError> {
        let mut table = Table::new(screen.out, screen.look, self.columns.clone());
        for entry in entries {
            table.row((self.row)(&entry?)?)?;
        }
        let written = table.finish()?;
        if written.rows == 0 {
            return Ok(screen.paragraph(Ink::Plain, "", self.empty)?);
        }
        screen.gap()?;
        let number = count(written.rows, self.noun);
        Ok(screen.paragraph(Ink::Faint, "", &format!("{number}{}", written.left_out()))?)
    }
}
