//! How a connector and its control plane talk: client ids and secrets, signed assertions, message rules.
//!
//! Both ends use this crate, and it opens no connection of its own. A connector proves who it is with a short-lived
//! [`assertion`] signed by the key in its [`ClientSecret`]; the control plane knows the [`PublicKey`] only. What a
//! request may hold is in [`rules`].

pub mod assertion;
mod base64url;
mod client_id;
mod client_secret;
mod public_key;
pub mod rules;

pub use client_id::{ClientId, InvalidClientId, is_authority};
pub use client_secret::{ClientSecret, InvalidClientSecret};
pub use public_key::{InvalidPublicKey, PublicKey};

/// Where an assertion is exchanged for an access token, by `POST`.
pub const TOKEN_PATH: &str = "/auth/v1/token";

/// The form field `grant_type` of that exchange.
pub const GRANT_TYPE: &str = "client_credentials";

/// The form field `client_assertion_type` of that exchange (RFC 7523, section 2.2).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How many bytes of a file travel in one message; the last message of a file has fewer.
pub const CHUNK_BYTES: usize = 524_288;

/// The most bytes of a file that may travel in one message.
pub const MAX_DATA_BYTES: usize = 1_048_576;

/// Metadata of a poll from a client that gives signs of life for every task from its beginning. Others do so for syncs
/// only, and their other tasks have to be left with them for longer. Ours alone; who does not know it passes it over.
pub const BEATS_ALL_HEADER: &str = "x-rollcall-heartbeats";
