use proptest::prelude::*;

use super::*;

fn queries() -> impl Strategy<Value = TableQuery> {
    let key = "[a-z][a-z0-9_.-]{0,12}".prop_filter("has a meaning of its own", |key: &String| {
        !["q", "sort", "dir", "page", "per", "col"].contains(&key.as_str())
    });
    let sort = proptest::option::of(("[a-z]{1,8}", any::<bool>()));
    let text = "\\PC{0,40}".prop_map(|text| text.trim().to_owned());
    let values = proptest::collection::btree_set("\\PC{1,20}", 1..5);
    let filters = proptest::collection::btree_map(key, values, 0..5);
    let columns = proptest::collection::btree_set("[a-z]{1,8}", 0..5);
    let per = proptest::sample::select(PAGE_SIZES.to_vec());
    let parts = (text, sort, 1..=LAST_PAGE, per, columns, filters);
    parts.prop_map(|(q, sort, page, per, columns, filters)| TableQuery {
        q,
        sort: sort.map(|(key, descending)| Sort { key, descending }),
        page,
        per,
        columns,
        filters,
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(query in queries()) {
        prop_assert_eq!(TableQuery::parse(&query.to_query()), query.clone());
        prop_assert_eq!(TableQuery::parse(&query.href()), query);
    }

    #[test]
    fn whatever_stands_in_the_address_is_read_and_bounded(text in "\\PC{0,300}") {
        let query = TableQuery::parse(&text);
        prop_assert!(PAGE_SIZES.contains(&query.per));
        prop_assert!((1..=LAST_PAGE).contains(&query.page));
        prop_assert_eq!(TableQuery::parse(&query.to_query()), query);
    }

    #[test]
    fn a_value_chosen_twice_is_as_if_never(query in queries(), value in "[a-z]{1,8}") {
        let twice = query.toggling("status", &value).toggling("status", &value);
        prop_assert_eq!(twice, query.on_page(1));
    }
}

#[test]
fn what_makes_no_sense_is_left_out() {
    let odd = "page=-3&per=7&sort=a%20b&col=%00&dir=sideways&status=&=x&%3Cscript%3E=1";
    assert_eq!(TableQuery::parse(odd), TableQuery::default());
}

#[test]
fn what_is_too_much_is_left_out() {
    let many: Vec<String> = (0..200).map(|number| format!("k{number}=1")).collect();
    assert_eq!(TableQuery::parse(&many.join("&")).filters.len(), MOST_KEYS);
    let values: Vec<String> = (0..200).map(|number| format!("k={number}")).collect();
    assert_eq!(
        TableQuery::parse(&values.join("&")).values("k").count(),
        MOST_VALUES
    );
    let long = format!("q={}", "x".repeat(LONGEST_QUERY));
    assert_eq!(TableQuery::parse(&long), TableQuery::default());
}

#[test]
fn sorting_goes_up_then_down_then_back() {
    let query = TableQuery::parse("page=3&status=error");
    let up = query.sorted_by("name");
    assert_eq!(up.to_query(), "status=error&sort=name");
    let down = up.sorted_by("name");
    assert_eq!(down.to_query(), "status=error&sort=name&dir=desc");
    assert_eq!(down.sorted_by("name").to_query(), "status=error");
    assert_eq!(down.sorted_by("owner").to_query(), "status=error&sort=owner");
}

#[test]
fn a_page_has_its_place() {
    let query = TableQuery::parse("page=3&per=25");
    assert_eq!((query.offset(), query.limit()), (50, 25));
}
