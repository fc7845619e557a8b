//! Accounts and the caller.

use serde::Serialize;

/// An account as `GET /accounts/{id}` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// 32 hex characters.
    pub id: String,
    /// Display name.
    pub name: String,
    /// `standard` or `enterprise`.
    #[serde(rename = "type")]
    pub kind: String,
    /// RFC 3339.
    pub created_on: String,
    /// Account-wide settings.
    pub settings: AccountSettings,
    /// Present when the account belongs to an Organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<ParentOrganization>,
}

/// Settings of an account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountSettings {
    /// Members must have two-factor authentication on.
    pub enforce_twofactor: bool,
    /// Where abuse reports go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abuse_contact_email: Option<String>,
}

/// The Organization above an account; its administrators are not members.
#[derive(Debug, Clone, Serialize)]
pub struct ParentOrganization {
    /// 32 hex characters.
    pub parent_org_id: String,
    /// Display name.
    pub parent_org_name: String,
}

/// The person behind user tokens and the global key (`GET /user`).
#[derive(Debug, Clone)]
pub struct User {
    /// User id, the same as in the person's membership.
    pub id: String,
    /// Address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Two-factor authentication at Cloudflare's dashboard.
    pub two_factor: bool,
}
