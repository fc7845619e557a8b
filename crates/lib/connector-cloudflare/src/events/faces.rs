//! Which member is which user, for as long as the connector lives: the log names members, and once they are gone nobody
//! else can tell.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use cloudflare::types::{Member, MemberStatus};

/// Users by member, as seen last. Some 100 bytes for each member.
#[derive(Debug, Default)]
pub(crate) struct Faces(Mutex<HashMap<Box<str>, Box<str>>>);

impl Faces {
    /// Remembers whoever has accepted.
    pub(crate) fn remember(&self, members: &[Member]) {
        let mut faces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let accepted = members
            .iter()
            .filter(|member| member.status != MemberStatus::Pending);
        for member in accepted {
            if let Some(user) = &member.user.id {
                faces.insert(member.id.as_str().into(), user.as_str().into());
            }
        }
    }

    /// The user that a member is or was.
    pub(crate) fn user(&self, member: &str) -> Option<String> {
        let faces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faces.get(member).map(ToString::to_string)
    }
}
