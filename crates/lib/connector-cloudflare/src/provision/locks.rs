//! One change at a time for each member, token and invited address.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

/// Turns by name. A name that nobody waits for is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Locks(Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>);

/// It is our turn until this is dropped.
#[derive(Debug)]
#[must_use]
pub(crate) struct Turn {
    _guard: OwnedMutexGuard<()>,
}

impl Locks {
    /// Waits until nobody else changes what has this name.
    pub(crate) async fn turn(&self, name: &str) -> Turn {
        let lock = self.lock(name);
        Turn {
            _guard: lock.lock_owned().await,
        }
    }

    fn lock(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| lock.strong_count() > 0);
        if let Some(lock) = locks.get(name).and_then(Weak::upgrade) {
            return lock;
        }
        let lock = Arc::default();
        locks.insert(name.to_owned(), Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_for_each_name() {
        let locks = Locks::default();
        let first = locks.turn("a").await;
        let _other = locks.turn("b").await;
        let second = locks.turn("a");
        tokio::pin!(second);
        assert!(futures_now(second.as_mut()).is_none());
        drop(first);
        drop(second.await);
        drop(locks.turn("c").await);
        assert_eq!(locks.0.lock().unwrap().len(), 2);
    }

    /// What the future gives without waiting.
    fn futures_now<F: Future + Unpin>(future: F) -> Option<F::Output> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match std::pin::pin!(future).poll(&mut context) {
            std::task::Poll::Ready(output) => Some(output),
            std::task::Poll::Pending => None,
        }
    }
}
