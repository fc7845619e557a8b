//! The audit trail: who did what, to what, from where; each entry sealed with the one before it.

mod chain;
mod entry;
mod json;
#[cfg(test)]
mod tests;

pub use chain::{Broken, Verifier};
pub use entry::{AuditAction, AuditDraft, AuditEntry, AuditHash, Difference, Object};
pub use json::AuditLineError;
