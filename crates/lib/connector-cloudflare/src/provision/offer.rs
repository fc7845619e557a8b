//! What a new member is offered: roles and scoped permissions, by id or by name.

use cloudflare::endpoint::{MemberAccess, PermissionGroupsNamed, ResourceGroupsNamed, Roles};
use cloudflare::types::{Access, Member, PermissionGroup, Policy, ResourceGroup, Role};
use cloudflare::{PermissionGroupId, ResourceGroupId, RoleId};
use connector::ConnectorError;
use model::{Profile, ProfileValue};

use super::{Provisioning, refusal, told};
use crate::known_roles;
use crate::map::role;

/// The key of the roles in the profile of a new account, as the Go connector has it.
pub(crate) const ROLES: &str = "roles";
/// The key of the scoped permissions.
pub(crate) const POLICIES: &str = "policies";

/// What a new member is offered.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// As Cloudflare takes it.
    pub(crate) access: MemberAccess,
    /// In words.
    pub(crate) lines: Vec<String>,
}

impl Offer {
    /// What an invitation offers, so that it can be made again. `None` when Cloudflare does not show it.
    pub(crate) fn of(member: &Member, account: &cloudflare::AccountId) -> Option<Self> {
        let as_roles = super::holdings::is_only_roles(member);
        let lines = told::lines(member, as_roles, account);
        let access = if as_roles {
            MemberAccess::Roles(member.roles.iter().map(|role| role.id.clone()).collect())
        } else {
            MemberAccess::Policies(member.policies.iter().map(anew).collect())
        };
        (!lines.is_empty()).then_some(Self { access, lines })
    }
}

/// The policy as one that is not there yet.
fn anew(policy: &Policy) -> Policy {
    Policy {
        id: None,
        ..policy.clone()
    }
}

impl Provisioning {
    /// Reads what a profile asks for.
    pub(super) async fn offer(&self, profile: &Profile) -> Result<Offer, ConnectorError> {
        let (roles, policies) = (texts(profile, ROLES), texts(profile, POLICIES));
        if roles.is_empty() && policies.is_empty() {
            return Err(refusal::nothing_offered());
        }
        // As policies, roles are known by their names.
        let roles = self.roles(&roles, !policies.is_empty()).await?;
        let mut lines: Vec<String> = roles.iter().map(|held| role::name(held).to_owned()).collect();
        if policies.is_empty() {
            let ids = roles.into_iter().map(|role| role.id).collect();
            return Ok(Offer {
                access: MemberAccess::Roles(ids),
                lines,
            });
        }
        // Roles beside policies would be ignored, so they become policies too.
        let mut all = Vec::new();
        for held in &roles {
            all.push(self.role_as_policy(held).await?);
        }
        for text in &policies {
            let policy = self.scoped(text).await?;
            lines.push(text.clone());
            all.push(policy);
        }
        Ok(Offer {
            access: MemberAccess::Policies(all),
            lines,
        })
    }

    /// Roles by id or by name. The list is read only when a name is to be found in it.
    async fn roles(&self, wanted: &[String], with_names: bool) -> Result<Vec<Role>, ConnectorError> {
        let by_id = |text: &String| is_id(text).then(|| id_only(text));
        let enough = |role: &Role| !with_names || !role.name.is_empty();
        if let Some(roles) = wanted.iter().map(by_id).collect::<Option<Vec<_>>>()
            && roles.iter().all(enough)
        {
            return Ok(roles);
        }
        let account = self.account.clone();
        let listed = self.client.list(Roles { account }).collect().await;
        let (listed, _) = listed.map_err(|error| refusal::by_cloudflare("looking up roles", error))?;
        let listed = role::with_super_administrator(listed);
        let find = |text: &String| {
            let meant = |role: &&Role| {
                let name = role::name(role);
                role.id.as_str() == text.trim() || name.eq_ignore_ascii_case(text.trim())
            };
            let known = only(listed.iter().filter(meant).cloned().collect());
            known
                .or_else(|| by_id(text))
                .ok_or_else(|| refusal::role_not_offered(text))
        };
        wanted.iter().map(find).collect()
    }

    async fn role_as_policy(&self, held: &Role) -> Result<Policy, ConnectorError> {
        let known = self.policy_of(held, &[]).await?;
        known
            .map(|known| known.policy)
            .ok_or_else(|| refusal::role_without_permission_group(role::name(held), "the new member"))
    }

    /// A permission on a scope, such as `Domain DNS on Production domains`; both by id or by name.
    async fn scoped(&self, text: &str) -> Result<Policy, ConnectorError> {
        let (permission, place) = text.rsplit_once(" on ").ok_or_else(|| refusal::no_scope(text))?;
        let (permission, place) = (permission.trim(), place.trim());
        let group = self.group_named(permission).await?;
        Ok(Policy::new(Access::Allow, group, self.place_named(place).await?))
    }

    async fn group_named(&self, text: &str) -> Result<PermissionGroup, ConnectorError> {
        if is_id(text) {
            return Ok(PermissionGroup::new(PermissionGroupId::new(text), None));
        }
        let (account, name) = (self.account.clone(), text.to_owned());
        let named = self.client.call(&PermissionGroupsNamed { account, name }).await;
        let named = named.map_err(|error| refusal::by_cloudflare("looking up a permission group", error))?;
        let named = named
            .into_iter()
            .filter(|group| is_called(group.name.as_deref(), text));
        only(named.collect()).ok_or_else(|| refusal::not_one_named("permission group", text))
    }

    async fn place_named(&self, text: &str) -> Result<ResourceGroup, ConnectorError> {
        if is_id(text) {
            return Ok(ResourceGroup::new(ResourceGroupId::new(text), None));
        }
        let (account, name) = (self.account.clone(), text.to_owned());
        let named = self.client.call(&ResourceGroupsNamed { account, name }).await;
        let named = named.map_err(|error| refusal::by_cloudflare("looking up a scope", error))?;
        let named = named
            .into_iter()
            .filter(|place| is_called(place.name.as_deref(), text));
        only(named.collect()).ok_or_else(|| refusal::not_one_named("scope", text))
    }
}

fn is_called(name: Option<&str>, text: &str) -> bool {
    name.is_some_and(|name| name.eq_ignore_ascii_case(text))
}

fn only<T>(mut found: Vec<T>) -> Option<T> {
    let first = found.pop()?;
    found.is_empty().then_some(first)
}

/// A list of texts, or one text alone, as forms give it.
fn texts(profile: &Profile, key: &str) -> Vec<String> {
    let texts: Vec<&str> = match profile.get(key) {
        Some(ProfileValue::Text(text)) => vec![text],
        Some(ProfileValue::List(items)) => items.iter().filter_map(ProfileValue::as_text).collect(),
        _ => Vec::new(),
    };
    let filled = texts.into_iter().map(str::trim).filter(|text| !text.is_empty());
    filled.map(str::to_owned).collect()
}

/// Whether a text has the form of Cloudflare's ids.
fn is_id(text: &str) -> bool {
    let text = text.trim();
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn id_only(text: &str) -> Role {
    let id = text.trim();
    Role {
        id: RoleId::new(id),
        name: known_roles::by_id(id)
            .map(|role| role.name.to_owned())
            .unwrap_or_default(),
        description: None,
    }
}
