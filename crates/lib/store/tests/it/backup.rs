//! Taking everything out of one database and putting it back into another.

use std::io::Cursor;

use governance::repository::{
    Connectors as _, Credentials as _, Leases as _, Ledger as _, Logs as _, People as _, Places as _,
    Tasks as _, Write, Written,
};
use governance::{
    Actor, AuditAction, AuditDraft, LogLevel, LogLine, LogPage, LogQuery, Object, SealedSecret, SecondFactor,
    ServiceId, SignIn, Verifier,
};
use store::{BackupError, Database, Empty, Moment};

use crate::ledger::world::{operator, operator_id};
use crate::place::Place;
use crate::world::{
    add_connector, add_credential, at, change, connector, connector_id, credential, started,
    stored_connector, stored_task, task,
};

type Lines = Vec<(String, Vec<u8>)>;

async fn taken_out(moment: &Moment) -> Lines {
    let mut all = Lines::new();
    for table in moment.tables() {
        let mut lines = Vec::new();
        moment.write(table, &mut lines, |_| {}).await.unwrap();
        all.push((table.name.clone(), lines));
    }
    all
}

async fn empty(place: &Place) -> Result<Empty, BackupError> {
    match place {
        Place::File(folder) => Empty::file(&folder.path().join("rollcall.db")).await,
        Place::Server(fresh) => Empty::server(&fresh.url()).await,
    }
}

async fn put_back(place: &Place, schema: &[String], lines: &Lines) -> Result<Database, BackupError> {
    let restore = empty(place).await?.begin(schema).await?;
    for (table, lines) in lines {
        restore.read(table, &mut Cursor::new(lines), |_| {}).await?;
    }
    restore.finish().await
}

/// A connector with a task that runs, its log, and an audit trail; somebody with every kind of column.
async fn filled(place: &Place) -> Database {
    let database = place.open().await;
    add_connector(&database, &connector(1)).await;
    add_credential(&database, &credential(1)).await;
    database.add_task(&task(1)).await.unwrap();
    change(&database, 1, |task| started(task, 1, "h1", at(5))).await;
    database.add_log(&[line("before")]).await.unwrap();
    let writes = [Write::AddOperator(operator(1)), Write::PutSignIn(sign_in())];
    for (number, writes) in [&writes[..], &[]].into_iter().enumerate() {
        let object = Object::new("console", number, "Rollcall");
        let entry = AuditDraft::new(at(1), &Actor::service(), AuditAction::SetUp, object);
        assert_eq!(database.commit(writes, &[entry]).await.unwrap(), Written::Yes);
    }
    let service = ServiceId::new(at(0), [1; 16]);
    let times = (at(0), at(100));
    database
        .hold_leases(&service, &[connector_id(1)], times)
        .await
        .unwrap();
    database
}

/// With a secret of all bytes, and something that is not there.
fn sign_in() -> SignIn {
    SignIn {
        second: Some(SecondFactor {
            secret: SealedSecret((0..=255).collect()),
            last_step: i64::MAX,
            recovery: "ä\n\"".to_owned(),
            confirmed_at: None,
        }),
        ..SignIn::none(operator_id(1))
    }
}

fn line(message: &str) -> LogLine {
    LogLine {
        connector: connector_id(1),
        attempt: None,
        at: at(1),
        level: LogLevel::Info,
        message: message.to_owned(),
        fields: Vec::new(),
    }
}

async fn is_the_same(one: &Database, other: &Database) {
    assert_eq!(stored_connector(one, 1).await, stored_connector(other, 1).await);
    assert_eq!(stored_task(one, 1).await, stored_task(other, 1).await);
    let (a, b) = (one.operators().await.unwrap(), other.operators().await.unwrap());
    assert_eq!(a, b);
    assert_eq!(
        one.sign_in(&a[0].id).await.unwrap(),
        other.sign_in(&a[0].id).await.unwrap()
    );
    let id = connector_id(1);
    assert_eq!(
        one.installation(&id).await.unwrap(),
        other.installation(&id).await.unwrap()
    );
    let credentials = one.credentials(&connector_id(1)).await.unwrap();
    assert_eq!(credentials, other.credentials(&connector_id(1)).await.unwrap());
    let entries = other.audit_after(0, 100).await.unwrap();
    assert_eq!(entries, one.audit_after(0, 100).await.unwrap());
    let mut verifier = Verifier::default();
    for entry in &entries {
        verifier.next(entry).unwrap();
    }
}

/// What comes next does not take the place of what was put back.
async fn goes_on(database: &Database) {
    database.add_log(&[line("after")]).await.unwrap();
    let log = database
        .log(&LogQuery::all(connector_id(1)), LogPage::Newest, 10)
        .await
        .unwrap();
    let said: Vec<&str> = log.iter().map(|entry| entry.line.message.as_str()).collect();
    assert_eq!(said, ["after", "before"]);
    // Nobody has a lease: whoever had it is another service.
    let next = ServiceId::new(at(0), [2; 16]);
    let held = database
        .hold_leases(&next, &[connector_id(1)], (at(1), at(2)))
        .await
        .unwrap();
    assert_eq!(held, [connector_id(1)]);
    let entry = AuditDraft::new(
        at(9),
        &Actor::service(),
        AuditAction::Restored,
        Object::new("backup", "b", "b"),
    );
    assert_eq!(database.commit(&[], &[entry]).await.unwrap(), Written::Yes);
}

async fn from_to(from: &Place, to: &Place) {
    let source = filled(from).await;
    let moment = source.moment().await.unwrap();
    // What is written meanwhile is not in it.
    add_connector(&source, &connector(2)).await;
    let lines = taken_out(&moment).await;
    let target = put_back(to, moment.schema(), &lines).await.unwrap();
    assert_eq!(target.connectors().await.unwrap(), [connector(1)]);
    is_the_same(&source, &target).await;
    let again = target.moment().await.unwrap();
    assert_eq!(taken_out(&again).await, lines);
    drop(again);
    goes_on(&target).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_file_to_a_file() {
    from_to(&Place::file(), &Place::file()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
async fn from_a_file_to_a_server() {
    from_to(&Place::file(), &Place::server().await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs ROLLCALL_TEST_POSTGRES"]
async fn from_a_server_to_a_file() {
    from_to(&Place::server().await, &Place::file()).await;
}

pub(crate) async fn what_is_not_empty_is_refused_and_stays(place: &Place) {
    let database = filled(place).await;
    let before = taken_out(&database.moment().await.unwrap()).await;
    let refused = empty(place).await.unwrap_err();
    assert!(matches!(&refused, BackupError::NotEmpty { .. }), "{refused}");
    assert_eq!(taken_out(&database.moment().await.unwrap()).await, before);
}

pub(crate) async fn tables_of_somebody_else_are_refused(place: &Place) {
    place.execute("CREATE TABLE parcels (id text)").await;
    let refused = empty(place).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the database is not empty: there is something in `parcels`"
    );
}

pub(crate) async fn what_breaks_off_leaves_nothing_and_can_be_done_again(place: &Place) {
    let source = Place::file();
    let source = filled(&source).await;
    let moment = source.moment().await.unwrap();
    let mut lines = taken_out(&moment).await;
    let whole = lines.clone();
    let (table, text) = lines.last_mut().unwrap();
    let table = table.clone();
    text.extend_from_slice(b"[1]\n");
    let broken = put_back(place, moment.schema(), &lines).await.unwrap_err();
    assert!(
        matches!(&broken, BackupError::Line { table: named, .. } if *named == table),
        "{broken}"
    );
    let target = put_back(place, moment.schema(), &whole).await.unwrap();
    is_the_same(&source, &target).await;
}

/// As they were before the newest migration, which gave two tables one more column.
fn before_types(lines: &[u8]) -> Vec<u8> {
    let rows = serde_json::Deserializer::from_slice(lines).into_iter::<Vec<serde_json::Value>>();
    let mut rows: Vec<_> = rows.map(Result::unwrap).collect();
    if rows[0].last().is_some_and(|column| column == "read_types") {
        for row in &mut rows {
            row.pop();
        }
    }
    let lines = rows.iter().map(|row| serde_json::to_string(row).unwrap() + "\n");
    lines.collect::<String>().into_bytes()
}

pub(crate) async fn an_older_one_is_brought_up_to_date(place: &Place) {
    let source = Place::file();
    let source = filled(&source).await;
    let moment = source.moment().await.unwrap();
    let lines = taken_out(&moment).await;
    let (_, older) = moment.schema().split_last().unwrap();
    let lines = lines
        .iter()
        .map(|(table, lines)| (table.clone(), before_types(lines)));
    let target = put_back(place, older, &lines.collect()).await.unwrap();
    is_the_same(&source, &target).await;
    goes_on(&target).await;
}

#[tokio::test]
async fn a_newer_one_is_refused() {
    let place = Place::file();
    let schema = ["m1_begin".to_owned(), "m99_more".to_owned()];
    let refused = put_back(&place, &schema, &Lines::new()).await.unwrap_err();
    assert!(matches!(refused, BackupError::Newer));
    assert!(!store::is_known(&[]));
}
