//! Finding by name: what people call somebody or something, in any case.

use c1z::{EntitlementFilter, ResourceFilter};
use model::{Annotation, Entitlement, Resource, ResourceTypeId};

use super::{Lookup, LookupError};
use crate::task::{What, Who};
use crate::words::plain;

/// How alike two names are, from 0 to 1, to be told as perhaps meant.
const CLOSE: f64 = 0.85;
/// How many such names are told.
const SUGGESTIONS: usize = 3;

const GIVE_ID: &str = "give the id instead, as it stands in parentheses";
const GIVE_TYPE: &str = "say which with --grant-principal-type";
const SAY_TYPE: &str = "say which with --type, or give the id instead, as it stands in parentheses";
const SAY_WHERE: &str = "say where with --on, or give the id instead, as it stands in parentheses";

impl Lookup {
    /// The entitlement that is meant.
    pub(crate) fn what(&self, what: &What) -> Result<Entitlement, LookupError> {
        match what {
            What::Id(id) => self.entitlement(id),
            What::Named { name, on } => self.entitlement_called(name, on.as_deref()),
        }
    }

    /// The principal that is meant, preferably one that can hold the entitlement.
    pub(crate) fn who(&self, who: &Who, entitlement: &Entitlement) -> Result<Resource, LookupError> {
        let holders = entitlement.grantable_to.iter();
        let able: Vec<ResourceTypeId> = holders.map(|kind| kind.id.clone()).collect();
        match who {
            Who::Id(id) => self.resource(id),
            Who::Object(object) => match self.resources_of(object)? {
                found if found.is_empty() => Err(self.absent(format!("resource '{object}'"))),
                found => self.one_resource(object.as_str(), found, &able, GIVE_TYPE),
            },
            Who::Named(name) => {
                let found = self.resources_called(name, None)?;
                self.one_resource(name, found, &able, GIVE_ID)
            }
        }
    }

    /// The resource of that name, preferably of one of the types `able`.
    pub(crate) fn which(
        &self,
        name: &str,
        of: Option<&ResourceTypeId>,
        able: &[ResourceTypeId],
    ) -> Result<Resource, LookupError> {
        self.one_resource(name, self.resources_called(name, of)?, able, SAY_TYPE)
    }

    fn entitlement_called(&self, name: &str, on: Option<&str>) -> Result<Entitlement, LookupError> {
        if let Some(entitlement) = self.find_entitlement(&name.into())? {
            return Ok(entitlement);
        }
        let found = self.gather(|sync| {
            let all = self.reader.entitlements(sync, &EntitlementFilter::default());
            matching(
                all.map(|record| Ok(Entitlement::try_from(record?.message)?)),
                |one| is_called(one, name, on),
            )
        })?;
        let found = as_read_last(
            found,
            |one| self.find_entitlement(&one.id),
            |one| is_called(one, name, on),
        )?;
        let found = prefer(found, |one| {
            !one.annotations.contains(&Annotation::EntitlementImmutable)
        });
        match <[Entitlement; 1]>::try_from(found) {
            Ok([one]) => Ok(one),
            Err(found) if found.is_empty() => Err(self.no_entitlement(name, on)?),
            Err(found) => Err(ambiguous(name, found.iter().map(entitlement_label), SAY_WHERE)),
        }
    }

    fn resources_called(
        &self,
        name: &str,
        of: Option<&ResourceTypeId>,
    ) -> Result<Vec<Resource>, LookupError> {
        let filter = ResourceFilter {
            resource_type: of.cloned(),
            ..ResourceFilter::default()
        };
        let found = self.gather(|sync| {
            let all = self.reader.resources(sync, &filter);
            matching(
                all.map(|record| Ok(Resource::try_from(record?.message)?)),
                |one| answers_to(one, name),
            )
        })?;
        as_read_last(
            found,
            |one| self.find_resource(&one.id),
            |one| answers_to(one, name),
        )
    }

    fn one_resource(
        &self,
        name: &str,
        found: Vec<Resource>,
        able: &[ResourceTypeId],
        hint: &'static str,
    ) -> Result<Resource, LookupError> {
        let found = prefer(found, |one| able.contains(&one.id.resource_type));
        match <[Resource; 1]>::try_from(found) {
            Ok([one]) => Ok(one),
            Err(found) if found.is_empty() => Err(self.no_resource(name, able)?),
            Err(found) => Err(ambiguous(name, found.iter().map(label), hint)),
        }
    }

    fn no_resource(&self, name: &str, able: &[ResourceTypeId]) -> Result<LookupError, LookupError> {
        let mut names = Vec::new();
        for kind in able {
            let filter = ResourceFilter {
                resource_type: Some(kind.clone()),
                ..ResourceFilter::default()
            };
            let found = self.gather(|sync| {
                let all = self.reader.resources(sync, &filter);
                matching(all.map(|record| Ok(Resource::try_from(record?.message)?)), |_| {
                    true
                })
            })?;
            names.extend(found.iter().flat_map(names_of));
        }
        Ok(self.unknown(
            format!("is called '{}'", plain(name)),
            close(name, names.into_iter()),
        ))
    }

    fn no_entitlement(&self, name: &str, on: Option<&str>) -> Result<LookupError, LookupError> {
        let all = self.gather(|sync| {
            let all = self.reader.entitlements(sync, &EntitlementFilter::default());
            matching(
                all.map(|record| Ok(Entitlement::try_from(record?.message)?)),
                |_| true,
            )
        })?;
        let described = match on {
            Some(scope) => format!(
                "that can be held is called '{}' on '{}'",
                plain(name),
                plain(scope)
            ),
            None => format!("that can be held is called '{}'", plain(name)),
        };
        let names = all.iter().flat_map(|one| match on {
            Some(scope) if is_on(&one.resource, scope) => vec![bare_name(one)],
            Some(_) => Vec::new(),
            None => vec![one.display_name.as_str(), one.resource.display_name.as_str()],
        });
        Ok(self.unknown(described, close(name, names.map(str::to_owned))))
    }

    fn unknown(&self, described: String, close: Vec<String>) -> LookupError {
        LookupError::Unknown {
            described,
            file: self.file.clone(),
            close,
        }
    }
}

/// Each of them once, in its newest form, and only if it still fits: names move from one thing to another.
fn as_read_last<T: PartialEq>(
    found: Vec<T>,
    read: impl Fn(&T) -> Result<Option<T>, LookupError>,
    fits: impl Fn(&T) -> bool,
) -> Result<Vec<T>, LookupError> {
    let mut last = Vec::new();
    for one in found {
        let newest = read(&one)?.filter(|newest| fits(newest) && !last.contains(newest));
        last.extend(newest);
    }
    Ok(last)
}

/// Those that fit, or the first mistake.
fn matching<T>(
    all: impl Iterator<Item = Result<T, LookupError>>,
    fits: impl Fn(&T) -> bool,
) -> Result<Vec<T>, LookupError> {
    all.filter(|one| one.as_ref().map_or(true, &fits)).collect()
}

/// Those that fit best; all when none does, so that what is in the way can be told.
fn prefer<T>(all: Vec<T>, fits: impl Fn(&T) -> bool) -> Vec<T> {
    let (fitting, others): (Vec<T>, Vec<T>) = all.into_iter().partition(fits);
    if fitting.is_empty() { others } else { fitting }
}

fn same(left: &str, right: &str) -> bool {
    left.trim().to_lowercase() == right.trim().to_lowercase()
}

/// Whether a person may call a resource that: by id, name, address or login.
///
/// What looks like an address is only ever one: people choose their own display names.
fn answers_to(resource: &Resource, name: &str) -> bool {
    let by_name = !name.contains('@') && same(&resource.display_name, name);
    by_name || resource.id.object.as_str() == name || addresses_of(resource).iter().any(|one| same(one, name))
}

fn names_of(resource: &Resource) -> Vec<String> {
    let mut names = vec![resource.display_name.clone()];
    names.extend(addresses_of(resource));
    names.retain(|name| !name.is_empty());
    names
}

/// Addresses and login.
fn addresses_of(resource: &Resource) -> Vec<String> {
    let mut names = Vec::new();
    for annotation in &resource.annotations {
        if let Annotation::User(user) = annotation {
            names.extend(user.emails.iter().cloned());
            names.push(user.login.clone());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a person may call an entitlement that: by its own name, or where nothing says on what, by that thing's.
fn is_called(entitlement: &Entitlement, name: &str, on: Option<&str>) -> bool {
    let own = same(&entitlement.display_name, name);
    match on {
        Some(scope) => {
            let short = same(bare_name(entitlement), name) || same(&entitlement.slug, name);
            is_on(&entitlement.resource, scope) && (own || short)
        }
        None => own || same(&entitlement.resource.display_name, name),
    }
}

/// The own name without what it is on, which some names repeat: `DNS` of `DNS on example.com`.
fn bare_name(entitlement: &Entitlement) -> &str {
    let name = entitlement.display_name.as_str();
    let bare = name.strip_suffix(entitlement.resource.display_name.as_str());
    bare.and_then(|rest| rest.strip_suffix(" on ")).unwrap_or(name)
}

fn is_on(resource: &Resource, scope: &str) -> bool {
    resource.id.to_string() == scope || answers_to(resource, scope)
}

fn ambiguous(name: &str, labels: impl Iterator<Item = String>, hint: &'static str) -> LookupError {
    let mut candidates: Vec<String> = labels.map(|label| plain(&label)).collect();
    candidates.sort();
    LookupError::Ambiguous {
        name: plain(name),
        candidates,
        hint,
    }
}

/// A resource for people, with its id.
fn label(resource: &Resource) -> String {
    let mut names = names_of(resource);
    names.dedup();
    format!("{} ({})", names.join(", "), resource.id)
}

fn entitlement_label(entitlement: &Entitlement) -> String {
    let Entitlement {
        display_name,
        resource,
        id,
        ..
    } = entitlement;
    format!("{display_name} on {} ({id})", resource.display_name)
}

/// The names that are most like it.
fn close(name: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let name = name.to_lowercase();
    let mut alike: Vec<(f64, String)> = names
        .map(|other| (strsim::jaro_winkler(&name, &other.to_lowercase()), plain(&other)))
        .filter(|(likeness, _)| *likeness > CLOSE)
        .collect();
    alike.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    alike.dedup();
    alike.truncate(SUGGESTIONS);
    alike.into_iter().map(|(_, other)| other).collect()
}
