//! Files, credentials, changes, logs.

use crate::field::{Field, Section};

pub(super) const FIELDS: &[Field] = &[
    Field::text_or(
        "file",
        "sync.c1z",
        "The c1z file to write; changes look up in it who and what is meant",
    )
    .short('f')
    .under(Section::Sync),
    Field::switch(
        "dry-run",
        "Tell what a change would do, by which calls, and change nothing",
    )
    .under(Section::Change),
    Field::list(
        "recipient",
        "Whom a new secret is sealed for: age1..., an ssh-ed25519 key, a public JWK, or @file",
    )
    .under(Section::Change),
    Field::text(
        "auth-method",
        "Which kind of credential to use, when more than one is given",
    )
    .under(Section::Source),
    Field::choice(
        "log-level",
        "info",
        &["debug", "info", "warn", "error"],
        "How much to log: debug, info, warn or error",
    )
    .for_operators()
    .under(Section::Log),
    Field::text(
        "log-level-debug-expires-at",
        "When debug logging ends by itself; only hosted connectors heed it",
    )
    .for_operators()
    .under(Section::Log),
    Field::choice(
        "log-format",
        "",
        &["", "json", "console"],
        "json or console; console when standard output is a terminal, json otherwise",
    )
    .under(Section::Log),
    Field::list("log-path", "Files to log to instead of standard error").under(Section::Log),
    Field::number(
        "session-store-maximum-size",
        15_728_640,
        "The most bytes of session data that are kept in memory",
    )
    .for_operators()
    .hidden(),
];
