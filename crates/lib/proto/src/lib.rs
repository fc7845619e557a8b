//! The wire messages of the Baton ecosystem and their conversions to and from the vocabulary.
//!
//! The messages are made by `cargo xtask codegen` from the files in `proto/`, one module per package.
//! [`From`] turns a value of `model` into its message, [`TryFrom`] turns it back; what the vocabulary
//! writes comes back equal. [`json`] prints any message.

mod convert;
mod error;
#[expect(
    missing_docs,
    clippy::doc_markdown,
    clippy::len_without_is_empty,
    reason = "generated: comments are written where a name does not say enough, in proto/"
)]
#[cfg_attr(
    feature = "services",
    expect(
        unused_qualifications,
        clippy::allow_attributes,
        clippy::default_trait_access,
        clippy::missing_errors_doc,
        clippy::too_many_lines,
        reason = "generated: the stubs are written for every set of lints"
    )
)]
mod generated;
pub mod json;
mod type_url;

pub use convert::{
    annotation_from_any, annotation_to_any, from_timestamp, profile_from_struct, profile_to_struct,
    to_timestamp,
};
pub use error::ConvertError;
pub use generated::baton::v1 as baton_v1;
pub use generated::c1::c1z::v1 as c1z_v1;
pub use generated::c1::c1z::v3 as c1z_v3;
pub use generated::c1::config::v1 as config_v1;
pub use generated::c1::connector::v2 as connector_v2;
pub use generated::c1::connectorapi::baton::v1 as baton_service_v1;
pub use generated::c1::reader::v2 as reader_v2;
pub use generated::c1::storage::v3 as storage_v3;
pub use generated::google::rpc;
pub use type_url::{is_type, type_name};
