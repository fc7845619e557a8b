//! The connector against a simulated Cloudflare.

#[cfg(test)]
mod calls;
#[cfg(test)]
mod checklist;
#[cfg(test)]
mod content;
#[cfg(test)]
mod drift;
#[cfg(test)]
mod find;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod provision;
#[cfg(test)]
mod support;
#[cfg(test)]
mod validate;
