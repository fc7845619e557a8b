//! From page to page.

use super::{Table, cell::grouped};

/// A page to go to, or a gap.
pub(super) struct PageLink {
    pub(super) number: String,
    pub(super) href: Option<String>,
    pub(super) current: bool,
}

/// Where we are, and where one can go.
pub(super) struct Pager {
    pub(super) range: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) pages: Vec<PageLink>,
}

impl Table<'_> {
    pub(super) fn pager(&self) -> Pager {
        let last = self.last_page();
        let page = self.state.page;
        let to = |page: u32| self.state.on_page(page).href();
        Pager {
            range: self.range(),
            before: (page > 1).then(|| to(page.min(last + 1) - 1)),
            after: (page < last).then(|| to(page + 1)),
            pages: if last > 1 {
                self.page_links(last)
            } else {
                Vec::new()
            },
        }
    }

    fn last_page(&self) -> u32 {
        let pages = self.total.div_ceil(self.state.limit()).max(1);
        u32::try_from(pages).unwrap_or(u32::MAX - 1)
    }

    /// *51–100 of 1,234*.
    fn range(&self) -> String {
        let first = self.state.offset() + 1;
        let last = self.total.min(self.state.offset() + self.state.limit());
        if first > last {
            return format!("None of {}", grouped(self.total));
        }
        format!("{}–{} of {}", grouped(first), grouped(last), grouped(self.total))
    }

    /// The first, the last, and those around the present one.
    fn page_links(&self, last: u32) -> Vec<PageLink> {
        let page = self.state.page;
        let near = page.saturating_sub(1).max(1)..=page.saturating_add(1).min(last);
        let mut numbers: Vec<u32> = [1].into_iter().chain(near).chain([last]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut links = Vec::new();
        let mut before = 0;
        for number in numbers {
            if number > before + 1 {
                links.push(gap());
            }
            links.push(self.page_link(number));
            before = number;
        }
        links
    }

    fn page_link(&self, number: u32) -> PageLink {
        PageLink {
            number: grouped(number.into()),
            href: Some(self.state.on_page(number).href()),
            current: number == self.state.page,
        }
    }
}

fn gap() -> PageLink {
    PageLink {
        number: "…".into(),
        href: None,
        current: false,
    }
}
