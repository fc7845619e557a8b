use super::*;
use crate::Form;

fn export(file: &File, form: Form, name: &str) -> std::path::PathBuf {
    let out = file.beside(name);
    let said = ask(
        &file.path(),
        Topic::Export {
            form,
            out: out.clone(),
        },
    );
    said.result.unwrap();
    assert_eq!(said.out, "");
    out
}

#[test]
fn csv_has_the_readers_columns_and_rows() {
    let file = File::of_company();
    let out = export(&file, Form::Csv, "out.csv");
    insta::assert_snapshot!(std::fs::read_to_string(out).unwrap());
}

#[test]
fn csv_reads_back_row_by_row() {
    let file = File::of_company();
    let mut reader = csv::Reader::from_path(export(&file, Form::Csv, "out.csv")).unwrap();
    assert_eq!(reader.headers().unwrap(), crate::export::COLUMNS.as_slice());
    let kinds: Vec<String> = reader
        .records()
        .map(|record| record.unwrap()[0].to_owned())
        .collect();
    let number = |kind: &str| kinds.iter().filter(|other| *other == kind).count();
    assert_eq!(
        (number("Identity"), number("Entitlement"), number("Grant")),
        (9, 6, 9)
    );
}

#[test]
fn a_workbook_is_written() {
    let file = File::of_company();
    assert!(
        std::fs::read(export(&file, Form::Xlsx, "out.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
}
