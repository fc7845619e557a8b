use super::*;

const NARROW: Look = Look {
    width: Some(40),
    colour: false,
    unicode: true,
};

fn people() -> Vec<Vec<Cell>> {
    vec![
        vec![
            "Ada Lovelace".into(),
            "ada@example.com".into(),
            "7".into(),
            "023e105f4ecef8ad".into(),
        ],
        vec![
            "山田 太郎".into(),
            Cell::or_dash(""),
            "1200".into(),
            "01a7362d577a6c3019".into(),
        ],
    ]
}

fn drawn(look: Look, last: Column) -> String {
    let columns = [
        Column::name("Name"),
        Column::detail("E-mail"),
        Column::number("Roles"),
        last,
    ];
    let mut out = Vec::new();
    let mut table = Table::new(&mut out, look, columns);
    for row in people() {
        table.row(row).unwrap();
    }
    table.finish().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn is_whole_in_a_file() {
    insta::assert_snapshot!(drawn(Look::PLAIN, Column::id("ID")));
}

#[test]
fn shortens_details_before_names_and_ids_last() {
    insta::assert_snapshot!(drawn(
        Look {
            width: Some(60),
            ..NARROW
        },
        Column::id("ID")
    ));
    insta::assert_snapshot!(drawn(NARROW, Column::id("ID")));
}

#[test]
fn leaves_out_what_is_useless_in_part() {
    insta::assert_snapshot!(drawn(NARROW, Column::extra("ID")));
}

#[test]
fn colours_only_where_told() {
    let look = Look {
        colour: true,
        ..NARROW
    };
    assert!(drawn(look, Column::id("ID")).contains("\u{1b}[1mName\u{1b}[0m"));
    assert!(!drawn(NARROW, Column::id("ID")).contains('\u{1b}'));
}

#[test]
fn writes_nothing_without_rows() {
    let mut out = Vec::new();
    let written = Table::new(&mut out, NARROW, [Column::name("Name")])
        .finish()
        .unwrap();
    assert_eq!(written.rows, 0);
    assert!(out.is_empty());
}

proptest::proptest! {
    #[test]
    fn no_record_breaks_the_width(
        rows in proptest::collection::vec(proptest::collection::vec(proptest::prelude::any::<String>(), 4), 1..20),
        width in 1_usize..120,
        unicode in proptest::prelude::any::<bool>(),
    ) {
        let look = Look { width: Some(width), colour: false, unicode };
        let columns = [Column::name("Name"), Column::detail("E-mail"), Column::extra("Note"), Column::id("ID")];
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, look, columns);
        for row in &rows {
            table.row(row.iter().map(|text| Cell::from(text.as_str())).collect::<Vec<_>>()).unwrap();
        }
        table.finish().unwrap();
        let drawn = String::from_utf8(out).unwrap();
        proptest::prop_assert_eq!(drawn.lines().count(), rows.len() + 2);
        for line in drawn.lines() {
            proptest::prop_assert!(text::width(line) <= width, "{:?}", line);
            proptest::prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
        }
    }
}
