//! When a fault or a change happens.

/// Which call something happens at. Calls are counted from the moment the rule is added, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    nth: Option<u64>,
    pattern: Option<String>,
    method: Option<String>,
}

impl When {
    /// The `n`-th call.
    pub fn call(n: u64) -> Self {
        Self {
            nth: Some(n),
            pattern: None,
            method: None,
        }
    }

    /// Every call.
    pub fn every() -> Self {
        Self {
            nth: None,
            pattern: None,
            method: None,
        }
    }

    /// Only calls whose path starts with `pattern`, segment by segment; `*` stands for any segment
    /// (`/accounts/*/members`). With [`When::call`]: the `n`-th of those.
    #[must_use]
    pub fn of(mut self, pattern: &str) -> Self {
        self.pattern = Some(pattern.to_owned());
        self
    }

    /// Only calls with this HTTP method (`PUT`). With [`When::call`]: the `n`-th of those.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    fn covers(&self, method: &str, path: &str) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted == method) && self.covers_path(path)
    }

    fn covers_path(&self, path: &str) -> bool {
        let Some(pattern) = &self.pattern else { return true };
        let mut actual = path.split('/');
        pattern.split('/').all(|wanted| {
            actual
                .next()
                .is_some_and(|segment| wanted == "*" || wanted == segment)
        })
    }
}

/// A rule with its own count of calls.
#[derive(Debug)]
pub(super) struct Trigger {
    when: When,
    seen: u64,
}

impl Trigger {
    pub(super) fn new(when: When) -> Self {
        Self { when, seen: 0 }
    }

    /// Counts a call; true when it is the one.
    pub(super) fn fires(&mut self, method: &str, path: &str) -> bool {
        if !self.when.covers(method, path) {
            return false;
        }
        self.seen += 1;
        self.when.nth.is_none_or(|nth| nth == self.seen)
    }
}
