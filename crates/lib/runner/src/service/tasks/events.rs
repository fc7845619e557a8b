//! Events.

use connector::{EventFeedId, EventsFrom, EventsRequest};
use proto::baton_service_v1::task::ListEventsTask;
use tonic::Code;

use crate::messages;
use crate::service::Service;
use crate::service::ending::{Ending, Failure};

/// How many causes are told of in a page where the task does not say.
const USUAL_PAGE: u32 = 100;
/// The most that the protocol allows.
const LARGEST_PAGE: u32 = 1000;

pub(super) fn feeds(service: &Service) -> Ending {
    Ending::answered(&messages::event_feeds((service.definition.event_feeds)()), &[])
}

pub(super) async fn read(service: &Service, wanted: &ListEventsTask) -> Result<Ending, Failure> {
    let size = match wanted.page_size {
        0 => USUAL_PAGE,
        size => size.min(LARGEST_PAGE),
    };
    let request = EventsRequest {
        feed: EventFeedId::new(&wanted.event_feed_id),
        from: from(wanted)?,
        at_most: usize::try_from(size).unwrap_or(usize::MAX),
        now: service.clock.now(),
    };
    let page = service.connected.events.read_events(&request).await;
    let page = page.map_err(|error| Failure::from(&error))?;
    Ok(Ending::answered(&messages::events(page), &[]))
}

/// A cursor counts more than a moment, and without either it is what happens from now on.
fn from(wanted: &ListEventsTask) -> Result<EventsFrom, Failure> {
    if !wanted.cursor.is_empty() {
        return Ok(EventsFrom::Cursor(wanted.cursor.clone()));
    }
    let Some(start) = &wanted.start_at else {
        return Ok(EventsFrom::Now);
    };
    let start = proto::from_timestamp(*start);
    let wrong = |_| Failure::new(Code::InvalidArgument, "start_at is no moment in time").for_good();
    start.map(EventsFrom::Start).map_err(wrong)
}
