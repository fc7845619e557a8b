use super::guard::guard;
use super::*;

#[test]
fn formulas_are_defused() {
    for text in ["=1+1", "+1", "-1", "@SUM(A1)"] {
        assert_eq!(guard(text), format!("'{text}"));
    }
    assert_eq!(guard("\t=1"), "' =1");
    assert_eq!(guard("\r=1"), "' =1");
    assert_eq!(guard("Ada"), "Ada");
    assert_eq!(guard(""), "");
}

#[test]
fn a_sheet_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    let row: Row = std::array::from_fn(|index| format!("cell {index}"));
    sheet::write(std::iter::once(Ok(row)), &path).unwrap();
    assert!(std::fs::read(path).unwrap().starts_with(b"PK"));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let error = table::write(std::iter::empty(), Path::new("/nonexistent/out.csv")).unwrap_err();
    assert_eq!(error.code(), "inspect-export");
    assert!(error.to_string().contains("/nonexistent/out.csv"));
}
