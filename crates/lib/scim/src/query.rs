//! What is asked for in the query of an address.

use serde_json::{Value, json};

use crate::error::ScimError;
use crate::filter::Filter;

/// The most resources of one answer.
pub(crate) const MOST: usize = 200;
/// How many there are unless somebody says otherwise.
const USUAL: usize = 100;

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Query {
    /// Only those.
    filter: Option<Filter>,
    start: usize,
    count: usize,
    only: Vec<String>,
    without: Vec<String>,
}

impl Query {
    /// Reads one; what it does not know, such as an order, it does not look at.
    ///
    /// # Errors
    /// When the filter is none.
    pub(crate) fn parse(text: &str) -> Result<Self, ScimError> {
        let mut query = Self {
            filter: None,
            start: 1,
            count: USUAL,
            only: Vec::new(),
            without: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            match name.to_ascii_lowercase().as_str() {
                "filter" => query.filter = Some(Filter::parse(&value)?),
                "startindex" => query.start = number(&value).max(1),
                "count" => query.count = number(&value).min(MOST),
                "attributes" => query.only = names(&value),
                "excludedattributes" => query.without = names(&value),
                _ => {}
            }
        }
        Ok(query)
    }

    /// Those that the filter lets through.
    ///
    /// # Errors
    /// When it asks for what such a resource has not.
    pub(crate) fn fitting<T>(
        &self,
        all: Vec<T>,
        fits: impl Fn(&T, &Filter) -> Result<bool, ScimError>,
    ) -> Result<Vec<T>, ScimError> {
        let Some(filter) = &self.filter else {
            return Ok(all);
        };
        let mut found = Vec::new();
        for one in all {
            found.extend(fits(&one, filter)?.then_some(one));
        }
        Ok(found)
    }

    /// A page of these.
    pub(crate) fn page<T>(&self, all: &[T], resource: impl Fn(&T) -> Value) -> Value {
        let shown = all.iter().skip(self.start - 1).take(self.count);
        let shown: Vec<Value> = shown.map(|one| self.shape(resource(one))).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": all.len(),
            "startIndex": self.start,
            "itemsPerPage": shown.len(),
            "Resources": shown,
        })
    }

    /// A resource with the attributes that are wanted. Its id and schema are always there.
    pub(crate) fn shape(&self, mut resource: Value) -> Value {
        if let Some(members) = resource.as_object_mut() {
            members.retain(|name, _| {
                let name = name.to_ascii_lowercase();
                let is_wanted = self.only.is_empty() || self.only.contains(&name);
                name == "id" || name == "schemas" || (is_wanted && !self.without.contains(&name))
            });
        }
        resource
    }
}

/// What is less than nothing, or no number, is nothing.
fn number(text: &str) -> usize {
    text.trim().parse().unwrap_or_default()
}

/// Names of attributes; of a part, the attribute.
fn names(text: &str) -> Vec<String> {
    let name = |name: &str| {
        name.trim()
            .split('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    text.split(',')
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> Value {
        let all: Vec<u32> = (1..=250).collect();
        let query = Query::parse(query).unwrap();
        query.page(
            &all,
            |one| json!({ "id": one, "members": [], "displayName": "x" }),
        )
    }

    #[test]
    fn pages_begin_with_one() {
        let found = page("startIndex=249&count=10&excludedAttributes=members");
        assert_eq!(
            found["Resources"],
            json!([{ "id": 249, "displayName": "x" }, { "id": 250, "displayName": "x" }])
        );
        assert_eq!(
            (&found["totalResults"], &found["itemsPerPage"]),
            (&json!(250), &json!(2))
        );
        assert_eq!(page("count=0")["Resources"], json!([]));
        assert_eq!(page("count=-1&startIndex=-5")["startIndex"], json!(1));
        assert_eq!(page("count=100000&attributes=id")["itemsPerPage"], json!(MOST));
    }
}
