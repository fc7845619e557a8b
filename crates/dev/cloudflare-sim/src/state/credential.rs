//! Ways to authenticate and what they may read.

use std::collections::BTreeSet;

use secrecy::SecretString;

use super::{Effect, Token, TokenStatus};

/// One token or key that the simulator accepts.
#[derive(Debug, Clone)]
pub struct Credential {
    /// Token id, as the verify endpoints tell it. Empty for a global key.
    pub id: String,
    /// Who acts.
    pub holder: Holder,
    /// The secret text.
    pub secret: SecretString,
    /// What it may do.
    pub grants: Grants,
    /// Told by verify; anything but active is refused elsewhere.
    pub status: TokenStatus,
    /// RFC 3339, told by verify.
    pub expires_on: Option<String>,
    /// The address that the caller is seen at, when the token may not be used from it.
    pub refused_at: Option<String>,
}

/// Who acts with a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A user token: bearer, acts as [`super::State::user`].
    User,
    /// An account-owned token: bearer, no user behind it.
    Account,
    /// The global API key of this address: two headers instead of a bearer.
    Key {
        /// Value of `X-Auth-Email`.
        email: String,
    },
}

/// The permissions of a credential, named as the API names them (`Account Settings Read`).
#[derive(Debug, Clone)]
pub enum Grants {
    /// Whatever is asked for.
    Everything,
    /// Only these.
    Only(BTreeSet<String>),
}

impl Grants {
    /// Only the named permissions.
    pub fn only<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self::Only(names.into_iter().map(Into::into).collect())
    }

    /// Whether one of `names` is held. An empty list asks for nothing.
    pub fn any_of(&self, names: &[&str]) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(held) => names.is_empty() || names.iter().any(|name| held.contains(*name)),
        }
    }
}

impl Credential {
    /// A user token with these permissions.
    pub fn user_token(id: &str, secret: &str, grants: Grants) -> Self {
        Self::new(Holder::User, id, secret, grants)
    }

    /// An account-owned token with these permissions.
    pub fn account_token(id: &str, secret: &str, grants: Grants) -> Self {
        Self::new(Holder::Account, id, secret, grants)
    }

    /// The global API key of `email`, which may do everything.
    pub fn global_key(email: &str, secret: &str) -> Self {
        Self::new(
            Holder::Key {
                email: email.to_owned(),
            },
            "",
            secret,
            Grants::Everything,
        )
    }

    /// What authenticates with the secret of a token: it may do what the token's policies allow in `account`.
    pub fn of_token(token: &Token, holder: Holder, secret: &str, account: &str) -> Self {
        let denied = names(token, Effect::Deny, |key| key == whole(account));
        let allowed = names(token, Effect::Allow, |key| reaches(key, account));
        let grants = Grants::only(allowed.difference(&denied).copied());
        let mut credential = Self::new(holder, &token.id, secret, grants);
        credential.status = token.status;
        credential.expires_on.clone_from(&token.expires_on);
        credential
    }

    fn new(holder: Holder, id: &str, secret: &str, grants: Grants) -> Self {
        Self {
            id: id.to_owned(),
            holder,
            secret: SecretString::from(secret.to_owned()),
            grants,
            status: TokenStatus::Active,
            expires_on: None,
            refused_at: None,
        }
    }

    /// Whose rate budget a call counts against: all credentials of the user share one, an account-owned
    /// token has its own.
    pub fn budget(&self) -> &str {
        match self.holder {
            Holder::Account => &self.id,
            Holder::User | Holder::Key { .. } => "user",
        }
    }
}

/// The permissions of the policies with this effect that name such a resource.
fn names(token: &Token, effect: Effect, such: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    let policies = token.policies.iter().filter(|policy| {
        let keys = policy.resources.as_object().into_iter().flatten();
        policy.effect == effect && keys.map(|(key, _)| key.as_str()).any(&such)
    });
    let groups = policies.flat_map(|policy| &policy.permission_groups);
    groups.map(|group| group.name.as_str()).collect()
}

fn whole(account: &str) -> String {
    format!("com.cloudflare.api.account.{account}")
}

/// Whether a key of a policy's resources is about the account, one of its zones, or the user behind the token.
fn reaches(key: &str, account: &str) -> bool {
    let below = ["com.cloudflare.api.account.zone.", "com.cloudflare.api.user."];
    key == whole(account)
        || key == "com.cloudflare.api.account.*"
        || below.iter().any(|prefix| key.starts_with(prefix))
}
