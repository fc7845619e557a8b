//! Finding out who is meant: people know names and addresses, not ids.

use model::ResourceId;
use proto::connector_v2::{Resource, resource_type::Trait};

use crate::account::email;
use crate::error::InspectError;
use crate::source::Source;

/// More candidates than this are not listed.
const CANDIDATES: usize = 5;

/// The parts that those play who hold access.
const PRINCIPALS: [Trait; 3] = [Trait::User, Trait::Group, Trait::Secret];

/// The one resource that is meant: by id, `type:id`, address, name or a part of one of the last two.
pub(super) fn find(source: &Source<'_>, asked: &str) -> Result<Resource, InspectError> {
    if asked.trim().is_empty() {
        return Err(InspectError::NobodyCalled(asked.to_owned()));
    }
    match by_id(source, asked)? {
        Some(resource) => Ok(resource),
        None => by_name(source, asked),
    }
}

fn by_id(source: &Source<'_>, asked: &str) -> Result<Option<Resource>, InspectError> {
    let spelt = ResourceId::parse_baton(asked).ok();
    let split = asked
        .split_once(':')
        .map(|(kind, object)| ResourceId::new(kind, object));
    for id in spelt.into_iter().chain(split) {
        if let Some(resource) = source.find_resource(&id)? {
            return Ok(Some(resource));
        }
    }
    for kind in source.all_types() {
        let id = ResourceId::new(kind?.id, asked);
        if let Some(resource) = source.find_resource(&id)? {
            return Ok(Some(resource));
        }
    }
    Ok(None)
}

fn by_name(source: &Source<'_>, asked: &str) -> Result<Resource, InspectError> {
    let wanted = asked.to_lowercase();
    let mut found = Matches::default();
    for kind in source.all_types() {
        let kind = kind?;
        if PRINCIPALS
            .iter()
            .any(|part| kind.traits.contains(&(*part as i32)))
        {
            for resource in source.all_resources(Some(&kind.id.as_str().into())) {
                found.consider(resource?, &wanted);
            }
        }
    }
    found.decide(asked)
}

#[derive(Default)]
struct Matches {
    exact: Vec<Resource>,
    partial: Vec<Resource>,
}

impl Matches {
    fn consider(&mut self, wire: Resource, wanted: &str) {
        let Ok(resource) = model::Resource::try_from(wire.clone()) else {
            return;
        };
        let names = [
            resource.display_name.to_lowercase(),
            email(&resource).to_lowercase(),
        ];
        if names.iter().any(|name| name == wanted) {
            self.exact.push(wire);
        } else if self.partial.len() <= CANDIDATES && names.iter().any(|name| name.contains(wanted)) {
            self.partial.push(wire);
        }
    }

    fn decide(self, asked: &str) -> Result<Resource, InspectError> {
        let mut matching = if self.exact.is_empty() {
            self.partial
        } else {
            self.exact
        };
        match (matching.pop(), matching.len()) {
            (None, _) => Err(InspectError::NobodyCalled(asked.to_owned())),
            (Some(only), 0) => Ok(only),
            (Some(last), _) => {
                matching.push(last);
                Err(ambiguous(asked, &matching))
            }
        }
    }
}

fn ambiguous(asked: &str, matching: &[Resource]) -> InspectError {
    let mut candidates: Vec<String> = matching.iter().take(CANDIDATES).map(describe).collect();
    if matching.len() > CANDIDATES {
        candidates.push("and more".to_owned());
    }
    InspectError::Ambiguous {
        asked: asked.to_owned(),
        candidates,
    }
}

fn describe(wire: &Resource) -> String {
    let id = wire.id.clone().unwrap_or_default();
    format!("{} ({}:{})", wire.display_name, id.resource_type, id.resource)
}
