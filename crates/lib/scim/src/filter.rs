//! Filters: attributes that equal something, with `and` between them.

use crate::path::Path;

/// The most bytes of a filter.
const LONGEST: usize = 2_000;
/// The most comparisons in one.
const MOST: usize = 10;

/// All of these have to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The comparisons, one at least.
    pub terms: Vec<Term>,
}

/// An attribute equals something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The attribute.
    pub path: Path,
    /// What it equals.
    pub value: String,
}

/// A filter that is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a filter here is one or more of `attribute eq \"value\"` with `and` between them")]
pub struct InvalidFilter;

impl Filter {
    /// Reads one.
    ///
    /// # Errors
    /// When it is none, or has another comparison than `eq`.
    pub fn parse(text: &str) -> Result<Self, InvalidFilter> {
        if text.len() > LONGEST {
            return Err(InvalidFilter);
        }
        let mut terms = Vec::new();
        let mut rest = text.trim();
        loop {
            let (term, after) = term(rest)?;
            terms.push(term);
            if after.is_empty() {
                return Ok(Self { terms });
            }
            let (and, after) = after.split_once(' ').ok_or(InvalidFilter)?;
            if !and.eq_ignore_ascii_case("and") || terms.len() == MOST {
                return Err(InvalidFilter);
            }
            rest = after.trim_start();
        }
    }
}

/// A comparison, and what comes after it.
fn term(text: &str) -> Result<(Term, &str), InvalidFilter> {
    let (path, rest) = named(text)?;
    let (operator, rest) = rest.trim_start().split_once(' ').ok_or(InvalidFilter)?;
    if !operator.eq_ignore_ascii_case("eq") {
        return Err(InvalidFilter);
    }
    let (value, rest) = value(rest.trim_start())?;
    let is_apart = rest.is_empty() || rest.starts_with(' ');
    is_apart
        .then(|| (Term { path, value }, rest.trim()))
        .ok_or(InvalidFilter)
}

/// The attribute at the beginning. One in brackets has spaces of its own, and none of those is in others.
fn named(text: &str) -> Result<(Path, &str), InvalidFilter> {
    let space = text.find(' ').ok_or(InvalidFilter)?;
    let end = match text.find('[') {
        Some(open) if open < space => {
            let close = text.find("\"]").ok_or(InvalidFilter)? + 2;
            let after = text.get(close..).ok_or(InvalidFilter)?;
            close + after.find(' ').ok_or(InvalidFilter)?
        }
        _ => space,
    };
    let (path, rest) = text.split_at_checked(end).ok_or(InvalidFilter)?;
    // Brackets in brackets would be read for ever deeper.
    if path.matches('[').count() > 1 {
        return Err(InvalidFilter);
    }
    Path::parse(path)
        .map(|path| (path, rest))
        .map_err(|_| InvalidFilter)
}

/// A text in quotes as JSON has them, or a word without.
fn value(text: &str) -> Result<(String, &str), InvalidFilter> {
    if !text.starts_with('"') {
        let end = text.find(' ').unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).ok_or(InvalidFilter)?;
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
        return is_word.then(|| (word.to_owned(), rest)).ok_or(InvalidFilter);
    }
    let mut texts = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let value = texts.next().and_then(Result::ok).ok_or(InvalidFilter)?;
    let rest = text.get(texts.byte_offset()..).ok_or(InvalidFilter)?;
    Ok((value, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<(String, String)> {
        let filter = Filter::parse(text).unwrap();
        let names = filter.terms.into_iter().map(|term| {
            let path = term.path;
            (path.attribute + "." + &path.part.unwrap_or_default(), term.value)
        });
        names.collect()
    }

    #[test]
    fn what_directories_ask_is_understood() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            terms(r#"userName eq "ada@example.com""#),
            [pair("username.", "ada@example.com")]
        );
        assert_eq!(
            terms(r#"externalId EQ "a \"b\" and c" AND active eq true"#),
            [pair("externalid.", "a \"b\" and c"), pair("active.", "true")]
        );
        assert_eq!(
            terms(r#"emails[type eq "work"].value eq "ada@example.com""#),
            [pair("emails.value", "ada@example.com")]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "",
            "userName",
            "userName eq",
            r#"userName sw "a""#,
            r#"userName eq "a" or id eq "b""#,
            r#"userName eq "a""b""#,
            r#"userName eq "a"#,
            r#"(userName eq "a")"#,
            r#"a[a[a eq "b"] eq "c"] eq "d""#,
        ] {
            assert_eq!(Filter::parse(text), Err(InvalidFilter), "{text}");
        }
        let many = [r#"id eq "a""#; MOST + 1].join(" and ");
        assert_eq!(Filter::parse(&many), Err(InvalidFilter));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = Filter::parse(&text);
        }

        #[test]
        fn whatever_looks_like_one_is_read_or_refused(text in "[a-c\"\\[\\]\\\\ .eqand]{0,60}") {
            let _ = Filter::parse(&text);
        }

        #[test]
        fn any_value_comes_back(value in any::<String>()) {
            let quoted = serde_json::to_string(&value).unwrap();
            prop_assume!(quoted.len() < 1000);
            let filter = Filter::parse(&format!("userName eq {quoted}")).unwrap();
            prop_assert_eq!(&filter.terms[0].value, &value);
        }
    }
}
