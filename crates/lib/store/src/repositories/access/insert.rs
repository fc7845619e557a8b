//! Many rows at once.

use sea_orm::{ConnectionTrait, DbErr, EntityName, IdenStatic, Value};

use super::sql;

/// The most rows of one statement. Fewer come in powers of two, so that there are few different statements: a database
/// remembers how it does each.
const AT_ONCE: usize = 512;

/// Rows on their way into a table.
#[derive(Debug)]
pub(super) struct Insert<const WIDTH: usize> {
    start: String,
    rows: Vec<[Value; WIDTH]>,
}

impl<const WIDTH: usize> Insert<WIDTH> {
    pub(super) fn into<C: IdenStatic>(table: &impl EntityName, columns: [C; WIDTH]) -> Self {
        let columns = columns.map(|column| column.as_str());
        let start = format!(
            "INSERT INTO {} ({}) VALUES ",
            table.table_name(),
            columns.join(", ")
        );
        let rows = Vec::new();
        Self { start, rows }
    }

    pub(super) fn add(&mut self, row: [Value; WIDTH]) {
        self.rows.push(row);
    }

    /// Inserts all; of two rows with the same key, the first stays.
    pub(super) async fn execute(self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        let mut rows = self.rows.into_iter();
        while rows.len() > 0 {
            let count = below(rows.len());
            let values = rows.by_ref().take(count).flatten().collect();
            let places = vec![places(WIDTH); count].join(", ");
            let insert = format!("{}{places} ON CONFLICT DO NOTHING", self.start);
            sql::execute(connection, &insert, values).await?;
        }
        Ok(())
    }
}

/// The largest power of two that is no more than what is left, nor than what goes at once.
fn below(left: usize) -> usize {
    1 << left.min(AT_ONCE).ilog2()
}

fn places(width: usize) -> String {
    format!("({})", vec!["?"; width].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_few_different_sizes() {
        let sizes: std::collections::BTreeSet<_> = (1..3000).map(below).collect();
        assert_eq!(sizes.len(), 10);
        assert_eq!(
            (below(1), below(511), below(512), below(2999)),
            (1, 256, 512, 512)
        );
    }
}
