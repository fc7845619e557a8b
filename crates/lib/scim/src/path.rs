//! Attributes, as filters and patches name them.

use crate::filter::{Filter, InvalidFilter};

/// The most bytes of one.
const LONGEST: usize = 500;

/// An attribute, in small letters: `emails[type eq "work"].value` has a filter and a part of what it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The attribute.
    pub attribute: String,
    /// Which of its values.
    pub which: Option<Filter>,
    /// Which part of them.
    pub part: Option<String>,
}

/// A text that names no attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of an attribute")]
pub struct InvalidPath;

impl Path {
    /// Reads one. The name of the schema before it, which ends with a colon, says nothing new.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, InvalidPath> {
        if text.len() > LONGEST {
            return Err(InvalidPath);
        }
        let (name, rest) = match text.split_once('[') {
            Some((name, rest)) => (name, Some(rest)),
            None => (text, None),
        };
        let name = without_schema(name);
        let Some(rest) = rest else {
            let (attribute, part) = parts(name)?;
            return Ok(Self {
                attribute,
                which: None,
                part,
            });
        };
        let (which, part) = rest.rsplit_once(']').ok_or(InvalidPath)?;
        let which = Filter::parse(which).map_err(|InvalidFilter| InvalidPath)?;
        let part = match part {
            "" => None,
            part => Some(word(part.strip_prefix('.').ok_or(InvalidPath)?)?),
        };
        Ok(Self {
            attribute: word(name)?,
            which: Some(which),
            part,
        })
    }

    /// Whether it is this one, such as `name.givenname`.
    pub fn is(&self, attribute: &str, part: Option<&str>) -> bool {
        self.attribute == attribute && self.part.as_deref() == part
    }
}

/// Schemas have colons and dots in their names, attributes neither before their parts.
fn without_schema(text: &str) -> &str {
    let is_schema = text.get(..4).is_some_and(|urn| urn.eq_ignore_ascii_case("urn:"));
    match text.rsplit_once(':') {
        Some((_, name)) if is_schema => name,
        _ => text,
    }
}

fn parts(text: &str) -> Result<(String, Option<String>), InvalidPath> {
    match text.split_once('.') {
        Some((attribute, part)) => Ok((word(attribute)?, Some(word(part)?))),
        None => Ok((word(text)?, None)),
    }
}

fn word(text: &str) -> Result<String, InvalidPath> {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '$';
    let fits = text.starts_with(is_first)
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "$-_".contains(c));
    fits.then(|| text.to_ascii_lowercase()).ok_or(InvalidPath)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn attributes_have_parts_filters_and_schemas() {
        let plain = Path::parse("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName").unwrap();
        assert!(plain.is("name", Some("givenname")));
        let chosen = Path::parse(r#"emails[type eq "work"].value"#).unwrap();
        assert!(chosen.is("emails", Some("value")) && chosen.which.is_some());
        let member = Path::parse(r#"members[value eq "a]b"]"#).unwrap();
        assert_eq!(member.which.unwrap().terms[0].value, "a]b");
        assert!(Path::parse("Active").unwrap().is("active", None));
    }

    #[test]
    fn what_names_nothing_is_refused() {
        for text in [
            "",
            ".",
            "a.",
            "a[",
            "a[]",
            "a[b eq 1].",
            "a b",
            "1a",
            "a[b eq \"c\"]d",
            "é",
        ] {
            assert_eq!(Path::parse(text), Err(InvalidPath), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = Path::parse(&text);
        }

        #[test]
        fn whatever_looks_like_one_is_read_or_refused(text in "[a-z.:\\[\\]\" eq]{0,40}") {
            let _ = Path::parse(&text);
        }
    }
}
