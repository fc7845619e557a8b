//! The environment as a source of settings.

use super::{Environment, Layer, Origin, Raw};
use crate::field::Field;

/// Names the configuration file.
pub(crate) const CONFIG_PATH: &str = "BATON_CONFIG_PATH";

/// Takes what the environment gives; an empty variable gives nothing.
pub(crate) fn read(fields: &[Field], environment: &Environment) -> Layer {
    let given = fields.iter().filter_map(|field| {
        let variable = field.variable();
        let text = environment.get(&variable).filter(|text| !text.is_empty())?;
        Some((
            field.name,
            (Raw::new(text.clone(), field.kind), Origin::Variable(variable)),
        ))
    });
    given.collect()
}
