//! The configuration file as a source of settings: YAML, whatever its name ends in.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Environment, Layer, Origin, Raw};
use crate::field::{Field, Kind};
use crate::problem::Problem;

/// Endings that a `.baton` file may have, in the order in which they are tried; none is last.
const ENDINGS: [&str; 13] = [
    ".json",
    ".toml",
    ".yaml",
    ".yml",
    ".properties",
    ".props",
    ".prop",
    ".hcl",
    ".tfvars",
    ".dotenv",
    ".env",
    ".ini",
    "",
];

/// What a file gives, and the keys in it that mean nothing here.
#[derive(Default)]
pub(crate) struct FileLayer {
    pub(crate) layer: Layer,
    pub(crate) unknown: Vec<String>,
}

/// Finds the file: the one that `BATON_CONFIG_PATH` names, else `.baton` with any known ending in `folder`.
pub(crate) fn locate(environment: &Environment, folder: &Path) -> Result<Option<PathBuf>, Problem> {
    match environment
        .get(super::CONFIG_PATH)
        .filter(|path| !path.is_empty())
    {
        Some(path) => named(folder, path).map(Some),
        None => Ok(ENDINGS
            .iter()
            .map(|ending| folder.join(format!(".baton{ending}")))
            .find(|path| path.is_file())),
    }
}

fn named(folder: &Path, path: &str) -> Result<PathBuf, Problem> {
    let known = Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    if known {
        return Ok(folder.join(path));
    }
    Err(
        Problem::new("expected config file to have .yaml or .yml extension")
            .given_by(&Origin::Variable(super::CONFIG_PATH.to_owned()))
            .hint(format!("rename {path}, or name another file")),
    )
}

/// Reads a file.
pub(crate) fn read(fields: &[Field], path: &Path) -> Result<FileLayer, Problem> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => {
                format!(
                    "correct {}, or remove it from the environment",
                    super::CONFIG_PATH
                )
            }
            _ => "make the file one that this program may read as text, or move it away".to_owned(),
        };
        Problem::new(format!("cannot read the configuration file {name}: {error}")).hint(hint)
    })?;
    if text.trim().is_empty() {
        return Ok(FileLayer::default());
    }
    let seed = Settings {
        fields,
        path: name.to_string(),
    };
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::with_deserializer_from_str_with_options(&text, options, |yaml| seed.deserialize(yaml))
        .map_err(|error| malformed(&name.to_string(), &error))
}

/// The parser's words name the place; its advice for programmers is replaced.
fn malformed(name: &str, error: &serde_saphyr::Error) -> Problem {
    let place = error
        .location()
        .map(|place| format!(", line {}, column {}", place.line(), place.column()));
    let reason = match error.without_snippet() {
        serde_saphyr::Error::DuplicateMappingKey { .. } => {
            format!("the key is given twice{}", place.unwrap_or_default())
        }
        other => other.to_string(),
    };
    Problem::new(format!("the configuration file {name} is not valid: {reason}"))
        .hint("write one `flag-name: value` a line, as YAML; lists as `[a, b]`")
}

/// Reads the whole file: a map from names of settings to scalars or lists.
struct Settings<'a> {
    fields: &'a [Field],
    path: String,
}

impl<'de> DeserializeSeed<'de> for Settings<'_> {
    type Value = FileLayer;

    fn deserialize<D: Deserializer<'de>>(self, yaml: D) -> Result<FileLayer, D::Error> {
        yaml.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Settings<'_> {
    type Value = FileLayer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings as `flag-name: value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FileLayer, A::Error> {
        let mut found = FileLayer::default();
        while let Some(key) = map.next_key::<String>()? {
            let Some(field) = self.fields.iter().find(|field| field.name == key.to_lowercase()) else {
                map.next_value::<IgnoredAny>()?;
                found.unknown.push(key);
                continue;
            };
            let origin = Origin::File {
                path: self.path.clone(),
                key: field.name,
            };
            if let Some(raw) = map.next_value_seed(Scalar(field.kind))? {
                found.layer.insert(field.name, (raw, origin));
            }
        }
        Ok(found)
    }
}

/// Reads one value as text, whatever YAML would take it for: an account id of digits is not a number.
struct Scalar(Kind);

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<Raw>;

    fn deserialize<D: Deserializer<'de>>(self, yaml: D) -> Result<Self::Value, D::Error> {
        if self.0 == Kind::List {
            return yaml.deserialize_any(Several).map(Some);
        }
        let text = <Option<String> as serde::Deserialize>::deserialize(yaml)?;
        Ok(text
            .filter(|text| !text.is_empty())
            .map(|text| Raw::new(text, self.0)))
    }
}

/// Reads a list, or a text with commas.
struct Several;

impl<'de> Visitor<'de> for Several {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or a text with commas, in quotation marks when it is a number")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Texts(super::value::split(text)))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Texts(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = items.next_element::<String>()? {
            texts.push(text);
        }
        Ok(Raw::Texts(texts))
    }
}
