//! Passkeys (Web Authentication, level 2 and up): what authenticators answer, verified.
//!
//! A [`RelyingParty`] is the console as browsers know it. [`RelyingParty::register`] takes a new credential in, and
//! [`RelyingParty::verify`] says whether an answer was made now, for us, with a credential that is kept. Who made an
//! authenticator is not asked for, so attestation statements are not looked at. Values and pure decisions only: keeping
//! credentials and using each [`Challenge`] once is for whoever calls.

mod authenticator;
mod cbor;
mod challenge;
mod client;
mod fault;
mod key;
mod relying_party;

pub use challenge::Challenge;
pub use fault::Fault;
pub use key::{ALGORITHMS, PublicKey};
pub use relying_party::{
    Answer, NoDomain, NoUserVerification, Registered, Registration, RelyingParty, Verified,
};
