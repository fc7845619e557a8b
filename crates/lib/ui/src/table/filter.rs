//! By what rows can be narrowed down.

use super::TableQuery;

/// Something that rows differ in, and the values that it has.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What the address calls it; none of `q`, `sort`, `dir`, `page`, `per`, `col`.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Each value as the address has it and as people read it.
    pub options: Vec<(String, String)>,
}

/// A value to choose or to give up.
pub(super) struct FilterLink<'f> {
    pub(super) label: &'f str,
    pub(super) chosen: bool,
    pub(super) href: String,
}

impl Filter {
    /// A filter with these values.
    pub fn new<V: Into<String>, L: Into<String>>(
        key: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Self {
        let options = options.into_iter();
        Self {
            key: key.into(),
            label: label.into(),
            options: options
                .map(|(value, label)| (value.into(), label.into()))
                .collect(),
        }
    }

    pub(super) fn is_active(&self, query: &TableQuery) -> bool {
        query.values(&self.key).next().is_some()
    }

    pub(super) fn links(&self, query: &TableQuery) -> Vec<FilterLink<'_>> {
        let link = |(value, label)| FilterLink {
            label,
            chosen: query.is_chosen(&self.key, value),
            href: query.toggling(&self.key, value).href(),
        };
        self.options
            .iter()
            .map(|(value, label)| link((value, label)))
            .collect()
    }

    /// What is chosen, in words; how many, if that is more than two.
    pub(super) fn chosen(&self, query: &TableQuery) -> String {
        let chosen: Vec<&str> = query.values(&self.key).collect();
        if chosen.len() > 2 {
            return format!("{} chosen", chosen.len());
        }
        let words = chosen.into_iter().map(|value| self.word(value));
        words.collect::<Vec<&str>>().join(", ")
    }

    fn word<'f>(&'f self, value: &'f str) -> &'f str {
        let option = self.options.iter().find(|(known, _)| known == value);
        option.map_or(value, |(_, label)| label)
    }
}
