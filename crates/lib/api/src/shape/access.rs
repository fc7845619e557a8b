//! Who can do what, as the newest believed sync says.

use chrono::{DateTime, Utc};
use governance::access;
use model::{Lifecycle, Purpose};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{EntitlementOrder, ResourceKind, ResourceOrder, SecondFactor};
use crate::page::{Cursor, Limit};

/// What a resource is called.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ResourceName")]
pub(crate) struct Name {
    /// The type, such as `user`.
    #[serde(rename = "type")]
    kind: String,
    /// What the account calls it.
    id: String,
    /// What part it plays.
    part: ResourceKind,
    /// For people.
    #[serde(rename = "name")]
    title: String,
}

/// A person, an invitation, a token, a role, a group or anything else that was read.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Resource {
    /// The type, such as `user`.
    #[serde(rename = "type")]
    kind: String,
    /// What the account calls it.
    id: String,
    /// What part it plays.
    part: ResourceKind,
    /// For people.
    name: String,
    /// For people.
    description: String,
    /// The address of an account.
    email: String,
    /// Whether it is in use: `enabled`, `disabled`, `deleted`, `unspecified`, or a number that this version does not know.
    lifecycle: String,
    /// Why, in the account's word, such as `Accepted`.
    status: String,
    /// Whether a second factor is set up; nothing when that is not known.
    second_factor: Option<bool>,
    /// When it was last used.
    last_used_at: Option<DateTime<Utc>>,
    /// When it was made.
    created_at: Option<DateTime<Utc>>,
    /// When it stops working.
    expires_at: Option<DateTime<Utc>>,
    /// What else the account says of it.
    profile: Value,
    /// How much it holds.
    holds: u64,
    /// Whether the sync read it; otherwise something names it, and nothing more is known.
    known: bool,
}

/// Something that can be held: a role, a scoped role, being in a group.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Entitlement {
    /// Its id.
    id: String,
    /// What it is on.
    on: Name,
    /// The last part of the id.
    slug: String,
    /// For people.
    name: String,
    /// For people.
    description: String,
    /// What kind of right it is: `assignment`, `permission`, `ownership`, `unspecified`, or a number that this version
    /// does not know.
    purpose: String,
    /// Whether it cannot be granted or revoked through the connector.
    immutable: bool,
    /// How many hold it, each way.
    holders: u64,
    /// How many of them were given it themselves.
    direct_holders: u64,
    /// Whether the sync read it; otherwise a grant names it, and nothing more is known.
    known: bool,
}

/// That something is held, by whom.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Holder {
    /// How it is held.
    grant: Grant,
    /// By whom.
    holder: Resource,
}

/// That something is held, and what.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Holding {
    /// How it is held.
    grant: Grant,
    /// What.
    entitlement: Entitlement,
}

/// How something is held.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Grant {
    /// Its id.
    id: String,
    /// Whether it was given to the holder itself.
    direct: bool,
    /// Whether it cannot be taken back by itself.
    immutable: bool,
    /// Through what else it is held.
    through: Vec<Through>,
}

/// What leads to a grant, such as being in a group.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Through {
    /// The id of what is held for it.
    entitlement: String,
    /// What that is on, such as the group.
    on: Name,
}

/// How much there is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Overview {
    /// When the sync was finished that this tells of.
    read_at: DateTime<Utc>,
    /// How much there is of each type.
    types: Vec<TypeCount>,
    /// The accounts, by what matters.
    accounts: Vec<Tally>,
    /// Grants that were given to the holder itself.
    direct_grants: u64,
    /// Grants that only follow from others.
    inherited_grants: u64,
}

/// How much there is of a type.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TypeCount {
    /// The type, such as `user`.
    #[serde(rename = "type")]
    kind: String,
    /// Its name.
    name: String,
    /// What part its resources play.
    part: ResourceKind,
    /// How many resources.
    resources: u64,
    /// How many grants on them.
    grants: u64,
}

/// How many accounts have these in common.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountTally")]
pub(crate) struct Tally {
    /// Their type.
    #[serde(rename = "type")]
    kind: String,
    /// Whether they are in use.
    lifecycle: String,
    /// Whether a second factor is set up; nothing when that is not known.
    second_factor: Option<bool>,
    /// How many.
    accounts: u64,
}

/// Whether accounts are in use.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Lifecycle")]
pub(crate) enum InUse {
    /// They are.
    Enabled,
    /// They are not.
    Disabled,
}

/// Which accounts, and in which order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountQuery {
    /// Those with this in their name, address or id.
    search: Option<String>,
    /// Those that are in use, or not.
    lifecycle: Option<InUse>,
    /// Those of whose second factor this is known.
    second_factor: Option<SecondFactor>,
    /// Those of this type, such as `user` or `invitation`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Those that play this part; accounts when it is left out.
    part: Option<ResourceKind>,
    /// By what they are ordered; by name when it is left out.
    order: Option<ResourceOrder>,
    /// Whether the order is turned round.
    descending: Option<bool>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// Which entitlements, and in which order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntitlementQuery {
    /// Those with this in their name or id.
    search: Option<String>,
    /// Those on resources of this type.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// By what they are ordered; by name when it is left out.
    order: Option<EntitlementOrder>,
    /// Whether the order is turned round.
    descending: Option<bool>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// Which resource.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What the account calls it.
    pub(crate) id: String,
}

/// What of whose.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldingQuery {
    /// The type of the holder.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What the account calls the holder.
    pub(crate) id: String,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// Which entitlement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhichRight {
    /// Its id.
    pub(crate) id: String,
}

/// Who of those who hold something.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolderQuery {
    /// The id of what is held.
    pub(crate) entitlement: String,
    /// Those with this in their name, address or id.
    pub(crate) search: Option<String>,
    /// Those who were given it themselves, or only hold it through something else.
    pub(crate) direct: Option<bool>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

impl AccountQuery {
    pub(crate) fn read(&self) -> access::ResourceQuery {
        access::ResourceQuery {
            resource_type: self.kind.as_deref().map(Into::into),
            kind: Some(self.part.map_or(access::ResourceKind::User, Into::into)),
            lifecycle: self.lifecycle.map(|in_use| match in_use {
                InUse::Enabled => Lifecycle::Enabled,
                InUse::Disabled => Lifecycle::Disabled,
            }),
            second_factor: self.second_factor.map(Into::into),
            search: self.search.clone().unwrap_or_default(),
            order: self.order.map(Into::into).unwrap_or_default(),
            descending: self.descending.unwrap_or_default(),
        }
    }
}

impl EntitlementQuery {
    pub(crate) fn read(&self) -> access::EntitlementQuery {
        access::EntitlementQuery {
            resource_type: self.kind.as_deref().map(Into::into),
            resource: None,
            search: self.search.clone().unwrap_or_default(),
            order: self.order.map(Into::into).unwrap_or_default(),
            descending: self.descending.unwrap_or_default(),
        }
    }
}

fn lifecycle(of: Lifecycle) -> String {
    match of {
        Lifecycle::Unspecified => "unspecified".to_owned(),
        Lifecycle::Enabled => "enabled".to_owned(),
        Lifecycle::Disabled => "disabled".to_owned(),
        Lifecycle::Deleted => "deleted".to_owned(),
        Lifecycle::Other(number) => number.to_string(),
    }
}

fn purpose(of: Purpose) -> String {
    match of {
        Purpose::Unspecified => "unspecified".to_owned(),
        Purpose::Assignment => "assignment".to_owned(),
        Purpose::Permission => "permission".to_owned(),
        Purpose::Ownership => "ownership".to_owned(),
        Purpose::Other(number) => number.to_string(),
    }
}

impl From<&access::ResourceName> for Name {
    fn from(of: &access::ResourceName) -> Self {
        Self {
            kind: of.id.resource_type.to_string(),
            id: of.id.object.to_string(),
            part: of.kind.into(),
            title: of.name.clone(),
        }
    }
}

impl From<access::ListedResource> for Resource {
    fn from(listed: access::ListedResource) -> Self {
        let of = listed.resource;
        Self {
            kind: of.id.resource_type.to_string(),
            id: of.id.object.to_string(),
            part: of.kind.into(),
            name: of.name,
            description: of.description,
            email: of.email,
            lifecycle: lifecycle(of.lifecycle),
            status: of.status,
            second_factor: of.second_factor,
            last_used_at: of.last_used_at,
            created_at: of.created_at,
            expires_at: of.expires_at,
            profile: serde_json::from_str(&of.profile).unwrap_or_default(),
            holds: listed.holds,
            known: listed.known,
        }
    }
}

impl From<access::ListedEntitlement> for Entitlement {
    fn from(listed: access::ListedEntitlement) -> Self {
        let of = listed.entitlement;
        Self {
            id: of.id.to_string(),
            on: (&listed.on).into(),
            slug: of.slug,
            name: of.name,
            description: of.description,
            purpose: purpose(of.purpose),
            immutable: of.immutable,
            holders: listed.holders,
            direct_holders: listed.direct_holders,
            known: listed.known,
        }
    }
}

fn grant(of: &access::AccessGrant, through: &[access::Through]) -> Grant {
    let through = through.iter().map(|one| Through {
        entitlement: one.entitlement.to_string(),
        on: (&one.on).into(),
    });
    Grant {
        id: of.id.to_string(),
        direct: of.direct,
        immutable: of.immutable,
        through: through.collect(),
    }
}

impl From<access::Holder> for Holder {
    fn from(of: access::Holder) -> Self {
        Self {
            grant: grant(&of.grant, &of.through),
            holder: of.principal.into(),
        }
    }
}

impl From<access::Holding> for Holding {
    fn from(of: access::Holding) -> Self {
        Self {
            grant: grant(&of.grant, &of.through),
            entitlement: of.entitlement.into(),
        }
    }
}

impl Overview {
    pub(crate) fn of(snapshot: &access::Snapshot, overview: access::Overview) -> Self {
        let count = |one: access::TypeCounts| TypeCount {
            kind: one.of.id.to_string(),
            name: one.of.name,
            part: one.of.kind.into(),
            resources: one.resources,
            grants: one.grants,
        };
        let tally = |one: access::AccountTally| Tally {
            kind: one.resource_type.to_string(),
            lifecycle: lifecycle(one.lifecycle),
            second_factor: one.second_factor,
            accounts: one.accounts,
        };
        Self {
            read_at: snapshot.of.taken_at,
            types: overview.types.into_iter().map(count).collect(),
            accounts: overview.accounts.into_iter().map(tally).collect(),
            direct_grants: overview.direct_grants,
            inherited_grants: overview.inherited_grants,
        }
    }
}
