use super::*;
use crate::field::{Export, Kind};

/// One line for each flag: name, short form, kind and default, whether the help hides it, who sees it exported.
fn table() -> String {
    let mut lines: Vec<String> = common().map(line).collect();
    lines.sort();
    lines.join("\n")
}

fn line(field: &Field) -> String {
    let short = field.short.map(String::from).unwrap_or_default();
    let kind = match field.kind {
        Kind::Text { default, .. } => format!("string {default}"),
        Kind::Secret => "string ".to_owned(),
        Kind::Switch => "bool false".to_owned(),
        Kind::Number { default, .. } => format!("int {default}"),
        Kind::List => "list ".to_owned(),
    };
    let hidden = if field.section.is_none() { "yes" } else { "" };
    let export = if field.export == Export::Operator {
        "ops"
    } else {
        ""
    };
    [field.name, &short, &field.variable(), &kind, hidden, export].join(" | ")
}

#[test]
fn the_table_of_flags_is_a_contract() {
    insta::assert_snapshot!(table());
}

#[test]
fn no_two_flags_share_a_name_or_letter() {
    let mut names: Vec<String> = common().map(|field| field.name.to_owned()).collect();
    names.extend(common().filter_map(|field| field.short).map(String::from));
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}
