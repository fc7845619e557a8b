//! That somebody holds a right, and why.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Annotation, Entitlement, EntitlementId, Grant};

use super::Right;

/// A right in somebody's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holding {
    /// What is held.
    pub(crate) right: Arc<Right>,
    /// Whether it was given to the holder itself.
    pub(crate) direct: bool,
    /// The groups and other rights through which it is held besides, by name, sorted.
    pub(crate) via: Vec<Arc<str>>,
}

impl Holding {
    /// `directly`, `through Platform`, `directly and through Platform, On-call`.
    pub(crate) fn why(&self) -> String {
        let through = self.via.join(", ");
        match (self.direct, self.via.is_empty()) {
            (true, true) => "directly".to_owned(),
            (true, false) => format!("directly and through {through}"),
            (false, false) => format!("through {through}"),
            (false, true) => "from elsewhere".to_owned(),
        }
    }
}

/// All rights of a file, to understand grants by.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    known: HashMap<EntitlementId, Arc<Right>>,
}

impl Rights {
    /// Adds an entitlement.
    pub(crate) fn add(&mut self, entitlement: &Entitlement) {
        let right = Right::of(entitlement);
        self.known.insert(right.id.clone(), Arc::new(right));
    }

    /// Whether the right that an entitlement stands for is there.
    pub(crate) fn knows(&self, id: &EntitlementId) -> bool {
        self.known.contains_key(id)
    }

    /// What a grant gives its principal, and why.
    pub(crate) fn holding(&mut self, grant: &Grant) -> Holding {
        Holding {
            right: self.right(grant),
            direct: is_direct(grant),
            via: self.via(grant),
        }
    }

    fn right(&mut self, grant: &Grant) -> Arc<Right> {
        let missing = || Arc::new(Right::missing(grant.entitlement.clone(), &grant.resource));
        let known = self.known.entry(grant.entitlement.clone());
        Arc::clone(known.or_insert_with(missing))
    }

    fn via(&self, grant: &Grant) -> Vec<Arc<str>> {
        let others = grant
            .sources
            .keys()
            .filter(|source| **source != grant.entitlement);
        let mut names: Vec<Arc<str>> = others.map(|source| self.name(source)).collect();
        names.sort();
        names.dedup();
        names
    }

    fn name(&self, source: &EntitlementId) -> Arc<str> {
        match self.known.get(source) {
            Some(right) => right.phrase().into(),
            None => source.as_str().into(),
        }
    }
}

/// A grant is direct when nothing else led to it, or when it names itself among what led to it.
fn is_direct(grant: &Grant) -> bool {
    let derived = grant.annotations.contains(&Annotation::GrantImmutable);
    if grant.sources.is_empty() {
        return !derived;
    }
    grant.sources.contains_key(&grant.entitlement)
}
