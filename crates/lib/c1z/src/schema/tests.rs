use super::*;

#[test]
fn making_everything_twice_changes_nothing() {
    let db = Connection::open_in_memory().unwrap();
    let dump = |db: &Connection| -> Vec<String> {
        let mut statement = db.prepare("SELECT name FROM sqlite_schema").unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    };
    let make = || {
        create_tables(&db).unwrap();
        add_missing_columns(&db).unwrap();
        create_first_indexes(&db).unwrap();
        create_reading_indexes(&db).unwrap();
        create_expansion_indexes(&db).unwrap();
    };
    make();
    let first = dump(&db);
    assert_eq!(first.len(), 7 + 16);
    assert_eq!(first[..7], TABLES);
    make();
    assert_eq!(dump(&db), first);
    assert!(is_sealed(&db).unwrap());
    drop_large_indexes(&db).unwrap();
    assert_eq!(dump(&db).len(), 7 + 10);
    assert!(!is_sealed(&db).unwrap());
}
