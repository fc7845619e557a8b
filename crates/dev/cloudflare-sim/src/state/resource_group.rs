//! Resource groups: where a policy reaches.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A resource group as `iam/resource_groups` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct ResourceGroup {
    /// 32 hex characters.
    pub id: String,
    /// Absent for groups that arose from an inline scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `editable`, `adhoc`: text values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meta: BTreeMap<String, String>,
    /// Where it reaches.
    pub scope: ScopeShape,
}

/// `scope` is an object today and was an array in older answers.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ScopeShape {
    /// Today's form.
    Object(Scope),
    /// The older form.
    Array(Vec<Scope>),
}

/// A scope: a key and the objects below it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scope {
    /// For example `com.cloudflare.api.account.<account id>`.
    pub key: String,
    /// For example `*` or `com.cloudflare.api.account.zone.<zone id>`.
    pub objects: Vec<ScopeObject>,
}

/// One object of a scope.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScopeObject {
    /// `*` or a full resource key.
    pub key: String,
}

impl Scope {
    /// A scope over the given object keys.
    pub fn new(key: impl Into<String>, objects: impl IntoIterator<Item = String>) -> Self {
        Self {
            key: key.into(),
            objects: objects.into_iter().map(|key| ScopeObject { key }).collect(),
        }
    }

    /// Keys without the id at their end; `*` stands for what the scope itself names.
    fn kinds(&self) -> impl Iterator<Item = &str> {
        let keys = self.objects.iter().map(|object| match object.key.as_str() {
            "*" => self.key.as_str(),
            key => key,
        });
        keys.map(|key| key.rsplit_once('.').map_or(key, |(kind, _)| kind))
    }
}

impl ResourceGroup {
    /// The group over the whole account, made by the service.
    pub fn account_wide(id: impl Into<String>, account_id: &str) -> Self {
        let key = account_key(account_id);
        let scope = Scope::new(key.clone(), ["*".to_owned()]);
        Self::build(id, Some(key), &[("editable", "false")], scope)
    }

    /// A named group over zones: what the dashboard calls a domain group.
    pub fn domains(id: impl Into<String>, name: &str, account_id: &str, zone_ids: &[String]) -> Self {
        let scope = Scope::new(
            account_key(account_id),
            zone_ids.iter().map(|zone| zone_key(zone)),
        );
        Self::build(id, Some(name.to_owned()), &[("editable", "true")], scope)
    }

    /// The older ad-hoc form of one zone.
    pub fn adhoc_zone(id: impl Into<String>, zone_id: &str) -> Self {
        let scope = Scope::new(zone_key(zone_id), ["*".to_owned()]);
        Self::build(
            id,
            Some(zone_key(zone_id)),
            &[("adhoc", "true"), ("editable", "false")],
            scope,
        )
    }

    /// An unnamed group over zones, as an inline scope leaves it behind.
    pub fn inline_zones(id: impl Into<String>, account_id: &str, zone_ids: &[String]) -> Self {
        let scope = Scope::new(
            account_key(account_id),
            zone_ids.iter().map(|zone| zone_key(zone)),
        );
        Self::build(id, None, &[], scope)
    }

    /// An unnamed group over one Worker.
    pub fn worker(id: impl Into<String>, account_id: &str, worker_id: &str) -> Self {
        let object = format!("com.cloudflare.api.account.worker.{worker_id}");
        Self::build(id, None, &[], Scope::new(account_key(account_id), [object]))
    }

    /// What it reaches, as [`super::PermissionGroup::scopes`] names it: the account, zones or a kind of
    /// resource.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        let scopes = match &self.scope {
            ScopeShape::Object(scope) => std::slice::from_ref(scope),
            ScopeShape::Array(scopes) => scopes,
        };
        scopes.iter().flat_map(Scope::kinds)
    }

    /// A group over any scope.
    pub(crate) fn build(
        id: impl Into<String>,
        name: Option<String>,
        meta: &[(&str, &str)],
        scope: Scope,
    ) -> Self {
        let meta = meta
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        Self {
            id: id.into(),
            name,
            meta,
            scope: ScopeShape::Object(scope),
        }
    }
}

fn account_key(account_id: &str) -> String {
    format!("com.cloudflare.api.account.{account_id}")
}

fn zone_key(zone_id: &str) -> String {
    format!("com.cloudflare.api.account.zone.{zone_id}")
}
