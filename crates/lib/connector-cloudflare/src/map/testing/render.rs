//! Records as lines for people, for snapshots.

use std::fmt::Write as _;

use connector::Record;
use model::{Annotation, Entitlement, Grant, ProfileValue, Resource};

/// All records in order; of an entitlement or grant only what is its own.
pub(crate) fn render(records: &[Record]) -> String {
    let mut text = String::new();
    for record in records {
        match record {
            Record::Resource(resource) => resource_lines(&mut text, resource),
            Record::Entitlement(entitlement) => entitlement_lines(&mut text, entitlement),
            Record::Grant(grant) => grant_lines(&mut text, grant),
        }
    }
    text
}

fn resource_lines(text: &mut String, resource: &Resource) {
    writeln!(text, "resource {} \"{}\"", resource.id, resource.display_name).unwrap();
    if !resource.description.is_empty() {
        writeln!(text, "  description: {}", resource.description).unwrap();
    }
    if let Some(status) = &resource.status {
        writeln!(text, "  status: {:?} \"{}\"", status.lifecycle, status.details).unwrap();
    }
    if let Some(created) = resource.created_at {
        writeln!(text, "  created: {created}").unwrap();
    }
    annotation_lines(text, &resource.annotations);
    for (key, value) in resource.profile.iter().flatten() {
        writeln!(text, "  profile.{key}: {}", value_text(value)).unwrap();
    }
}

fn entitlement_lines(text: &mut String, entitlement: &Entitlement) {
    let Entitlement { id, display_name, .. } = entitlement;
    writeln!(text, "entitlement {id} \"{display_name}\"").unwrap();
    let to: Vec<&str> = entitlement
        .grantable_to
        .iter()
        .map(|kind| kind.id.as_str())
        .collect();
    writeln!(
        text,
        "  {:?} to {}: {}",
        entitlement.purpose,
        to.join(", "),
        entitlement.description
    )
    .unwrap();
    annotation_lines(text, &entitlement.annotations);
}

fn grant_lines(text: &mut String, grant: &Grant) {
    writeln!(text, "grant {}", grant.id).unwrap();
    annotation_lines(text, &grant.annotations);
    if let Some(expandable) = &grant.expandable {
        writeln!(text, "  {expandable:?}").unwrap();
    }
}

fn annotation_lines(text: &mut String, annotations: &[Annotation]) {
    for annotation in annotations {
        writeln!(text, "  {annotation:?}").unwrap();
    }
}

pub(crate) fn value_text(value: &ProfileValue) -> String {
    match value {
        ProfileValue::Text(text) => format!("{text:?}"),
        ProfileValue::Bool(flag) => flag.to_string(),
        ProfileValue::List(items) => {
            let items: Vec<String> = items.iter().map(value_text).collect();
            format!("[{}]", items.join(", "))
        }
        other => format!("{other:?}"),
    }
}
