//! Statements that are written by hand, for either database.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};

/// A statement in which `?` stands for each value.
pub(super) fn statement(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    let backend = connection.get_database_backend();
    Statement::from_sql_and_values(backend, placed(backend, sql), values)
}

/// Does it, and gives the number of rows that it was done to.
pub(super) async fn execute(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64, DbErr> {
    let done = connection.execute_raw(statement(connection, sql, values)).await?;
    Ok(done.rows_affected())
}

/// All rows of the answer.
pub(super) async fn rows(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    connection.query_all_raw(statement(connection, sql, values)).await
}

/// The number in the first column of the only row; `None` when there is none.
pub(super) async fn number(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<i64>, DbErr> {
    let row = connection
        .query_one_raw(statement(connection, sql, values))
        .await?;
    row.map_or(Ok(None), |row| row.try_get_by_index(0))
}

/// PostgreSQL numbers the places of values.
fn placed(backend: DbBackend, sql: &str) -> String {
    if backend != DbBackend::Postgres {
        return sql.to_owned();
    }
    let mut numbered = String::new();
    for (index, piece) in sql.split('?').enumerate() {
        if index > 0 {
            numbered.push('$');
            numbered.push_str(&index.to_string());
        }
        numbered.push_str(piece);
    }
    numbered
}
