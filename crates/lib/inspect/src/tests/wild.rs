//! Whatever a record holds, the screen stays whole.

use c1z::SyncKind;
use model::Grant;
use proptest::prelude::*;

use super::*;
use crate::Held;
use crate::fixture::{Records, user};
use crate::text::width;

/// Tame and wild: escape sequences, direction marks, wide and combining letters, and very long texts.
fn text() -> impl Strategy<Value = String> {
    let marks = "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}a-c]{0,12}";
    let wide = "[\u{4e00}-\u{4e20}\u{1f600}-\u{1f640}\u{300}-\u{310}\u{fe0f}\u{200d} x]{0,40}";
    prop_oneof![
        any::<String>(),
        marks,
        wide,
        Just("endless ".repeat(2000)),
        Just("x".repeat(5000))
    ]
}

fn company_with(name: &str, email: &str, id: &str) -> Records {
    let mut records = Records::company();
    let id = if id.is_empty() { "u" } else { id };
    let somebody = user(id, name, email, None);
    let role = records
        .resources
        .iter()
        .find(|resource| resource.id.object.as_str() == "r-dns")
        .unwrap()
        .clone();
    records
        .grants
        .push(Grant::new(role.into(), "member", somebody.id.clone()));
    records.resources.push(somebody);
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_name_breaks_a_line(name in text(), email in text(), id in text(), columns in 10_usize..160) {
        let file = File::new().with(&SyncKind::Full, &company_with(&name, &email, &id));
        let look = Look { width: Some(columns), ..TERMINAL };
        let topics = [
            Topic::Resources(None),
            Topic::Resources(Some("user".into())),
            Topic::Grants(Held::default()),
            Topic::Principals(Held::default()),
            Topic::Access("user:carol".to_owned()),
            Topic::Findings,
        ];
        let mut answers = vec![overview(&file, look)];
        for topic in topics {
            let said = put(&question(&file.path(), topic), look);
            prop_assert!(said.result.is_ok(), "{:?}", said.result);
            answers.push(said.out);
        }
        for line in answers.iter().flat_map(|answer| answer.lines()) {
            prop_assert!(width(line) <= columns, "{} > {columns}: {line:?}", width(line));
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}
