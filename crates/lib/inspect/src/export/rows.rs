//! The rows of an export: people, then what can be held, then who holds it.

use c1z::GrantFilter;
use model::{Lifecycle, Resource};
use proto::connector_v2::{self as wire, Entitlement, Grant, resource_type::Trait};
use proto::is_type;

use super::guard::guard;
use super::{COLUMNS, Row};
use crate::account::{email, user_trait};
use crate::error::InspectError;
use crate::source::Source;

/// All rows, one after the other.
pub(super) fn all<'a>(source: &'a Source<'_>) -> impl Iterator<Item = Result<Row, InspectError>> + 'a {
    let entitlements = source
        .all_entitlements(None)
        .map(|entitlement| Ok(row("Entitlement", [""; 5], &what(&entitlement?))));
    let grants = source
        .grants(&GrantFilter::default())
        .filter_map(|found| found.and_then(|found| grant(source, &found)).transpose());
    people(source).chain(entitlements).chain(grants)
}

fn people<'a>(source: &'a Source<'_>) -> impl Iterator<Item = Result<Row, InspectError>> + 'a {
    let kinds = source
        .all_types()
        .filter(|kind| kind.as_ref().map_or(true, is_of_people));
    kinds.flat_map(
        move |kind| -> Box<dyn Iterator<Item = Result<Row, InspectError>> + 'a> {
            match kind {
                Ok(kind) => Box::new(
                    source
                        .all_resources(Some(&kind.id.into()))
                        .map(|found| Ok(identity(found?))),
                ),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        },
    )
}

fn is_of_people(kind: &wire::ResourceType) -> bool {
    kind.traits.contains(&(Trait::User as i32))
}

fn identity(wire: wire::Resource) -> Row {
    let Ok(person) = Resource::try_from(wire) else {
        return row("Identity", [""; 5], &Default::default());
    };
    let [last, first, id, _, address] = who(&person);
    row(
        "Identity",
        [&last, &first, &id, status(&person), &address],
        &Default::default(),
    )
}

/// Nothing for what a group holds: it has no name in these columns, and its members have rows of their own.
fn grant(source: &Source<'_>, grant: &Grant) -> Result<Option<Row>, InspectError> {
    let principal = grant
        .principal
        .as_ref()
        .and_then(|principal| principal.id.clone());
    let holder = source.resource(principal.as_ref())?;
    if !holder.annotations.iter().any(is_type::<wire::UserTrait>) {
        return Ok(None);
    }
    let who = Resource::try_from(holder)
        .map(|person| who(&person))
        .unwrap_or_default();
    let what = what(&source.entitlement_of(grant)?);
    Ok(Some(row("Grant", who.each_ref().map(String::as_str), &what)))
}

/// Last name, first name, id, nothing, address; the status belongs to people's own rows only.
fn who(person: &Resource) -> [String; 5] {
    let text = |key| person.profile_text(key).unwrap_or_default().to_owned();
    [
        text("last_name"),
        text("first_name"),
        text("user_id"),
        String::new(),
        email(person).to_owned(),
    ]
}

/// The status in the trait, as older readers show it; else the resource's own.
fn status(person: &Resource) -> &'static str {
    let in_trait = user_trait(person).and_then(|user| user.status.as_ref());
    match in_trait.or(person.status.as_ref()).map(|status| status.lifecycle) {
        Some(Lifecycle::Enabled) => "Enabled",
        Some(Lifecycle::Disabled) => "Disabled",
        Some(Lifecycle::Deleted) => "Deleted",
        _ => "",
    }
}

/// Display name, id, type and name of the resource, description, slug.
fn what(entitlement: &Entitlement) -> [String; 6] {
    let on = entitlement.resource.clone().unwrap_or_default();
    let kind = on.id.unwrap_or_default().resource_type;
    [
        entitlement.display_name.clone(),
        entitlement.id.clone(),
        kind,
        on.display_name,
        entitlement.description.clone(),
        entitlement.slug.clone(),
    ]
}

fn row(kind: &str, who: [&str; 5], what: &[String; 6]) -> Row {
    let mut row: Row = Default::default();
    let who = who.into_iter().map(guard);
    let what = what.iter().map(|text| guard(text));
    let texts = std::iter::once(kind.to_owned()).chain(who).chain(what);
    for (cell, text) in row.iter_mut().zip(texts) {
        *cell = text;
    }
    debug_assert_eq!(row.len(), COLUMNS.len());
    row
}
