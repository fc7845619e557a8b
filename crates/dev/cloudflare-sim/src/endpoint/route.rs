//! From a path to an endpoint and the ids in it.

use super::Endpoint;

/// An endpoint with the ids of its path, in path order.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) endpoint: Endpoint,
    ids: Vec<&'a str>,
}

impl<'a> Route<'a> {
    /// The account of an account path.
    pub(crate) fn account(&self) -> Option<&'a str> {
        self.endpoint.path().starts_with("/accounts/").then(|| self.id(0))
    }

    /// The object below the account: a member, a group, a token.
    pub(crate) fn object(&self) -> &'a str {
        self.id(1)
    }

    /// The member of a user group.
    pub(crate) fn child(&self) -> &'a str {
        self.id(2)
    }

    fn id(&self, position: usize) -> &'a str {
        self.ids.get(position).copied().unwrap_or_default()
    }
}

/// Finds what `path` (below the base URL) stands for; malformed ids and unknown paths give nothing.
pub(crate) fn route(path: &str) -> Option<Route<'_>> {
    Endpoint::ALL
        .into_iter()
        .find_map(|endpoint| matches(endpoint.path(), path).map(|ids| Route { endpoint, ids }))
}

fn matches<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut ids = Vec::new();
    let mut actual = path.split('/');
    for expected in pattern.split('/') {
        let segment = actual.next()?;
        if expected.starts_with('{') && is_id(segment) {
            ids.push(segment);
        } else if expected != segment {
            return None;
        }
    }
    actual.next().is_none().then_some(ids)
}

/// 32 hex characters, or a UUID on the Zero Trust side.
fn is_id(segment: &str) -> bool {
    matches!(segment.len(), 32 | 36) && segment.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
