//! One-shot changes and actions.

use crate::field::Field;

pub(super) const FIELDS: &[Field] = &[
    Field::text(
        "grant-entitlement",
        "The entitlement to grant, as the file names it",
    )
    .hidden(),
    Field::text("grant-principal", "Who receives it").hidden(),
    Field::text("grant-principal-type", "The resource type of who receives it").hidden(),
    Field::text("revoke-grant", "The grant to take back, as the file names it").hidden(),
    Field::text("create-account-email", "The address of the account to create").hidden(),
    Field::text("create-account-login", "The login of the account to create").hidden(),
    Field::text(
        "create-account-profile",
        "The attributes of the account to create, as a JSON object",
    )
    .hidden(),
    Field::text(
        "create-account-resource-type",
        "The resource type of the account to create",
    )
    .hidden(),
    Field::text("delete-resource", "The resource to delete").hidden(),
    Field::text("delete-resource-type", "The type of the resource to delete").hidden(),
    Field::text("rotate-credentials", "The resource whose credentials to rotate").hidden(),
    Field::text(
        "rotate-credentials-type",
        "The type of the resource whose credentials to rotate",
    )
    .hidden(),
    Field::choice("event-feed", "", &["", "true", "false"], "true: print events").hidden(),
    Field::text("event-feed-id", "The event feed to print").hidden(),
    Field::text(
        "event-feed-start-at",
        "The time of the first event, RFC 3339; one day ago by default",
    )
    .hidden(),
    Field::text("event-feed-cursor", "Where to go on in the event feed").hidden(),
    Field::switch("list-action-schemas", "List the actions").hidden(),
    Field::text(
        "list-action-schemas-resource-type",
        "Only the actions on this resource type",
    )
    .hidden(),
    Field::text("invoke-action", "The action to run").hidden(),
    Field::text_or("invoke-action-args", "{}", "Its arguments, as a JSON object").hidden(),
    Field::text(
        "invoke-action-resource-type",
        "The resource type that the action is on",
    )
    .hidden(),
    Field::text("list-resource-actions", "List the actions on a resource type").hidden(),
    Field::text("invoke-resource-action", "The action on a resource to run").hidden(),
    Field::text(
        "invoke-resource-action-resource-type",
        "The resource type that the action is on",
    )
    .hidden(),
    Field::text_or(
        "invoke-resource-action-args",
        "{}",
        "Its arguments, as a JSON object",
    )
    .hidden(),
    Field::switch(
        "diff-syncs",
        "Add a sync to the file that holds what differs between two others",
    )
    .hidden(),
    Field::text("base-sync-id", "The earlier of the two").hidden(),
    Field::text("applied-sync-id", "The later of the two").hidden(),
    Field::switch("compact-syncs", "Merge c1z files").hidden(),
    Field::list("compact-file-paths", "The files to merge").hidden(),
    Field::list("compact-sync-ids", "The syncs to merge, one for each file").hidden(),
    Field::text("compact-output-path", "The folder for the merged file").hidden(),
];
