//! Opening a database: the first time, again, several at once, and when somebody else was at it.

use std::fmt::Write as _;

use governance::repository::{Connectors as _, Credentials as _, Places as _, Tasks as _};
use governance::{ConnectorKind, Hosting, Installation};

use crate::place::Place;
use crate::world::{
    add_connector, add_credential, at, change, connector, connector_id, credential, started,
    stored_connector, stored_task, task,
};

pub(crate) async fn opened_again_it_holds_everything(place: &Place) {
    let database = place.open().await;
    add_connector(&database, &connector(1)).await;
    add_credential(&database, &credential(1)).await;
    database.add_task(&task(1)).await.unwrap();
    change(&database, 1, |task| started(task, 1, "h1", at(5))).await;
    let before = (
        stored_connector(&database, 1).await,
        stored_task(&database, 1).await,
    );
    database.close().await.unwrap();

    let database = place.open().await;
    let after = (
        stored_connector(&database, 1).await,
        stored_task(&database, 1).await,
    );
    assert_eq!(after, before);
    assert_eq!(
        database.credentials(&connector_id(1)).await.unwrap(),
        [credential(1)]
    );
}

pub(crate) async fn many_may_open_it_for_the_first_time_at_once(place: &Place) {
    let all = tokio::join!(
        place.open(),
        place.open(),
        place.open(),
        place.open(),
        place.open()
    );
    add_connector(&all.0, &connector(1)).await;
    assert_eq!(all.4.connectors().await.unwrap(), [connector(1)]);
}

/// The tables as the first version made them, with what it had stored.
const FIRST_VERSION: &str = "
    DROP TABLE operators; DROP TABLE sign_ins; DROP TABLE sessions; DROP TABLE links; DROP TABLE apps;
    DROP TABLE installations; DROP TABLE connector_settings; DROP TABLE letters; DROP TABLE audit_entries;
    DROP TABLE audit_head; DROP TABLE access_snapshots; DROP TABLE access_types; DROP TABLE access_resources;
    DROP TABLE access_entitlements; DROP TABLE access_grants; DROP TABLE access_tallies; DROP TABLE connector_log;
    DROP TABLE api_keys; DROP TABLE directory_groups; DROP TABLE provisioning;
    DROP TABLE single_sign_on; DROP TABLE identities; DROP TABLE passkeys; DROP TABLE challenges;
    DROP TABLE run_changes; DROP TABLE run_change_items;
    DROP TABLE hosting_leases;
    ALTER TABLE connectors DROP COLUMN cron;
    ALTER TABLE connectors DROP COLUMN zone;
    ALTER TABLE tasks DROP COLUMN read_types;
    DELETE FROM seaql_migrations WHERE version <> 'm1_begin';
";

pub(crate) async fn a_connector_of_an_older_version_has_its_place(place: &Place) {
    let database = place.open().await;
    add_connector(&database, &connector(1)).await;
    let before = stored_connector(&database, 1).await;
    database.close().await.unwrap();
    place.execute(FIRST_VERSION).await;

    let database = place.open().await;
    assert_eq!(stored_connector(&database, 1).await, before);
    let belongs = database.installation(&connector_id(1)).await.unwrap().unwrap();
    let self_hosted = Installation {
        guard: None,
        ..Installation::new(connector_id(1), ConnectorKind::Baton, Hosting::SelfHosted)
    };
    assert_eq!((belongs.value, belongs.version), (self_hosted, 0));
    // Opened once more it is as it was, and it can be written to.
    database.close().await.unwrap();
    let database = place.open().await;
    add_connector(&database, &connector(2)).await;
    assert_eq!(database.installations().await.unwrap().len(), 2);
}

/// A process that ends half-way through leaves what another can begin again.
pub(crate) async fn tables_are_made_all_or_none(place: &Place) {
    place.execute("CREATE TABLE uploads (id text)").await;
    place.try_open().await.unwrap_err();
    place.execute("DROP TABLE uploads").await;
    let database = place.open().await;
    assert_eq!(database.connectors().await.unwrap(), []);
}

pub(crate) async fn an_impossible_row_is_named(place: &Place) {
    let database = place.open().await;
    database.add_task(&task(1)).await.unwrap();
    add_connector(&database, &connector(1)).await;
    let mut said = String::new();
    for sql in [
        "UPDATE tasks SET state = 'lost'",
        "UPDATE tasks SET state = 'waiting', not_before = NULL",
        "UPDATE tasks SET not_before = 9223372036854775807",
        "UPDATE tasks SET kind = 'dance'",
        "UPDATE tasks SET kind = 'hello', id = '../..'",
    ] {
        place.execute(sql).await;
        let error = database.tasks(&connector_id(1), None, 10).await.unwrap_err();
        writeln!(said, "{error}").unwrap();
    }
    place
        .execute("UPDATE connectors SET sync_every_seconds = -1")
        .await;
    writeln!(said, "{}", database.connectors().await.unwrap_err()).unwrap();
    insta::allow_duplicates! { insta::assert_snapshot!(said, @"
    the database holds something impossible: `state` of `3MVnoU9ZuM1HunR9e6s2SeXlUOX` in `tasks`: it is missing, or not one of those that there are
    the database holds something impossible: `not_before` of `3MVnoU9ZuM1HunR9e6s2SeXlUOX` in `tasks`: it is missing, or not one of those that there are
    the database holds something impossible: `not_before` of `3MVnoU9ZuM1HunR9e6s2SeXlUOX` in `tasks`: it is missing, or not one of those that there are
    the database holds something impossible: `kind` of `3MVnoU9ZuM1HunR9e6s2SeXlUOX` in `tasks`: it is missing, or not one of those that there are
    the database holds something impossible: `id` of `../..` in `tasks`: `../..` is not the id of a task: 27 letters and digits
    the database holds something impossible: `sync_every_seconds` of `3MVnoU9ZuM1HunR9e6s2SeXlUOX` in `connectors`: out of range integral type conversion attempted
    ") }
}

pub(crate) async fn a_newer_version_is_refused(place: &Place) {
    place.open().await.close().await.unwrap();
    place
        .execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9_more', 1800000000)")
        .await;
    let error = place.try_open().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database does not answer as it should: a newer version of this program has changed it; use that one"
    );
}
