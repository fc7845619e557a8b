//! Accounts, their members and roles.

use crate::endpoint::{Endpoint, Paged, Path};
use crate::types::{Account, Member, Role};
use crate::{AccountId, MemberId, Permission};

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAccount {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for GetAccount {
    type Output = Account;
    const WHAT: &'static str = "the account";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str()])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// The accounts that a user credential reaches. Refused to account-owned tokens; a token without the permission
/// gets an empty list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAccounts;

impl Endpoint for ListAccounts {
    type Output = Vec<Account>;
    const WHAT: &'static str = "the accounts";

    fn path(&self) -> Path {
        Path::of(&["accounts"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for ListAccounts {
    type Item = Account;
    const PER_PAGE: u32 = 50;

    fn id(item: &Account) -> &str {
        item.id.as_str()
    }
}

/// The members of an account, invited ones included.
///
/// In the order of their addresses: in an order of their own, pages shift less while people come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for Members {
    type Output = Vec<Member>;
    const WHAT: &'static str = "the members";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "members"])
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("order", "user.email".to_owned())]
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for Members {
    type Item = Member;
    const PER_PAGE: u32 = 50;

    fn id(item: &Member) -> &str {
        item.id.as_str()
    }
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetMember {
    /// The account.
    pub account: AccountId,
    /// The membership.
    pub member: MemberId,
}

impl Endpoint for GetMember {
    type Output = Member;
    const WHAT: &'static str = "the member";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "members", self.member.as_str()])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

/// The roles of an account. Deprecated since 2026-07-21, without a date for its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// The account.
    pub account: AccountId,
}

impl Endpoint for Roles {
    type Output = Vec<Role>;
    const WHAT: &'static str = "the roles";

    fn path(&self) -> Path {
        Path::of(&["accounts", self.account.as_str(), "roles"])
    }

    fn permission(&self) -> Option<Permission> {
        Some(Permission::AccountSettingsRead)
    }
}

impl Paged for Roles {
    type Item = Role;
    const PER_PAGE: u32 = 50;

    fn id(item: &Role) -> &str {
        item.id.as_str()
    }
}
