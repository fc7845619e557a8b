//! Accounts made to measure: sizes and a seed in, the same account out every time.

pub(crate) mod access;
pub(crate) mod account;
mod audit;
mod groups;
mod members;
mod names;
mod resources;
mod tokens;

use chrono::{DateTime, Duration, SecondsFormat, Utc};

use crate::{
    catalogue,
    chance::Chance,
    state::{Account, Credential, Grants, PermissionGroup, ResourceGroup, State, Token},
};

use std::{collections::BTreeSet, sync::Arc};

/// Sizes of an invented account. The same sizes and seed make the same account, byte for byte.
///
/// Two of the members (if there are two) are Super Administrators, the first one being the person behind
/// [`State::user`]; about 2 % are pending, in all forms that Cloudflare has shown; about 5 % have scoped
/// policies; about a fifth is without two-factor authentication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// Members, pending ones included.
    pub members: usize,
    /// Account-wide roles, Super Administrator first; beyond Cloudflare's own some eighty, invented ones.
    pub roles: usize,
    /// Permission groups; never fewer than one per role, one for zones and one for Workers.
    pub permission_groups: usize,
    /// Account-owned tokens in the default listing; some expired ones come on top.
    pub tokens: usize,
    /// User groups; the last one is empty.
    pub user_groups: usize,
    /// Members of each user group but the last.
    pub group_members: usize,
    /// Resource groups; never fewer than the account-wide one.
    pub resource_groups: usize,
    /// Zones.
    pub zones: usize,
    /// Audit log entries.
    pub audit_entries: usize,
    /// Decides everything that the sizes leave open.
    pub seed: u64,
    /// The day that dates are counted back from.
    pub now: DateTime<Utc>,
}

impl Default for Spec {
    /// A middle-sized account: what the benchmark of calls uses.
    fn default() -> Self {
        Self {
            members: 500,
            roles: 40,
            permission_groups: 50,
            tokens: 5,
            user_groups: 4,
            group_members: 12,
            resource_groups: 8,
            zones: 6,
            audit_entries: 25,
            seed: 1,
            now: DateTime::from_timestamp(1_790_812_800, 0).unwrap_or_default(),
        }
    }
}

impl Spec {
    /// An account with this many members, everything else as by default.
    pub fn with_members(members: usize) -> Self {
        Self {
            members,
            ..Self::default()
        }
    }

    /// Builds the account.
    pub fn build(&self) -> State {
        let mut chance = Chance::new(self.seed);
        let account = account::account(&mut chance);
        let catalogue = Catalogue::new(self);
        let zones = resources::zones(self, &mut chance);
        let resource_groups = resources::groups(self, &mut chance, &account.id, &zones);
        let ground = Ground {
            spec: self,
            account: &account,
            catalogue,
            resource_groups,
        };
        let members = members::members(&ground, &mut chance);
        let user = account::user(&members);
        let user_groups = groups::user_groups(&ground, &mut chance, &members);
        let tokens = tokens::tokens(&ground, &mut chance, &members);
        let audit_log = audit::entries(&ground, &mut chance, &members);
        let Ground {
            catalogue,
            resource_groups,
            ..
        } = ground;
        State {
            credentials: credentials(&user.email, &tokens),
            expired_invitations: BTreeSet::new(),
            other_accounts: vec![account::other()],
            roles: catalogue
                .roles
                .iter()
                .filter_map(|group| group.role.clone())
                .collect(),
            permission_groups: catalogue.all(),
            token_permission_groups: catalogue::token_permissions(),
            access: access::access(&account.name),
            user_tokens: Vec::new(),
            account,
            user,
            members,
            resource_groups,
            user_groups,
            tokens,
            zones,
            audit_log,
            now: self.now,
            chance,
        }
    }

    /// A time so many hours before [`Spec::now`], as the API writes it.
    fn hours_ago(&self, hours: u32) -> String {
        timestamp(self.now - Duration::hours(i64::from(hours)))
    }
}

/// A time as the API writes it.
pub(crate) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl From<Spec> for State {
    fn from(spec: Spec) -> Self {
        spec.build()
    }
}

/// What the parts of an account are built on.
struct Ground<'a> {
    spec: &'a Spec,
    account: &'a Account,
    catalogue: Catalogue,
    resource_groups: Vec<Arc<ResourceGroup>>,
}

/// The permission groups of the account, by use.
struct Catalogue {
    roles: Vec<Arc<PermissionGroup>>,
    domain: Vec<Arc<PermissionGroup>>,
    worker: Arc<PermissionGroup>,
    filling: Vec<Arc<PermissionGroup>>,
}

impl Catalogue {
    fn new(spec: &Spec) -> Self {
        let roles = catalogue::account_roles(spec.roles.max(1));
        let room = spec.permission_groups.saturating_sub(roles.len() + 1).max(1);
        let domain: Vec<_> = catalogue::domain_roles().into_iter().take(room).collect();
        let missing = room.saturating_sub(domain.len());
        let filling = (1..=missing).map(catalogue::token_like).collect();
        Self {
            roles,
            domain,
            worker: catalogue::worker_editor(),
            filling,
        }
    }

    fn all(self) -> Vec<Arc<PermissionGroup>> {
        let Self {
            roles,
            domain,
            worker,
            filling,
        } = self;
        roles
            .into_iter()
            .chain(domain)
            .chain([worker])
            .chain(filling)
            .collect()
    }
}

/// The ways to authenticate that every invented account knows; the secrets are no secrets. The
/// account-owned token is the first one listed.
pub(crate) fn credentials(email: &str, tokens: &[Token]) -> Vec<Credential> {
    let user_token = Credential::user_token(
        &catalogue::stable_id("user token"),
        "cfut_0000000000000000000000000000000000000000example",
        Grants::Everything,
    );
    let listed = tokens.first();
    let id = listed.map_or_else(|| catalogue::stable_id("account token"), |token| token.id.clone());
    let secret = "cfat_0000000000000000000000000000000000000000example";
    let mut account_token = Credential::account_token(&id, secret, Grants::Everything);
    account_token.expires_on = listed.and_then(|token| token.expires_on.clone());
    let key = Credential::global_key(email, "cfk_0000000000000000000000000000000000000000example");
    vec![user_token, account_token, key]
}
