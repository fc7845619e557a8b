//! The export as a workbook.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::target::Target;
use super::{COLUMNS, Row, failed};
use crate::error::InspectError;

/// Rows of a worksheet, the first of which holds the columns' names.
const ROOM: u32 = 1_048_576;

/// Letters that a cell can hold.
const CELL: usize = 32_767;

/// Writes the rows below the columns' names.
pub(super) fn write(
    rows: impl Iterator<Item = Result<Row, InspectError>>,
    out: &Path,
) -> Result<(), InspectError> {
    let failed = failed(out);
    let mut target = Target::create(out).map_err(|error| failed(&error))?;
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(|error| failed(&error))?;
    head(sheet).map_err(|error| failed(&error))?;
    let mut number: u32 = 0;
    for row in rows {
        number += 1;
        if number >= ROOM {
            return Err(InspectError::TooManyRows { limit: ROOM - 1 });
        }
        write_row(sheet, number, &row?).map_err(|error| failed(&error))?;
    }
    workbook
        .save_to_writer(&mut target)
        .map_err(|error| failed(&error))?;
    target.finish().map_err(|error| failed(&error))
}

fn head(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, title) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, 24)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, number: u32, row: &Row) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(row) {
        let text: String = text.chars().take(CELL).collect();
        sheet.write_string(number, column, text)?;
    }
    Ok(())
}
