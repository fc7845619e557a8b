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

fn refused(file: &File, out: std::path::PathBuf) -> String {
    let before = std::fs::read(file.path()).unwrap();
    let error = ask(&file.path(), Topic::Export { form: Form::Csv, out })
        .result
        .unwrap_err();
    assert_eq!(std::fs::read(file.path()).unwrap(), before);
    assert_eq!(error.hint(), "choose another place with --out");
    error.code().to_owned()
}

#[test]
fn the_file_that_is_read_is_never_written_over() {
    let file = File::of_company();
    let hard = file.beside("hard.csv");
    std::fs::hard_link(file.path(), &hard).unwrap();
    for out in [file.path(), file.beside(".").join("sync.c1z"), hard] {
        assert_eq!(refused(&file, out), "inspect-export-over-source");
    }
    #[cfg(unix)]
    {
        let soft = file.beside("soft.csv");
        std::os::unix::fs::symlink(file.path(), &soft).unwrap();
        assert_eq!(refused(&file, soft), "inspect-export-over-source");
    }
}

#[test]
fn no_other_c1z_is_written_over() {
    let file = File::of_company();
    for (name, magic) in [("one.csv", b"C1ZF\0..."), ("three.csv", b"C1Z3\0...")] {
        std::fs::write(file.beside(name), magic).unwrap();
        assert_eq!(refused(&file, file.beside(name)), "inspect-export-over-c1z");
    }
}

#[test]
fn an_export_replaces_an_earlier_one_and_leaves_nothing_beside_it() {
    let file = File::of_company();
    std::fs::write(file.beside("out.csv"), "earlier").unwrap();
    let out = export(&file, Form::Csv, "out.csv");
    assert!(std::fs::read_to_string(&out).unwrap().starts_with("Type,"));
    let names = std::fs::read_dir(out.parent().unwrap()).unwrap();
    let left = names.filter(|name| {
        let name = name.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with(".rollcall-export-")
    });
    assert_eq!(left.count(), 0);
}
