//! Running as a service of a control plane.

use crate::field::{Field, Section};

pub(super) const FIELDS: &[Field] = &[
    Field::text(
        "client-id",
        "The id under which to run as a service of a control plane",
    )
    .under(Section::Service),
    Field::secret("client-secret", "The secret that goes with the client id").under(Section::Service),
    Field::switch(
        "provisioning",
        "Let the control plane change access, not only read it",
    )
    .short('p')
    .under(Section::Service),
    Field::switch("ticketing", "Let the control plane open tickets").under(Section::Service),
    Field::switch(
        "skip-full-sync",
        "Do not read everything; only has a meaning as a service",
    )
    .under(Section::Service),
    Field::number(
        "task-concurrency",
        3,
        "How many tasks to work on at the same time (1 to 100)",
    )
    .within(1, 100)
    .under(Section::Service),
    Field::switch(
        "keep-previous-sync-c1z",
        "Keep the file of the previous sync, for connectors that build upon it",
    )
    .under(Section::Service),
];
