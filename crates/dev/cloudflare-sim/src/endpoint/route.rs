//! From a method and a path to an endpoint and the ids in it.

use super::Endpoint;

/// An endpoint with the ids of its path, in path order.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) endpoint: Endpoint,
    pub(crate) method: &'a str,
    ids: Vec<&'a str>,
}

impl<'a> Route<'a> {
    /// The account of an account path.
    pub(crate) fn account(&self) -> Option<&'a str> {
        self.endpoint.path().starts_with("/accounts/").then(|| self.id(0))
    }

    /// The object of a path that has no account.
    pub(crate) fn first(&self) -> &'a str {
        self.id(0)
    }

    /// The object below the account: a member, a group, a token.
    pub(crate) fn object(&self) -> &'a str {
        self.id(1)
    }

    /// The member of a user group.
    pub(crate) fn child(&self) -> &'a str {
        self.id(2)
    }

    /// `pattern` with the ids of the path in place of the names in braces.
    pub(crate) fn ids_in(&self, pattern: &str) -> String {
        let mut ids = self.ids.iter();
        let segments = pattern.split('/').map(|segment| {
            let id = segment.starts_with('{').then(|| ids.next()).flatten();
            id.copied().unwrap_or(segment)
        });
        segments.collect::<Vec<_>>().join("/")
    }

    fn id(&self, position: usize) -> &'a str {
        self.ids.get(position).copied().unwrap_or_default()
    }
}

/// Finds what a call of `path` (below the base URL) stands for; malformed ids, unknown paths and methods that
/// the path does not take give nothing.
pub(crate) fn route<'a>(method: &'a str, path: &'a str) -> Option<Route<'a>> {
    let of_path = |endpoint: Endpoint| {
        matches(endpoint.path(), path).map(|ids| Route {
            endpoint,
            method,
            ids,
        })
    };
    let found = Endpoint::ALL.into_iter().find_map(of_path);
    found.filter(|route| route.endpoint.methods().contains(&method))
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
