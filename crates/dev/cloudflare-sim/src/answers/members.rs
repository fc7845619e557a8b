//! Members.

use super::{Context, envelope, envelope::Answer, not_found};
use crate::store::MemberOrder;

impl Context<'_> {
    pub(super) fn members(&self) -> Answer {
        let order = MemberOrder {
            status: self.params.get("status").map(str::to_owned),
            by: self.params.get("order").map(str::to_owned),
            descending: self.params.is_descending(),
        };
        let sorted = self.store.order(self.state, &order);
        let window = match self.window(sorted.len()) {
            Ok(window) => window,
            Err(answer) => return answer,
        };
        let indexes = sorted.get(window.range.clone()).unwrap_or_default();
        let page: Vec<_> = indexes
            .iter()
            .filter_map(|index| self.state.members.get(*index))
            .collect();
        self.write_page(&page, window)
    }

    pub(super) fn member(&self) -> Answer {
        let id = self.route.object();
        match self.state.members.iter().find(|member| member.id == id) {
            Some(member) => envelope::ok(member),
            None => not_found("Member"),
        }
    }
}
