//! A fresh PostgreSQL database for each test.

#![expect(clippy::expect_used, reason = "helpers of tests fail like tests")]

use std::str::FromStr as _;
use std::thread;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::runtime::{Builder, Runtime};

/// The variable that names a server where databases may be made, such as `postgres://postgres@127.0.0.1:5432/postgres`.
const SERVER: &str = "ROLLCALL_TEST_POSTGRES";

/// A database that nobody else knows, dropped with this, also when the test fails.
#[derive(Debug)]
pub struct Fresh {
    server: PgConnectOptions,
    name: String,
    url: String,
}

impl Fresh {
    /// Makes one. May be called inside of a runtime, too.
    ///
    /// # Panics
    /// When the variable `ROLLCALL_TEST_POSTGRES` does not name a server, or when that makes no database: whoever asks
    /// for PostgreSQL is not to be told that all is well without it.
    pub fn new() -> Self {
        let server = std::env::var(SERVER);
        let server = server.expect("ROLLCALL_TEST_POSTGRES has to name a PostgreSQL server, such as postgres://postgres@127.0.0.1:5432/postgres");
        let server =
            PgConnectOptions::from_str(&server).expect("ROLLCALL_TEST_POSTGRES is no PostgreSQL URL");
        let name = format!("rollcall_test_{:032x}", rand::random::<u128>());
        run(&server, format!("CREATE DATABASE {name}"));
        let url = server.clone().database(&name).to_url_lossy().to_string();
        Self { server, name, url }
    }

    /// The database, as `postgres://USER@HOST/NAME`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Default for Fresh {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        run(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

/// In a thread of its own, because a test may be inside of a runtime.
fn run(server: &PgConnectOptions, statement: String) {
    let server = server.clone();
    let done = thread::spawn(move || {
        runtime().block_on(async {
            let mut connection = server.connect().await?;
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                .execute(&mut connection)
                .await?;
            connection.close().await
        })
    });
    done.join()
        .expect("the thread ends")
        .expect("the server does as it is told");
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be had")
}
