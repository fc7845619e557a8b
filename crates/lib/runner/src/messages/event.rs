//! The answers about events.

use connector::{Event, EventFeed, EventKind, EventPage, Granted, What};
use proto::connector_v2::event::Event as Happened;
use proto::connector_v2::{
    self, CreateGrantEvent, CreateRevokeEvent, EventFeedMetadata, EventType, ListEventFeedsResponse,
    ListEventsResponse, ResourceChangeEvent,
};

/// What answers the question which feeds there are.
pub(crate) fn event_feeds(feeds: Vec<EventFeed>) -> ListEventFeedsResponse {
    let metadata = |feed: EventFeed| EventFeedMetadata {
        id: feed.id.to_string(),
        supported_event_types: feed.kinds.iter().map(|kind| event_type(*kind).into()).collect(),
    };
    ListEventFeedsResponse {
        list: feeds.into_iter().map(metadata).collect(),
        annotations: Vec::new(),
    }
}

fn event_type(kind: EventKind) -> EventType {
    match kind {
        EventKind::ResourceChange => EventType::ResourceChange,
        EventKind::GrantCreated => EventType::CreateGrant,
        EventKind::GrantRevoked => EventType::CreateRevoke,
    }
}

/// What answers the question what happened.
pub(crate) fn events(page: EventPage) -> ListEventsResponse {
    ListEventsResponse {
        events: page.events.into_iter().map(event).collect(),
        cursor: page.cursor,
        has_more: page.has_more,
        annotations: Vec::new(),
    }
}

fn event(event: Event) -> connector_v2::Event {
    connector_v2::Event {
        id: event.id,
        occurred_at: Some(proto::to_timestamp(event.occurred_at)),
        annotations: Vec::new(),
        event: Some(happened(event.what)),
    }
}

fn happened(what: What) -> Happened {
    match what {
        What::ResourceChanged(id) => Happened::ResourceChangeEvent(ResourceChangeEvent {
            resource_id: Some((&id).into()),
            parent_resource_id: None,
        }),
        What::GrantCreated(granted) => {
            let Granted {
                entitlement,
                principal,
            } = *granted;
            Happened::CreateGrantEvent(CreateGrantEvent {
                entitlement: Some((&entitlement).into()),
                principal: Some((&principal).into()),
                annotations: Vec::new(),
            })
        }
        What::GrantRevoked(granted) => {
            let Granted {
                entitlement,
                principal,
            } = *granted;
            Happened::CreateRevokeEvent(CreateRevokeEvent {
                entitlement: Some((&entitlement).into()),
                principal: Some((&principal).into()),
                annotations: Vec::new(),
            })
        }
    }
}
