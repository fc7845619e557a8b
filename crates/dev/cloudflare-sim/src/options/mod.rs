//! How the service behaves where Cloudflare's behaviour differs by time, plan or is unconfirmed.

mod writing;

pub use writing::{DuplicateMember, LastSuperAdministrator, PendingInGroups};

use std::{collections::BTreeSet, time::Duration};

use crate::{
    Endpoint,
    clock::Clock,
    state::{AddressPlace, PendingForm},
};

/// Behaviour of a simulator. The default is what is documented or was seen last.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The budget per user or account-owned token.
    pub rate_limit: RateLimit,
    /// What the rate limit measures time with.
    pub clock: Clock,
    /// How long each call takes at least.
    pub latency: Duration,
    /// The deprecated roles endpoint.
    pub roles: RolesEndpoint,
    /// Whether the roles endpoint lists Super Administrator.
    pub super_administrator: SuperAdministrator,
    /// The text of a missing permission.
    pub refusal: Refusal,
    /// How a token that may not be used from the caller's address is refused.
    pub wrong_address: WrongAddress,
    /// What happens to a `per_page` outside the limits.
    pub page_size: PageSize,
    /// What listings tell about themselves.
    pub result_info: ResultInfoForm,
    /// Whether resource groups come in pages.
    pub resource_groups: ResourceGroupPages,
    /// What an empty collection of groups or group members looks like.
    pub empty_groups: EmptyGroups,
    /// Where the audit log's cursor stands.
    pub cursor: CursorPlace,
    /// Listings that answer with nothing, as some do for credentials without the right (pitfall 17).
    pub empty_lists: BTreeSet<Endpoint>,
    /// How a new invitation shows that there is no user id yet.
    pub pending_form: PendingForm,
    /// Where a new invitation shows its address.
    pub address_place: AddressPlace,
    /// The HTTP status of a second invitation.
    pub duplicate_member: DuplicateMember,
    /// How many invitations may be open at a time; none for any number.
    pub invitation_limit: Option<usize>,
    /// What happens when the last Super Administrator would go.
    pub last_super_administrator: LastSuperAdministrator,
    /// Whether pending members can be added to user groups.
    pub pending_in_groups: PendingInGroups,
}

impl Options {
    /// The defaults without a rate limit.
    pub fn unlimited() -> Self {
        Self {
            rate_limit: RateLimit::Off,
            ..Self::default()
        }
    }
}

/// The budget of calls per user, or per account-owned token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// No budget and no headers.
    Off,
    /// A budget; who exceeds it is blocked.
    On {
        /// Calls per window.
        quota: u32,
        /// Length of the window.
        window: Duration,
        /// How long everything is refused once the budget is exceeded.
        block: Duration,
    },
}

impl RateLimit {
    /// `quota` calls per `window`, then five minutes of refusals.
    pub fn new(quota: u32, window: Duration) -> Self {
        Self::On {
            quota,
            window,
            block: Duration::from_mins(5),
        }
    }
}

impl Default for RateLimit {
    /// Cloudflare's: 1,200 calls in five minutes.
    fn default() -> Self {
        Self::new(1200, Duration::from_mins(5))
    }
}

/// The deprecated roles endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RolesEndpoint {
    /// Still answered.
    #[default]
    Served,
    /// Gone, with this status (404 or 410).
    Gone(u16),
}

/// Whether the roles endpoint lists Super Administrator; sources differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SuperAdministrator {
    /// In the list.
    #[default]
    Listed,
    /// Left out of the list.
    Unlisted,
}

/// The text of a missing permission (403, code 10000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refusal {
    /// "Forbidden" with a `documentation_url`: since August 2026.
    #[default]
    Documented,
    /// "Authentication error".
    Bare,
}

/// What happens to a `per_page` outside the limits; unconfirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageSize {
    /// The nearest allowed size is used and told in `result_info`.
    #[default]
    Clamp,
    /// 400.
    Refuse,
}

/// What listings tell about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultInfoForm {
    /// With `total_pages`.
    #[default]
    Full,
    /// As the schema has it.
    WithoutTotalPages,
    /// None on the iam listings.
    AbsentOnIam,
}

/// Whether resource groups come in pages: they did in the schema of 2024 and do not in that of 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResourceGroupPages {
    /// All in one answer.
    #[default]
    Single,
    /// 20 a page by default, 50 at most.
    Paged,
}

/// What an empty collection of groups or group members looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyGroups {
    /// `null`.
    #[default]
    Null,
    /// `[]`.
    Array,
}

/// Where the audit log's cursor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CursorPlace {
    /// `result_info.cursor`.
    #[default]
    ResultInfo,
    /// `result_info.cursors.after`.
    CursorsAfter,
}

/// What verification answers for a token that may not be used from the caller's address; reports differ. All other
/// calls are refused with 403 and code 9109.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WrongAddress {
    /// As if the token did not exist.
    #[default]
    UnknownToVerify,
    /// As other calls.
    Told,
}
