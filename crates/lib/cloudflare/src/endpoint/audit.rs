//! The audit log.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::endpoint::{Endpoint, Path};
use crate::types::AuditLogEntry;
use crate::{AccountId, Permission};

/// The audit log of an account, version 2, between two moments. Kept for 18 months. Read it with
/// [`crate::Client::audit_log`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLogs {
    /// The account.
    pub account: AccountId,
    /// From this moment on.
    pub since: DateTime<Utc>,
    /// Up to this moment.
    pub before: DateTime<Utc>,
}

impl Endpoint for AuditLogs {
    type Output = Vec<AuditLogEntry>;
    const WHAT: &'static str = "the audit log";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "logs", "audit"])
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let text = |moment: DateTime<Utc>| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        vec![
            ("since", text(self.since)),
            ("before", text(self.before)),
            ("limit", "1000".to_owned()),
        ]
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}
