//! How much harm a role allows: classes for reviews, as data.

use std::sync::LazyLock;

/// A way in which a role matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// Everything, the members included.
    FullControl,
    /// Can make credentials that outlive the person's own access.
    Credentials,
    /// Can change much of what visitors meet.
    WideWrite,
    /// Can spend.
    Money,
    /// Can see personal data.
    PersonalData,
    /// Can look only.
    Read,
}

impl Class {
    /// Whether a role of this class is one to keep an eye on.
    pub(crate) fn is_powerful(self) -> bool {
        matches!(self, Self::FullControl | Self::Credentials | Self::WideWrite)
    }

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "full-control" => Self::FullControl,
            "credentials" => Self::Credentials,
            "wide-write" => Self::WideWrite,
            "money" => Self::Money,
            "personal-data" => Self::PersonalData,
            "read" => Self::Read,
            _ => return None,
        })
    }
}

static TABLE: LazyLock<Vec<(Class, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("sensitivity.tsv").lines();
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(entry)
        .collect()
});

fn entry((word, pattern): (&str, &'static str)) -> Option<(Class, &'static str)> {
    Some((Class::from_word(word)?, pattern))
}

/// The classes of the role or permission group with this name; none for an ordinary one.
pub(crate) fn classes(role: &str) -> Vec<Class> {
    let matching = TABLE.iter().filter(|(_, pattern)| matches(pattern, role));
    matching.map(|(class, _)| *class).collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_line_of_the_table() {
        let lines = include_str!("sensitivity.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(TABLE.len(), lines.count());
    }

    #[test]
    fn tells_the_powerful_from_the_rest() {
        let powerful = |name| classes(name).into_iter().any(Class::is_powerful);
        assert!(powerful("Super Administrator - All Privileges"));
        assert!(powerful("Administrator"));
        assert!(!powerful("Administrator Read Only"));
        assert!(!powerful("Cache Purge"));
        assert_eq!(classes("Zone Versioning Read (Account-Wide)"), [Class::Read]);
        assert_eq!(classes("Log Share Reader"), [Class::PersonalData, Class::Read]);
    }
}
