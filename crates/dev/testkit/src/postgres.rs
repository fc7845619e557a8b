//! Databases of a real PostgreSQL server, each for one test.

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use crate::environment::variable;

/// The environment variable that names a server on which databases may be made and dropped.
const SERVER: &str = "ROLLCALL_TEST_POSTGRES";

/// A new, empty database; dropped with this value, also when the test fails.
#[derive(Debug)]
pub struct Fresh {
    server: PgConnectOptions,
    name: String,
}

impl Fresh {
    /// Makes one on the server that `ROLLCALL_TEST_POSTGRES` names.
    ///
    /// # Panics
    /// When the variable is missing, or the server does not make databases.
    #[expect(clippy::panic, reason = "a test that cannot have its database has failed")]
    pub async fn new() -> Self {
        Self::on(&server()).await.unwrap_or_else(|error| {
            panic!("the server that {SERVER} names makes no database for the test: {error}")
        })
    }

    /// Names it as `postgres://USER@HOST/NAME`.
    pub fn url(&self) -> String {
        self.server.clone().database(&self.name).to_url_lossy().into()
    }

    async fn on(server: &str) -> Result<Self, sqlx::Error> {
        let server: PgConnectOptions = server.parse()?;
        let mut connection = server.connect().await?;
        let name = "SELECT 'rollcall_test_' || replace(gen_random_uuid()::text, '-', '')";
        let name: String = sqlx::query_scalar(name).fetch_one(&mut connection).await?;
        // Nobody ever uses `template0`, so nobody is in the way.
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        sqlx::query(AssertSqlSafe(create))
            .execute(&mut connection)
            .await?;
        connection.close().await?;
        Ok(Self { server, name })
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // A thread of its own, since dropping cannot wait and the test's runtime may be ending. What cannot be dropped
        // stays on the server: the test has said already whether it passed.
        std::thread::scope(|scope| {
            let dropping = scope.spawn(|| in_a_runtime(drop_database(&self.server, &self.name)));
            drop(dropping.join());
        });
    }
}

#[expect(clippy::panic, reason = "a test that cannot have its database has failed")]
fn server() -> String {
    variable(SERVER).unwrap_or_else(|| {
        panic!(
            "set {SERVER} to a server where databases may be made, \
             such as postgres://postgres@127.0.0.1:5432/postgres"
        )
    })
}

fn in_a_runtime(
    work: impl Future<Output = Result<(), sqlx::Error>>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(work)?)
}

/// Also ends what is still connected to it.
async fn drop_database(server: &PgConnectOptions, name: &str) -> Result<(), sqlx::Error> {
    let mut connection: PgConnection = server.connect().await?;
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    sqlx::query(AssertSqlSafe(drop)).execute(&mut connection).await?;
    connection.close().await
}
