//! Asking for pages ahead, and giving them in order.

use std::collections::VecDeque;

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use super::plan::{Next, Outcome, Plan};
use crate::endpoint::{Endpoint, Paged};
use crate::envelope::Page;
use crate::{Client, Error};

/// Pages asked for ahead of the one that is given: enough to fill the connections, few enough to hold.
const AHEAD: usize = 16;

/// A part of a listing.
#[derive(Debug, Clone, PartialEq)]
pub enum Batch<T> {
    /// Items that were not given before, and how far the listing is.
    Page(Vec<T>, Progress),
    /// The listing has shifted while it was read: forget all that it gave, it is read again.
    Restart,
    /// The listing is read. The last part.
    End(Outcome),
}

/// How far a listing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Items given.
    pub done: u64,
    /// Items there are. `None` when the listing does not say.
    pub total: Option<u64>,
}

/// Reads a whole listing. Made by [`Client::list`]. Holds a bounded number of pages, however long it is.
#[derive(Debug)]
pub struct Pages<E: Paged> {
    client: Client,
    endpoint: E,
    plan: Plan,
    under_way: FuturesOrdered<AbortOnDropHandle<Result<Page<E::Item>, Error>>>,
    ready: VecDeque<Batch<E::Item>>,
    over: bool,
}

impl<E: Paged> Pages<E> {
    pub(crate) fn new(client: Client, endpoint: E) -> Self {
        Self {
            client,
            endpoint,
            plan: Plan::new(E::PER_PAGE),
            under_way: FuturesOrdered::new(),
            ready: VecDeque::new(),
            over: false,
        }
    }

    /// The next part. `None` after [`Batch::End`].
    ///
    /// # Errors
    ///
    /// When a page cannot be read. The listing is over then.
    pub async fn next(&mut self) -> Result<Option<Batch<E::Item>>, Error> {
        if self.ready.is_empty() && !self.over {
            self.ask_ahead();
            let page = self.receive().await.inspect_err(|_| self.stop())?;
            self.take(page);
        }
        Ok(self.ready.pop_front())
    }

    /// Reads the whole listing into memory, for those that are short.
    ///
    /// # Errors
    ///
    /// When a page cannot be read.
    pub async fn collect(mut self) -> Result<(Vec<E::Item>, Outcome), Error> {
        let mut all = Vec::new();
        loop {
            match self.next().await? {
                Some(Batch::Page(items, _)) => all.extend(items),
                Some(Batch::Restart) => all.clear(),
                Some(Batch::End(outcome)) => return Ok((all, outcome)),
                None => return Err(lost::<E>()),
            }
        }
    }

    fn ask_ahead(&mut self) {
        while self.under_way.len() < AHEAD
            && let Some(number) = self.plan.ask()
        {
            let (client, endpoint) = (self.client.clone(), self.endpoint.clone());
            let page = async move { client.page(&endpoint, number).await };
            // A task of its own, so that answers are decoded while the one before is worked on.
            self.under_way
                .push_back(AbortOnDropHandle::new(tokio::spawn(page.in_current_span())));
        }
    }

    async fn receive(&mut self) -> Result<Page<E::Item>, Error> {
        match self.under_way.next().await {
            Some(Ok(page)) => page,
            // Only when the program is about to end.
            Some(Err(_)) | None => Err(lost::<E>()),
        }
    }

    fn take(&mut self, page: Page<E::Item>) {
        let count = page.items.len() as u64;
        let plan = &mut self.plan;
        let new: Vec<E::Item> = page
            .items
            .into_iter()
            .filter(|item| plan.is_new(E::id(item)))
            .collect();
        let next = plan.take(count, new.len() as u64, &page.info);
        if next == Next::Restart {
            self.under_way.clear();
            self.ready.push_back(Batch::Restart);
            return;
        }
        let (done, total) = plan.progress();
        self.ready.push_back(Batch::Page(new, Progress { done, total }));
        if let Next::Complete(outcome) = next {
            self.ready.push_back(Batch::End(outcome));
            self.stop();
        }
    }

    fn stop(&mut self) {
        self.over = true;
        self.under_way.clear();
    }
}

fn lost<E: Endpoint>() -> Error {
    Error::Undecodable {
        what: E::WHAT,
        reason: "reading was given up".to_owned(),
    }
}
