//! The settings that every connector has.

mod actions;
mod general;
mod service;
mod sync;
mod telemetry;
mod tickets;

use crate::field::Field;

/// All of them, in the order in which the `config` JSON lists those that it shows.
pub(crate) fn common() -> impl Iterator<Item = &'static Field> {
    [
        general::FIELDS,
        telemetry::FIELDS,
        service::FIELDS,
        sync::FIELDS,
        actions::FIELDS,
        tickets::FIELDS,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests;
