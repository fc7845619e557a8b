//! What is needed for what: the one table behind the checklist, the help beside the settings and the documentation.

use cloudflare::{AccountId, Level, Permission, template};

/// What the credential is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Access is read, and nothing else.
    Reviews,
    /// Access is read, given and taken.
    ReviewsAndProvisioning,
}

/// A permission that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The permission, as the dashboard names it.
    pub permission: Permission,
    /// What cannot be done without it, in words that follow "needed for".
    pub needed_for: &'static str,
    /// Whether the purpose fails without it. Otherwise a part is absent.
    pub blocking: bool,
    /// Whether only a token with a user behind it needs it.
    pub only_user_tokens: bool,
}

impl Needed {
    const fn new(permission: Permission, needed_for: &'static str) -> Self {
        Self {
            permission,
            needed_for,
            blocking: false,
            only_user_tokens: false,
        }
    }

    const fn blocking(mut self) -> Self {
        self.blocking = true;
        self
    }

    const fn of_user_tokens(mut self) -> Self {
        self.only_user_tokens = true;
        self
    }

    /// How far it goes.
    pub const fn level(&self) -> Level {
        self.permission.level()
    }
}

const SETTINGS: Needed = Needed::new(
    Permission::AccountSettingsRead,
    "reading members, invitations, roles, scopes, user groups and the audit log",
)
.blocking();
const TOKENS: Needed = Needed::new(
    Permission::AccountApiTokensRead,
    "reading the account's API tokens",
);
const ZONES: Needed = Needed::new(
    Permission::ZoneRead,
    "showing zones by their names: it must include all zones of the account",
);
const SETTINGS_EDIT: Needed = Needed::new(
    Permission::AccountSettingsEdit,
    "inviting and removing members, and changing what members and user groups hold",
)
.blocking();
const TOKENS_EDIT: Needed = Needed::new(
    Permission::AccountApiTokensEdit,
    "disabling, rolling and deleting the account's API tokens",
);
const USER: Needed = Needed::new(
    Permission::UserDetailsRead,
    "taking access from Super Administrators: it tells which of them the token acts as",
)
.of_user_tokens();

/// What `purpose` needs, the most important first. Edit includes Read: whoever gives the one need not give the other.
pub const fn needed(purpose: Purpose) -> &'static [Needed] {
    match purpose {
        Purpose::Reviews => &[SETTINGS, TOKENS, ZONES],
        Purpose::ReviewsAndProvisioning => &[SETTINGS, SETTINGS_EDIT, TOKENS, TOKENS_EDIT, ZONES, USER],
    }
}

/// Where the dashboard's form for a token of the account is, filled in with what `purpose` needs.
pub fn account_token_link(purpose: Purpose, name: &str) -> String {
    template::account_token(&permissions(purpose), name)
}

/// Where the dashboard's form for a token of one's own is, filled in with what `purpose` needs. Cloudflare has no name
/// for *User Details* in such links: for provisioning it is chosen by hand.
pub fn user_token_link(purpose: Purpose, account: &AccountId, name: &str) -> String {
    template::user_token(&permissions(purpose), account, name)
}

fn permissions(purpose: Purpose) -> Vec<Permission> {
    let needed = needed(purpose).iter();
    needed.map(|needed| needed.permission).collect()
}
