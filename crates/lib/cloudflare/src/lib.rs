//! The typed Cloudflare v4 API: requests as values, types, paging, errors with code and hint.
//!
//! A call is a value of [`endpoint`]; [`Client::call`] sends it, [`Client::list`] reads a whole listing. What
//! comes back are [`types`] with [`ids`]. Nothing here knows of governance: resources, entitlements and grants
//! are made elsewhere.

pub mod endpoint;
pub mod ids;
pub mod listing;
pub mod template;
pub mod types;

mod audit_pages;
mod client;
mod credential;
mod decode;
mod envelope;
mod error;
mod open_enum;
mod permission;
mod verify;

pub use audit_pages::AuditPages;
pub use client::{Client, DEFAULT_BASE_URL};
pub use credential::Credential;
pub use envelope::{Page, ResultInfo};
pub use error::{ApiError, Error, ErrorKind};
pub use ids::*;
pub use permission::{Level, Permission};
pub use verify::{Caller, Identity, Verified, VerifyError};

/// Doors for the fuzz targets only.
#[cfg(fuzzing)]
pub mod fuzzing {
    use bytes::Bytes;
    use http::Response;

    use crate::endpoint::{Endpoint, Paged};
    use crate::{Error, envelope};

    /// Reads an answer as the object that a call asked for; the refusal, if it is one.
    pub fn object<E: Endpoint>(endpoint: &E, response: &Response<Bytes>) -> Option<Error> {
        envelope::object(endpoint, response).err()
    }

    /// Reads an answer as a page of a listing; the refusal, if it is one.
    pub fn page<E: Paged>(endpoint: &E, response: &Response<Bytes>) -> Option<Error> {
        envelope::page::<E, E::Item>(endpoint, response).err()
    }
}
