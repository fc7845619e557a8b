//! What was looked up a moment ago, within bounds.

use std::collections::HashMap;
use std::hash::Hash;

/// When this many are kept, all are forgotten: memory stays flat however large the file is.
const MOST: usize = 4096;

#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    entries: HashMap<K, V>,
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Cache<K, V> {
    /// The value, loaded when it is not there.
    pub(crate) fn get<E>(&mut self, key: &K, load: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if let Some(value) = self.entries.get(key) {
            return Ok(value.clone());
        }
        let value = load()?;
        if self.entries.len() >= MOST {
            self.entries.clear();
        }
        self.entries.insert(key.clone(), value.clone());
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_once_and_stays_small() {
        let mut cache = Cache::default();
        for key in 0..=MOST {
            cache.get(&key, || Ok::<_, ()>(key)).unwrap();
        }
        assert!(cache.entries.len() <= MOST);
        assert_eq!(cache.get(&MOST, || Err(())), Ok(MOST));
    }
}
