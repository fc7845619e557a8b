//! The export as CSV.

use std::path::Path;

use super::target::Target;
use super::{COLUMNS, Row, failed};
use crate::error::InspectError;

/// Writes the rows below the columns' names.
pub(super) fn write(
    rows: impl Iterator<Item = Result<Row, InspectError>>,
    out: &Path,
) -> Result<(), InspectError> {
    let failed = failed(out);
    let target = Target::create(out).map_err(|error| failed(&error))?;
    let mut file = csv::Writer::from_writer(target);
    file.write_record(COLUMNS).map_err(|error| failed(&error))?;
    for row in rows {
        file.write_record(row?).map_err(|error| failed(&error))?;
    }
    let target = file.into_inner().map_err(|error| failed(error.error()))?;
    target.finish().map_err(|error| failed(&error))
}
