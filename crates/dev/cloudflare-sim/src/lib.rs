//! A faithful in-memory Cloudflare v4 API: what the tests, the demo and the benchmarks talk to.
//!
//! It serves members, roles, IAM, tokens, zones, Access and audit logs with the envelope, page limits, refusals
//! and rate limit that Cloudflare documents, over real sockets, takes the writes that change access (members,
//! user groups, resource groups, account tokens), and goes wrong on demand. It knows nothing of the typed
//! client, so that each is a witness for the other.
//!
//! ```
//! use cloudflare_sim::{Endpoint, Fault, Options, Sim, Spec, When};
//!
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let sim = Sim::new(Spec::with_members(120), Options::default()).start().await?;
//! let base = sim.base_url(); // http://127.0.0.1:PORT/client/v4
//! let token = sim.token(); // a user token that may do everything; also account_token() and key()
//!
//! // The second page of members fails once, and a member disappears after the first.
//! sim.faults().add(When::call(2).of("/accounts/*/members"), Fault::edge());
//! sim.after(When::call(1).of("/accounts/*/members"), |state| {
//!     state.remove_member(3);
//! });
//!
//! // ... let a client read `base` with `token`, then count what it asked for:
//! assert_eq!(sim.journal().count(Endpoint::Members), 0);
//!
//! // Right before the first change of a member somebody else changes it, and the answer is lost.
//! let write = || When::call(1).of("/accounts/*/members/*").method("PUT");
//! sim.faults().add_after_effect(write(), Fault::Reset);
//! sim.before(write(), |state| state.members[5].policies.clear());
//!
//! // ... let a client change access, then see what is different:
//! let before = sim.picture();
//! assert_eq!(before.difference(&sim.picture()), [""; 0]);
//! # Ok::<(), std::io::Error>(())
//! # }).unwrap();
//! ```
//!
//! [`Spec`] makes accounts of any size from a seed; [`Options`] chooses among the behaviours that differ by
//! plan or time or that no source confirms; [`state`] is the account itself, open to changes.

mod answers;
mod catalogue;
mod chance;
mod clock;
pub mod demo;
mod endpoint;
mod options;
mod server;
mod spec;
pub mod state;
mod store;
mod writes;

pub use clock::{Clock, ManualClock};
pub use endpoint::Endpoint;
pub use options::{
    CursorPlace, DuplicateMember, EmptyGroups, LastSuperAdministrator, Options, PageSize, PendingInGroups,
    RateLimit, Refusal, ResourceGroupPages, ResultInfoForm, RolesEndpoint, SuperAdministrator, WrongAddress,
};
pub use server::{Call, Fault, Faults, Journal, Running, Sim, When};
pub use spec::Spec;
pub use state::State;
