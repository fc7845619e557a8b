use std::path::Path;

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;
use crate::field::Field;

const FIELDS: &[Field] = &[
    Field::text_or("text", "default", ""),
    Field::secret("secret", ""),
    Field::switch("switch", ""),
    Field::number("number", 7, ""),
    Field::list("list", ""),
];

/// What each source gives for one setting; nothing where `None`.
type Given = [Option<String>; 3];

fn merged(field: usize, given: &Given) -> (Values, &'static str) {
    let field = &FIELDS[field];
    let [flag, variable, file] = given;
    let folder = tempfile::TempDir::new().unwrap();
    if let Some(text) = file {
        let text = if field.kind == crate::field::Kind::List {
            format!("'{text}'")
        } else {
            text.clone()
        };
        std::fs::write(
            folder.path().join(".baton.yml"),
            format!("{}: {text}\n", field.name),
        )
        .unwrap();
    }
    let arguments = flag.iter().map(|text| format!("--{}={text}", field.name));
    let command = clap::Command::new("x").no_binary_name(true).args(arguments_of());
    let matches = command.get_matches_from(arguments);
    let environment = variable
        .iter()
        .map(|text| (field.variable(), text.clone()))
        .collect();
    let file = locate_file(&environment, folder.path()).unwrap();
    let file = file
        .map(|path| read_file(FIELDS, &path).unwrap())
        .unwrap_or_default();
    let layers = [
        read_flags(FIELDS, &matches),
        read_environment(FIELDS, &environment),
        file.layer,
    ];
    let (values, problems) = merge(FIELDS, &layers);
    assert_eq!(problems, []);
    (values, field.name)
}

fn arguments_of() -> impl Iterator<Item = clap::Arg> {
    arguments(FIELDS, false)
}

/// The value as text, whatever its kind.
fn shown(values: &Values, name: &str) -> String {
    match name {
        "text" => values.text(name).to_owned(),
        "secret" => values
            .secret(name)
            .map(|secret| secret.expose_secret().to_owned())
            .unwrap_or_default(),
        "switch" => values.switch(name).to_string(),
        "number" => values.number(name).to_string(),
        _ => values.list(name).join(","),
    }
}

fn text_for(field: usize) -> BoxedStrategy<String> {
    match FIELDS[field].name {
        "switch" => prop_oneof![Just("true".to_owned()), Just("false".to_owned())].boxed(),
        "number" => (-1000_i64..1000).prop_map(|number| number.to_string()).boxed(),
        _ => "[a-z0-9]{1,12}"
            .prop_filter("YAML's word for nothing", |text| text != "null")
            .boxed(),
    }
}

fn any_setting() -> impl Strategy<Value = (usize, Given)> {
    (0..FIELDS.len()).prop_flat_map(|field| {
        let source = || proptest::option::of(text_for(field));
        (Just(field), [source(), source(), source()])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flag_comes_before_environment_before_file_before_default((field, given) in any_setting()) {
        let (values, name) = merged(field, &given);
        let defaults = ["default", "", "false", "7", ""];
        let expected = given.iter().flatten().next().map_or(defaults[field], String::as_str);
        prop_assert_eq!(shown(&values, name), expected);
        let first = given.iter().position(Option::is_some);
        let origin = match values.origin(name) {
            Origin::Flag(_) => Some(0),
            Origin::Variable(_) => Some(1),
            Origin::File { .. } => Some(2),
            Origin::Default => None,
        };
        prop_assert_eq!(origin, first);
    }
}

#[test]
fn files_keep_digits_as_text_and_take_lists_both_ways() {
    let file = |text: &str| {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join(".baton");
        std::fs::write(&path, text).unwrap();
        merge(FIELDS, &[read_file(FIELDS, &path).unwrap().layer]).0
    };
    let values = file(
        "TEXT: 00012345678901234567890123456789e1\nsecret: 12\nswitch: true\nnumber: -1\nlist: [a, 1]\n",
    );
    assert_eq!(values.text("text"), "00012345678901234567890123456789e1");
    assert_eq!(values.secret("secret").unwrap().expose_secret(), "12");
    assert!(values.switch("switch"));
    assert_eq!(
        (values.number("number"), values.list("list")),
        (-1, &["a".to_owned(), "1".to_owned()][..])
    );
    let values = file(r#"{"list": "a, b", "text": null}"#);
    assert_eq!(
        (values.list("list").len(), values.text("text")),
        (2, "default"),
        "JSON is YAML; null is nothing"
    );
}

#[test]
fn any_known_ending_is_found_in_the_folder_and_none_besides() {
    let folder = tempfile::TempDir::new().unwrap();
    let found = |folder: &Path| locate_file(&Environment::new(), folder).unwrap();
    std::fs::write(folder.path().join(".baton.txt"), "").unwrap();
    assert_eq!(found(folder.path()), None);
    for ending in ["", ".ini", ".yml", ".yaml", ".json"] {
        let path = folder.path().join(format!(".baton{ending}"));
        std::fs::write(&path, "").unwrap();
        assert_eq!(
            found(folder.path()),
            Some(path),
            "each of these comes before the last one"
        );
    }
}

#[test]
fn secrets_are_not_printed() {
    let environment = Environment::from([("BATON_SECRET".to_owned(), "hush".to_owned())]);
    let layer = read_environment(FIELDS, &environment);
    let (values, _) = merge(FIELDS, std::slice::from_ref(&layer));
    assert!(!format!("{layer:?} {values:?}").contains("hush"));
}

#[test]
fn switches_and_lists_on_the_command_line() {
    let read = |arguments: &[&str]| {
        let command = clap::Command::new("x").no_binary_name(true).args(arguments_of());
        let matches = command.try_get_matches_from(arguments).unwrap();
        merge(FIELDS, &[read_flags(FIELDS, &matches)]).0
    };
    assert!(read(&["--switch"]).switch("switch"));
    assert!(
        !read(&["--switch", "--switch=false"]).switch("switch"),
        "the last one counts"
    );
    assert_eq!(
        read(&["--list", "a,b", "--list=c"]).list("list").join(" "),
        "a b c"
    );
    assert_eq!(read(&["--number", "-1"]).number("number"), -1);
    assert_eq!(
        read(&["--text", "--switch"]).text("text"),
        "--switch",
        "a value may look like a flag"
    );
}

#[test]
fn commas_inside_a_json_object_separate_nothing() {
    let texts = split(r#"age1a, {"kty":"OKP","x":{"a":1,"b":2}} ,,age1b}"#);
    assert_eq!(texts, ["age1a", r#"{"kty":"OKP","x":{"a":1,"b":2}}"#, "age1b}"]);
}
