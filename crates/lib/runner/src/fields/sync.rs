//! How much to read, and how.

use crate::field::{Field, Section};

pub(super) const FIELDS: &[Field] = &[
    Field::list("sync-resource-types", "Read only these resource types").under(Section::Sync),
    Field::list(
        "sync-resources",
        "Read only these resources, each written like bid:r:user/1234",
    )
    .under(Section::Sync),
    Field::switch("skip-entitlements-and-grants", "Read resources only").under(Section::Sync),
    Field::switch(
        "skip-grants",
        "Read no grants; only together with --sync-resources",
    )
    .hidden(),
    Field::number(
        "workers",
        0,
        "How many parts to read at the same time; 0 and below: chosen by the program",
    )
    .under(Section::Sync),
    Field::switch("parallel-sync", "The same as --workers -1").under(Section::Sync),
    Field::choice(
        "storage-engine",
        "",
        &["", "sqlite", "pebble"],
        "How the file is stored inside; sqlite is what this version writes",
    )
    .under(Section::Sync),
    Field::text(
        "c1z-temp-dir",
        "A folder for the working copy instead of that of the file",
    )
    .hidden(),
    Field::text(
        "external-resource-c1z",
        "A c1z file with principals of another source (not available yet)",
    )
    .under(Section::Sync),
    Field::text(
        "external-resource-entitlement-id-filter",
        "Of those principals, only the holders of this entitlement",
    )
    .under(Section::Sync),
    Field::list(
        "external-resource-traits",
        "Of those principals, only the ones with these traits",
    )
    .under(Section::Sync),
];
