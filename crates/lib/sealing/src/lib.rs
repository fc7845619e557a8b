//! Secrets for somebody else: encrypted for the recipients that a request names.
//!
//! A recipient is known by a public key, and the result is what ConductorOne's SDK makes for the same key, so that
//! whoever holds the private one can open it. All of it is the age format (C2SP `age`); the two providers differ in
//! how the key is written, how it is named, and in one layer of base64.

mod age_text;
mod error;
mod jwk;
mod recipient;
mod ssh;

pub use error::{InvalidRecipient, SealError};
pub use recipient::{AGE_PROVIDER, JWK_PROVIDER, Label, Recipient, Sealed};
