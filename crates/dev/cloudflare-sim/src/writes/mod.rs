//! What each write does: it is checked as a whole, then done as a whole.

mod assign;
mod group_members;
mod groups;
mod log;
mod members;
mod refused;
mod request;
mod resource_groups;
mod tokens;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::{
    Endpoint, Options,
    answers::envelope::Answer,
    endpoint::Route,
    state::{Credential, State},
};
use refused::Refused;

/// A write under way, with everything that it depends on.
#[derive(Debug)]
pub(crate) struct Write<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) options: &'a Options,
    pub(crate) route: Route<'a>,
    pub(crate) body: &'a [u8],
    pub(crate) caller: Credential,
    pub(crate) now: DateTime<Utc>,
    pub(crate) ray: &'a str,
}

/// A write that was done.
#[derive(Debug)]
struct Done {
    answer: Answer,
    /// Id of what was made, changed or deleted, for the audit log.
    resource: String,
}

impl Write<'_> {
    /// Does it and answers. What is refused leaves the state as it was and the audit log without an entry.
    pub(crate) fn answer(mut self) -> Answer {
        match self.work() {
            Ok(done) => {
                self.log(&done.resource);
                done.answer
            }
            Err(refused) => refused.answer(self.route.endpoint),
        }
    }

    fn work(&mut self) -> Result<Done, Refused> {
        match (self.route.endpoint, self.route.method) {
            (Endpoint::Members, _) => self.invite(),
            (Endpoint::Member, "PUT") => self.replace_access(),
            (Endpoint::Member, _) => self.remove_member(),
            (Endpoint::UserGroups, _) => self.create_group(),
            (Endpoint::UserGroup, "PUT") => self.update_group(),
            (Endpoint::UserGroup, _) => self.delete_group(),
            (Endpoint::UserGroupMembers, "POST") => self.add_group_members(),
            (Endpoint::UserGroupMembers, _) => self.replace_group_members(),
            (Endpoint::UserGroupMember, _) => self.remove_group_member(),
            (Endpoint::ResourceGroups, _) => self.create_resource_group(),
            (Endpoint::ResourceGroup, "PUT") => self.update_resource_group(),
            (Endpoint::ResourceGroup, _) => self.delete_resource_group(),
            (Endpoint::AccountToken, "PUT") => self.replace_token(),
            (Endpoint::AccountToken, _) => self.delete_token(),
            (Endpoint::AccountTokenValue, _) => self.roll_token(),
            // No other route takes a write.
            _ => Err(Refused::new(StatusCode::NOT_FOUND, 7000, "No route for that URI")),
        }
    }
}
