//! What the connector says of itself.

use connector::AccountField;
use model::Annotation;
use proto::annotation_to_any;
use proto::baton_service_v1::BatonServiceHelloRequest;
use proto::baton_service_v1::baton_service_hello_request::BuildInfo;
use proto::connector_v2::connector_account_creation_schema::field::Field as Variant;
use proto::connector_v2::connector_account_creation_schema::{Field, StringField, StringListField};
use proto::connector_v2::{AssetRef, ConnectorAccountCreationSchema, ConnectorMetadata};

use super::machine::Machine;
use crate::capabilities;
use crate::definition::Definition;

/// The language in which this program is written, with the least version that it needs.
const LANGUAGE: &str = concat!("rust", env!("CARGO_PKG_RUST_VERSION"));

/// A hello that no task asked for.
pub(super) fn hello(definition: &Definition, machine: Machine, host_id: &str) -> BatonServiceHelloRequest {
    BatonServiceHelloRequest {
        host_id: host_id.to_owned(),
        task_id: String::new(),
        build_info: Some(BuildInfo {
            lang_version: LANGUAGE.to_owned(),
            package: definition.name.to_owned(),
            package_version: definition.version.to_owned(),
        }),
        os_info: Some(machine.os),
        connector_metadata: Some(metadata(definition)),
        annotations: Vec::new(),
    }
}

fn metadata(definition: &Definition) -> ConnectorMetadata {
    let icon = Some(definition.icon_url).filter(|url| !url.is_empty());
    let help = Some(definition.help_url).filter(|url| !url.is_empty());
    let link = help.map(|url| annotation_to_any(&Annotation::ExternalLink(url.to_owned())));
    let accounts = !definition
        .types_with(connector::Ability::CreateAccount)
        .is_empty();
    ConnectorMetadata {
        display_name: definition.display_name.to_owned(),
        description: definition.about.to_owned(),
        help_url: help.unwrap_or_default().to_owned(),
        icon: icon.map(|url| AssetRef { id: url.to_owned() }),
        annotations: link.into_iter().collect(),
        capabilities: Some(capabilities::of_a_service(definition)),
        account_creation_schema: accounts.then(|| account_schema(definition.account_fields)),
        ..ConnectorMetadata::default()
    }
}

fn account_schema(fields: &[AccountField]) -> ConnectorAccountCreationSchema {
    let field = |(place, field): (i32, &AccountField)| (field.name.to_owned(), account_field(field, place));
    ConnectorAccountCreationSchema {
        field_map: (1..).zip(fields).map(field).collect(),
    }
}

fn account_field(field: &AccountField, order: i32) -> Field {
    let variant = if field.is_list {
        Variant::StringListField(StringListField::default())
    } else {
        Variant::StringField(StringField::default())
    };
    Field {
        display_name: field.display_name.to_owned(),
        required: field.required,
        description: field.description.to_owned(),
        placeholder: field.placeholder.to_owned(),
        order,
        deprecated: false,
        field: Some(variant),
    }
}
