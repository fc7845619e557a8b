//! Tokens: listings and verify.

use serde::Serialize;

use super::{
    Context,
    envelope::{self, Answer, Message},
    not_found,
};
use crate::state::{Token, TokenStatus};

/// What verify tells about the calling token.
#[derive(Debug, Serialize)]
struct Verified<'a> {
    id: &'a str,
    status: TokenStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_on: Option<&'a str>,
}

impl Context<'_> {
    pub(super) fn tokens(&self, tokens: &[Token]) -> Answer {
        let expired = self.params.get("include_expired") == Some("true");
        let wanted = |token: &&Token| expired || token.status != TokenStatus::Expired;
        let mut tokens: Vec<_> = tokens.iter().filter(wanted).collect();
        if self.params.is_descending() {
            tokens.reverse();
        }
        self.page(&tokens)
    }

    pub(super) fn token(tokens: &[Token], id: &str) -> Answer {
        match tokens.iter().find(|token| token.id == id) {
            Some(token) => envelope::ok(token),
            None => not_found("Token"),
        }
    }

    pub(super) fn token_permission_groups(&self) -> Answer {
        let groups = self.state.token_permission_groups.iter().filter(|group| {
            self.params.accepts("name", &group.name)
                && self
                    .params
                    .get("scope")
                    .is_none_or(|scope| group.scopes.iter().any(|s| s == scope))
        });
        envelope::ok(groups.collect::<Vec<_>>())
    }

    pub(super) fn verify(&self) -> Answer {
        let caller = self.caller;
        let verified = Verified {
            id: &caller.id,
            status: caller.status,
            expires_on: caller.expires_on.as_deref(),
        };
        let text = "This API Token is valid and active";
        match caller.status {
            TokenStatus::Active => envelope::ok_with_message(
                verified,
                &[Message {
                    code: 10000,
                    text,
                    kind: None,
                }],
            ),
            TokenStatus::Disabled | TokenStatus::Expired => envelope::ok(verified),
        }
    }
}
