//! The export as CSV.

use std::path::Path;

use super::{COLUMNS, Row, failed};
use crate::error::InspectError;

/// Writes the rows below the columns' names.
pub(super) fn write(
    rows: impl Iterator<Item = Result<Row, InspectError>>,
    out: &Path,
) -> Result<(), InspectError> {
    let failed = failed(out);
    let mut file = csv::Writer::from_path(out).map_err(|error| failed(&error))?;
    file.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for row in rows {
        file.write_record(row?).map_err(|error| failed(&error))?;
    }
    file.flush().map_err(|error| failed(&error))
}
