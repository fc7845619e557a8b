//! People who use the console, how they are known, and what they may do.

mod action;
mod actor;
mod directory;
mod email;
mod key;
mod link;
mod operator;
mod passkey;
mod role;
mod session;
mod single_sign_on;
#[cfg(test)]
mod tests;

pub use action::{Action, Denied};
pub use actor::{Actor, Via};
pub use directory::{Group, GroupRole, GroupSays, Person, Provisioning};
pub(crate) use directory::{external_id, group_name};
pub use email::{Email, EmailError};
pub use key::{ApiKey, KeyHolder, KeyLife, KeyScope};
pub use link::{Link, LinkPurpose};
pub use operator::{Operator, OperatorSource, OperatorStatus, SecondFactor, SignIn};
pub use passkey::{NewPasskey, Passkey, PasskeyUse};
pub use role::{Role, Roles};
pub use session::{EndOfSession, Proof, Session, SessionScope};
pub use single_sign_on::{Identity, SignOnFault, SignOnRefusal, SingleSignOn, Vouched};
