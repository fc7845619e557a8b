//! The name of a PostgreSQL database can hold a password, and errors are shown to anybody.

use std::error::Error;
use std::fmt::Write as _;

use store::Database;
use testkit::postgres::Fresh;

/// What somebody may write, and what is said to it, with everything beneath.
async fn refused(url: &str) -> (String, String) {
    let error = Database::postgres(url).await.unwrap_err();
    let mut all = format!("{error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        writeln!(all, "{error}\n{error:?}").unwrap();
        source = error.source();
    }
    (error.to_string(), all)
}

#[tokio::test]
async fn no_error_says_one() {
    let mut said = String::new();
    for url in [
        "postgres://u:pa55w0rd@127.0.0.1:1/x",
        "postgres://u:pa55w0rd@127.0.0.1:port/x",
        "postgres://u:pa55w0rd@127.0.0.1:1/x?sslmode=odd",
        "postgres://u:1/pa55w0rd@127.0.0.1:1/x",
        "u:pa55w0rd@127.0.0.1",
        "mysql://u:pa55w0rd@127.0.0.1/x",
    ] {
        let (message, all) = refused(url).await;
        assert!(
            !format!("{message}{all}").contains("pa55w0rd"),
            "{url}: {message}: {all}"
        );
        writeln!(said, "{message}").unwrap();
    }
    insta::assert_snapshot!(said, @"
    the database does not answer as it should: cannot use the PostgreSQL database 127.0.0.1/x: error communicating with database: Connection refused (os error 111)
    the database does not answer as it should: this is no name of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password
    the database does not answer as it should: this is no name of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password
    the database does not answer as it should: this is no name of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password
    the database does not answer as it should: this is no name of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password
    the database does not answer as it should: this is no name of a PostgreSQL database: postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password
    ");
}

#[tokio::test]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
async fn a_database_is_printed_without_it() {
    let fresh = Fresh::new().await;
    let url = fresh.url().replacen("postgres@", "postgres:pa55w0rd@", 1);
    assert!(url.contains("pa55w0rd"), "{url}");
    let database = Database::postgres(&url).await.unwrap();
    assert!(!format!("{database:?}").contains("pa55w0rd"));
}
