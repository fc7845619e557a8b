//! The state behind its lock, with the orders and lookups that large listings need.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use crate::state::{Member, State};

/// The state and what was derived from it; any change drops the derived part.
#[derive(Debug)]
pub(crate) struct Store {
    state: RwLock<State>,
    views: Mutex<Views>,
}

#[derive(Debug, Default)]
struct Views {
    orders: HashMap<MemberOrder, Arc<[usize]>>,
    positions: Option<Arc<HashMap<String, usize>>>,
}

/// An order and selection of the member list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct MemberOrder {
    pub(crate) status: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) descending: bool,
}

impl Store {
    pub(crate) fn new(state: State) -> Self {
        Self {
            state: RwLock::new(state),
            views: Mutex::default(),
        }
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state);
        *self.views() = Views::default();
        result
    }

    /// Indexes into the members, in the order asked for. `state` must be this store's.
    pub(crate) fn order(&self, state: &State, order: &MemberOrder) -> Arc<[usize]> {
        let mut views = self.views();
        let known = views.orders.entry(order.clone());
        known
            .or_insert_with(|| sort(&state.members, order).into())
            .clone()
    }

    /// Member id to index. `state` must be this store's.
    pub(crate) fn positions(&self, state: &State) -> Arc<HashMap<String, usize>> {
        let mut views = self.views();
        let ids = || {
            state
                .members
                .iter()
                .enumerate()
                .map(|(index, member)| (member.id.clone(), index))
        };
        views
            .positions
            .get_or_insert_with(|| Arc::new(ids().collect()))
            .clone()
    }

    fn views(&self) -> std::sync::MutexGuard<'_, Views> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sort(members: &[Member], order: &MemberOrder) -> Vec<usize> {
    let wanted = |member: &Member| order.status.as_deref().is_none_or(|s| s == member.status_name());
    let mut sorted: Vec<_> = members
        .iter()
        .enumerate()
        .filter(|(_, member)| wanted(member))
        .collect();
    if let Some(by) = &order.by {
        sorted.sort_by(|(_, a), (_, b)| sort_key(a, by).cmp(sort_key(b, by)));
    }
    if order.descending {
        sorted.reverse();
    }
    sorted.into_iter().map(|(index, _)| index).collect()
}

fn sort_key<'a>(member: &'a Member, by: &str) -> &'a str {
    match by {
        "user.email" => &member.person.email,
        "user.first_name" => member.person.first_name.as_deref().unwrap_or_default(),
        "user.last_name" => member.person.last_name.as_deref().unwrap_or_default(),
        _ => member.status_name(),
    }
}
