//! The answers of the wire (`c1.connector.v2`), made from what the connector says: the same for whoever asks.

mod access;
mod account;
mod action;
mod event;
mod schema;
mod secret;

pub(crate) use access::{deleted, granted, revoked};
pub(crate) use account::account;
pub(crate) use action::{run, status};
pub(crate) use event::{event_feeds, events};
pub(crate) use schema::{schema, schemas};
pub(crate) use secret::rotated;
