//! What is asked of a table, as it stands in the address of the page.

use std::collections::{BTreeMap, BTreeSet};

use url::form_urlencoded::{Serializer, parse};

/// How many rows a page may have.
pub const PAGE_SIZES: [u32; 4] = [25, 50, 100, 200];
const DEFAULT_SIZE: u32 = 50;
const LAST_PAGE: u32 = 1_000_000;
const LONGEST_QUERY: usize = 16 * 1024;
const LONGEST_TEXT: usize = 200;
const LONGEST_KEY: usize = 64;
const MOST_KEYS: usize = 20;
const MOST_VALUES: usize = 50;

/// By what the rows are sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The key of the column. Whoever sorts looks it up among the columns it knows.
    pub key: String,
    /// The largest or latest first.
    pub descending: bool,
}

/// What is asked of a table. Reading never fails: what makes no sense or is too much is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableQuery {
    /// What is searched for.
    pub q: String,
    /// By what it is sorted; nothing means as the page thinks best.
    pub sort: Option<Sort>,
    /// Which page, counted from 1.
    pub page: u32,
    /// How many rows a page has: one of [`PAGE_SIZES`].
    pub per: u32,
    /// The keys of the columns to show; none means those that are not hidden by default.
    pub columns: BTreeSet<String>,
    /// Everything else in the address: the values that are let through, by the key of their filter.
    pub filters: BTreeMap<String, BTreeSet<String>>,
}

impl Default for TableQuery {
    fn default() -> Self {
        Self {
            q: String::new(),
            sort: None,
            page: 1,
            per: DEFAULT_SIZE,
            columns: BTreeSet::new(),
            filters: BTreeMap::new(),
        }
    }
}

impl TableQuery {
    /// Reads a query string, with or without its question mark.
    pub fn parse(query: &str) -> Self {
        let mut read = Self::default();
        let query = query.strip_prefix('?').unwrap_or(query);
        if query.len() > LONGEST_QUERY {
            return read;
        }
        let mut descending = false;
        for (key, value) in parse(query.as_bytes()) {
            if key == "dir" {
                descending = value == "desc";
            } else {
                read.take(&key, &value);
            }
        }
        if let Some(sort) = &mut read.sort {
            sort.descending = descending;
        }
        read
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "q" => self.q = value.trim().chars().take(LONGEST_TEXT).collect(),
            "sort" if is_key(value) => {
                self.sort = Some(Sort {
                    key: value.to_owned(),
                    descending: false,
                });
            }
            "page" => self.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
            "per" => self.per = page_size(value),
            "col" if is_key(value) && self.columns.len() < MOST_VALUES => {
                self.columns.insert(value.to_owned());
            }
            "sort" | "col" => {}
            _ => self.take_filter(key, value),
        }
    }

    fn take_filter(&mut self, key: &str, value: &str) {
        let known = self.filters.contains_key(key);
        let fits = is_key(key) && !value.is_empty() && value.chars().count() <= LONGEST_TEXT;
        if fits && (known || self.filters.len() < MOST_KEYS) {
            let values = self.filters.entry(key.to_owned()).or_default();
            if values.len() < MOST_VALUES {
                values.insert(value.to_owned());
            }
        }
    }

    /// The query string without a question mark. What is as usual is left out, so equal questions have equal addresses.
    pub fn to_query(&self) -> String {
        let mut text = Serializer::new(String::new());
        text.extend_pairs(self.pairs());
        text.finish()
    }

    /// As a link from the page to itself.
    pub fn href(&self) -> String {
        format!("?{}", self.to_query())
    }

    /// Names and values as they stand in the address, also for the hidden fields of forms.
    pub(super) fn pairs(&self) -> Vec<(&str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        for (key, values) in &self.filters {
            pairs.extend(values.iter().map(|value| (key.as_str(), value.clone())));
        }
        if let Some(sort) = &self.sort {
            pairs.push(("sort", sort.key.clone()));
            if sort.descending {
                pairs.push(("dir", "desc".into()));
            }
        }
        pairs.extend(self.columns.iter().map(|column| ("col", column.clone())));
        if self.per != DEFAULT_SIZE {
            pairs.push(("per", self.per.to_string()));
        }
        if self.page != 1 {
            pairs.push(("page", self.page.to_string()));
        }
        pairs
    }

    /// How many rows come before this page.
    pub fn offset(&self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.per)
    }

    /// How many rows this page has at most.
    pub fn limit(&self) -> u64 {
        u64::from(self.per)
    }

    /// The values that are let through by this filter; none means all.
    pub fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        self.filters.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Whether somebody chose this value.
    pub fn is_chosen(&self, key: &str, value: &str) -> bool {
        self.values(key).any(|chosen| chosen == value)
    }

    /// Whether a row with this value is shown: nothing was chosen, or it was.
    pub fn lets_through(&self, key: &str, value: &str) -> bool {
        self.values(key).next().is_none() || self.is_chosen(key, value)
    }

    /// The same on another page.
    pub fn on_page(&self, page: u32) -> Self {
        Self {
            page: page.clamp(1, LAST_PAGE),
            ..self.clone()
        }
    }

    /// The same without regard to pages, for exports.
    pub fn of_all_pages(&self) -> Self {
        Self {
            page: 1,
            per: DEFAULT_SIZE,
            ..self.clone()
        }
    }

    /// Something else searched for.
    pub fn searching(&self, q: &str) -> Self {
        Self {
            q: q.to_owned(),
            ..self.on_page(1)
        }
    }

    /// Sorted by this column: upwards, then downwards, then as the page thinks best.
    pub fn sorted_by(&self, key: &str) -> Self {
        let sort = |descending| {
            Some(Sort {
                key: key.to_owned(),
                descending,
            })
        };
        let next = match &self.sort {
            Some(now) if now.key == key && now.descending => None,
            Some(now) if now.key == key => sort(true),
            _ => sort(false),
        };
        Self {
            sort: next,
            ..self.on_page(1)
        }
    }

    /// With one more value let through, or one less if it was already.
    pub fn toggling(&self, key: &str, value: &str) -> Self {
        let mut next = self.on_page(1);
        let values = next.filters.entry(key.to_owned()).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        if values.is_empty() {
            next.filters.remove(key);
        }
        next
    }

    /// Without this filter.
    pub fn without_filter(&self, key: &str) -> Self {
        let mut next = self.on_page(1);
        next.filters.remove(key);
        next
    }
}

fn is_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(plain)
}

fn page_size(value: &str) -> u32 {
    let asked = value.parse().unwrap_or(DEFAULT_SIZE);
    let known = PAGE_SIZES.into_iter().find(|size| *size == asked);
    known.unwrap_or(DEFAULT_SIZE)
}

#[cfg(test)]
mod tests;
