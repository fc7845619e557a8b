//! What the check of a file's inside finds.

use std::path::Path;

use crate::raw::{connect, pack};
use crate::world::{read, sync, world};

fn findings(path: &Path) -> Vec<String> {
    let mut findings = Vec::new();
    c1z::check(&read(path), |finding| findings.push(finding.problem.to_string())).unwrap();
    findings
}

#[test]
fn a_file_of_ours_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(20));
    sync(&path, 2, &world(30));
    assert_eq!(findings(&path), Vec::<String>::new());
}

#[test]
fn what_does_not_fit_together_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.c1z");
    sync(&path, 1, &world(4));
    let db = connect(&path, folder.path());
    db.execute_batch(
        "DELETE FROM v1_resources WHERE external_id = 'user:u3';
         DELETE FROM v1_entitlements WHERE resource_type_id = 'role';
         DELETE FROM v1_resource_types WHERE external_id = 'group';
         UPDATE v1_resources SET external_id = 'user:other' WHERE external_id = 'user:u4';
         UPDATE v1_resources SET parent_resource_type_id = 'org', parent_resource_id = 'o1' WHERE external_id = 'user:u1';
         UPDATE v1_resources SET data = x'ff' WHERE external_id = 'user:u2';",
    )
    .unwrap();
    drop(db);
    pack(&folder.path().join("unpacked.db"), &path);
    insta::assert_snapshot!(findings(&path).join("\n"));
}
