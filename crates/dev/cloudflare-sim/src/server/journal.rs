//! The journal of calls: no headers, so no secrets.

use std::{
    collections::BTreeMap,
    fmt,
    io::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use crate::{Endpoint, endpoint::route};

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Place in the order of arrival, from 1.
    pub number: u64,
    /// HTTP method.
    pub method: String,
    /// Path below the base URL.
    pub path: String,
    /// Query text, empty without one.
    pub query: String,
    /// Status of the answer; none while it is under way, and for connections that were reset.
    pub status: Option<u16>,
}

impl Call {
    /// What was called, if it is something the simulator serves.
    pub fn endpoint(&self) -> Option<Endpoint> {
        route(&self.method, &self.path).map(|route| route.endpoint)
    }
}

/// The calls of a running simulator; clones share them.
#[derive(Clone, Default)]
pub struct Journal(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    calls: Vec<Call>,
    sink: Option<Box<dyn Write + Send>>,
}

impl Journal {
    /// All calls so far, in order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.inner().calls.clone()
    }

    /// How many calls so far.
    pub fn len(&self) -> usize {
        self.inner().calls.len()
    }

    /// Whether there was no call yet.
    pub fn is_empty(&self) -> bool {
        self.inner().calls.is_empty()
    }

    /// How many calls of one endpoint, whatever the method.
    pub fn count(&self, endpoint: Endpoint) -> usize {
        self.counts().get(&endpoint).copied().unwrap_or_default()
    }

    /// How many calls of one endpoint with one HTTP method.
    pub fn count_by_method(&self, endpoint: Endpoint, method: &str) -> usize {
        let inner = self.inner();
        let calls = inner.calls.iter();
        calls
            .filter(|call| call.method == method && call.endpoint() == Some(endpoint))
            .count()
    }

    /// The calls that asked for a change, in order of arrival: all but `GET`.
    pub fn writes(&self) -> Vec<Call> {
        let inner = self.inner();
        let writes = inner.calls.iter().filter(|call| call.method != "GET");
        writes.cloned().collect()
    }

    /// Calls per endpoint, whatever the method.
    pub fn counts(&self) -> BTreeMap<Endpoint, usize> {
        let mut counts = BTreeMap::new();
        for endpoint in self.inner().calls.iter().filter_map(Call::endpoint) {
            *counts.entry(endpoint).or_default() += 1;
        }
        counts
    }

    /// Forgets the calls so far; numbering starts again.
    pub fn clear(&self) {
        self.inner().calls.clear();
    }

    /// Writes each call as a line of JSON to `sink` as soon as it is answered.
    pub fn write_to(&self, sink: impl Write + Send + 'static) {
        self.inner().sink = Some(Box::new(sink));
    }

    /// Enters a call that arrived; gives its number.
    pub(super) fn arrive(&self, method: &str, path: &str, query: &str) -> u64 {
        let mut inner = self.inner();
        let number = inner.calls.len() as u64 + 1;
        let (method, path, query) = (method.to_owned(), path.to_owned(), query.to_owned());
        inner.calls.push(Call {
            number,
            method,
            path,
            query,
            status: None,
        });
        number
    }

    /// Notes how call `number` was answered.
    pub(super) fn answered(&self, number: u64, status: Option<u16>) {
        let mut inner = self.inner();
        let Inner { calls, sink } = &mut *inner;
        let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(call) = calls.get_mut(index) else { return };
        call.status = status;
        if let Some(sink) = sink {
            write_line(sink, call);
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A journal that cannot be written must not change what a client sees.
fn write_line(sink: &mut impl Write, call: &Call) {
    let mut line = serde_json::to_vec(call).unwrap_or_default();
    line.push(b'\n');
    sink.write_all(&line).and_then(|()| sink.flush()).ok();
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.inner().calls).finish()
    }
}
