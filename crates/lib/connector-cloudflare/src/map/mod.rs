//! Pure mappers: what Cloudflare says, as records. No calls, no state, no order.

pub(crate) mod group;
pub(crate) mod invitation;
pub(crate) mod member;
pub(crate) mod place;
pub(crate) mod policy;
pub(crate) mod role;
pub(crate) mod scope;
pub(crate) mod token;
pub(crate) mod user;

#[cfg(test)]
mod testing;
