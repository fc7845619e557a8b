//! Ends the time in which the large tables are only appended to.

use rusqlite::{Connection, ErrorCode};

use super::create_first_indexes;

/// The large tables, and what a later row of the same record replaces in the first.
const LARGE: [(&str, &[&str]); 2] = [
    ("v1_resources", &["data"]),
    ("v1_grants", &["data", "expansion", "needs_expansion"]),
];

/// Makes every record unique again: the first row of each stays, with the content of the last.
///
/// Call it in a transaction.
pub(crate) fn seal(db: &Connection) -> rusqlite::Result<()> {
    match create_first_indexes(db) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            LARGE
                .iter()
                .try_for_each(|(table, content)| merge(db, table, content))?;
            create_first_indexes(db)
        }
        made => made,
    }
}

fn merge(db: &Connection, table: &str, content: &[&str]) -> rusqlite::Result<()> {
    let replaced: Vec<_> = content
        .iter()
        .map(|column| format!("{column} = later.{column}"))
        .collect();
    let replaced = replaced.join(", ");
    db.execute_batch(&format!(
        "CREATE TEMP TABLE twice (external_id, sync_id, first, last, PRIMARY KEY (external_id, sync_id));
         INSERT INTO twice SELECT external_id, sync_id, min(id), max(id) FROM {table}
             GROUP BY external_id, sync_id HAVING count(*) > 1;
         UPDATE {table} AS one SET {replaced}
             FROM twice JOIN {table} AS later ON later.id = twice.last WHERE one.id = twice.first;
         DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM twice
             WHERE twice.external_id = {table}.external_id AND twice.sync_id = {table}.sync_id
             AND twice.first <> {table}.id);
         DROP TABLE twice;"
    ))
}
