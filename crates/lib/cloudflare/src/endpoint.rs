//! Calls as values: what is asked for, where it is, and which permission it needs.
//!
//! A value of this module says everything about a call before anything is sent.

mod access;
mod account;
mod audit;
mod caller;
mod change_group;
mod change_member;
mod change_token;
mod iam;
mod token;
mod zone;

use std::fmt::{self, Write as _};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::Permission;
pub use access::{AccessGroups, AccessIdentityProviders, GetAccessOrganization};
pub use account::{GetAccount, GetMember, ListAccounts, Members, Roles};
pub use audit::AuditLogs;
pub use caller::{GetUser, Memberships};
pub use change_group::{AddUserGroupMember, RemoveUserGroupMember};
pub use change_member::{InviteMember, MemberAccess, RemoveMember, UpdateMember};
pub use change_token::{DeleteAccountToken, RollAccountToken, RolledSecret, UpdateAccountToken};
pub use iam::{
    GetUserGroup, GetUserGroupMember, PermissionGroups, PermissionGroupsNamed, ResourceGroups,
    ResourceGroupsNamed, UserGroupMembers, UserGroups,
};
pub use token::{AccountTokens, GetAccountToken, GetUserToken, VerifyAccountToken, VerifyUserToken};
pub use zone::Zones;

/// A call as a value.
pub trait Endpoint: fmt::Debug + Clone + Send + Sync + 'static {
    /// What the call gives.
    type Output: DeserializeOwned + Send + 'static;

    /// What the call does.
    const ACT: Act = Act::Read;

    /// What the call asks for or changes, in words that fit into "cannot read ...".
    const WHAT: &'static str;

    /// The HTTP method.
    fn method(&self) -> Method {
        Method::GET
    }

    /// Where it is, below the base URL.
    fn path(&self) -> Path;

    /// Which part of it, and in which order.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What is sent along, as JSON.
    fn body(&self) -> Option<Value> {
        None
    }

    /// What an answer stands for that succeeds without a result. `None` when there must be one.
    fn without_result() -> Option<Self::Output> {
        None
    }

    /// The permission a token needs for it. `None` when any credential will do.
    fn permission(&self) -> Option<Permission>;
}

/// A call that changes something. Sent by [`crate::Client::change`] only, which never repeats it.
pub trait Change: Endpoint {}

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It only asks.
    Read,
    /// It changes something.
    Change,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Change => "change",
        })
    }
}

/// A call that gives a listing in numbered pages.
pub trait Paged: Endpoint<Output = Vec<Self::Item>> {
    /// What is listed.
    type Item: DeserializeOwned + Send + 'static;

    /// The largest page that Cloudflare gives.
    const PER_PAGE: u32;

    /// What an item is told from the others by.
    fn id(item: &Self::Item) -> &str;
}

/// A path, each of whose segments is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(String);

impl Path {
    /// A path from its segments.
    pub(crate) fn of(segments: &[&str]) -> Self {
        const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC
            .remove(b'-')
            .remove(b'_')
            .remove(b'.')
            .remove(b'~');
        Self(segments.iter().fold(String::new(), |mut path, segment| {
            let _ = write!(path, "/{}", utf8_percent_encode(segment, UNSAFE));
            path
        }))
    }
}

impl Path {
    /// Whether a segment would be taken for a way through the path instead of a name in it.
    fn leaves_its_place(&self) -> bool {
        let mut segments = self.0.split('/').skip(1);
        segments.any(|segment| matches!(segment, "" | "." | ".."))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes the request for a call. `None` when the base URL cannot be the start of one.
pub(crate) fn request<E: Endpoint>(
    endpoint: &E,
    base: &Url,
    paging: &[(&'static str, String)],
    headers: &HeaderMap,
) -> Option<Request<Bytes>> {
    let path = endpoint.path();
    if path.leaves_its_place() {
        return None;
    }
    let mut url = base.clone();
    url.set_path(&format!("{}{}", base.path().trim_end_matches('/'), path));
    let query = endpoint.query();
    if !query.is_empty() || !paging.is_empty() {
        url.query_pairs_mut().extend_pairs(query.iter().chain(paging));
    }
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = endpoint.method();
    *request.uri_mut() = url.as_str().parse::<Uri>().ok()?;
    *request.headers_mut() = headers.clone();
    if let Some(body) = endpoint.body() {
        request
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = body.to_string().into();
    }
    Some(request)
}

#[cfg(test)]
mod tests;
