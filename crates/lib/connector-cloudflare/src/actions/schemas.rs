//! What the actions are, take and give.

use connector::{ActionField, ActionKind, ActionSchema, FieldKind};

use crate::types::{API_TOKEN, INVITATION, USER};

pub(super) const REINVITE: &str = "reinvite";
pub(super) const DISABLE_TOKEN: &str = "disable_token";
pub(super) const ENABLE_TOKEN: &str = "enable_token";
pub(super) const ROLL_TOKEN: &str = "roll_token";
pub(super) const DRY_RUN_GRANT: &str = "dry_run_grant";
pub(super) const DRY_RUN_REVOKE: &str = "dry_run_revoke";

pub(super) const EMAIL: &str = "email";
pub(super) const TOKEN: &str = "token_id";
pub(super) const RECIPIENTS: &str = "recipients";
pub(super) const ENTITLEMENT: &str = "entitlement_id";
pub(super) const USER_ID: &str = "user_id";
pub(super) const DRY_RUN: &str = "dry_run";

/// All actions; needs no configuration.
pub fn all() -> Vec<ActionSchema> {
    vec![
        ActionSchema {
            name: REINVITE,
            display_name: "Invite again",
            description: "Cancels an invitation that has gone stale and sends a new one that offers the same",
            kind: ActionKind::Account,
            resource_type: Some(INVITATION.into()),
            arguments: vec![EMAIL_FIELD, DRY_RUN_FIELD],
            returns: results(&[INVITATION_RESULT, MESSAGE_RESULT]),
        },
        ActionSchema {
            name: DISABLE_TOKEN,
            display_name: "Disable token",
            description: "Switches an account API token off; it can be switched on again",
            kind: ActionKind::ResourceDisable,
            resource_type: Some(API_TOKEN.into()),
            arguments: vec![TOKEN_FIELD, DRY_RUN_FIELD],
            returns: results(&[]),
        },
        ActionSchema {
            name: ENABLE_TOKEN,
            display_name: "Enable token",
            description: "Switches an account API token on again",
            kind: ActionKind::ResourceEnable,
            resource_type: Some(API_TOKEN.into()),
            arguments: vec![TOKEN_FIELD, DRY_RUN_FIELD],
            returns: results(&[]),
        },
        ActionSchema {
            name: ROLL_TOKEN,
            display_name: "Roll token",
            description: "Gives an account API token a new secret, sealed for the recipients; the old one stops working at once",
            kind: ActionKind::Dynamic,
            resource_type: Some(API_TOKEN.into()),
            arguments: vec![TOKEN_FIELD, RECIPIENTS_FIELD],
            returns: results(&[SECRETS_RESULT]),
        },
        ActionSchema {
            name: DRY_RUN_GRANT,
            display_name: "Dry run of a grant",
            description: "Says what granting an entitlement would change, and by which calls, without changing anything",
            kind: ActionKind::Dynamic,
            resource_type: Some(USER.into()),
            arguments: vec![ENTITLEMENT_FIELD, USER_FIELD],
            returns: results(&[]),
        },
        ActionSchema {
            name: DRY_RUN_REVOKE,
            display_name: "Dry run of a revocation",
            description: "Says what revoking an entitlement would change, and by which calls, without changing anything",
            kind: ActionKind::Dynamic,
            resource_type: Some(USER.into()),
            arguments: vec![ENTITLEMENT_FIELD, USER_FIELD],
            returns: results(&[]),
        },
    ]
}

fn results(more: &[ActionField]) -> Vec<ActionField> {
    RESULTS.iter().chain(more).copied().collect()
}

const EMAIL_FIELD: ActionField = text(EMAIL, "E-mail address", "The address that was invited");
const TOKEN_FIELD: ActionField = text(TOKEN, "Token ID", "The id of an account API token");
const ENTITLEMENT_FIELD: ActionField = text(
    ENTITLEMENT,
    "Entitlement ID",
    "Such as role:33666b9c79b9a5273fc7344ff42f953d:member",
);
const USER_FIELD: ActionField = text(USER_ID, "User ID", "The user id of a member");
const RECIPIENTS_FIELD: ActionField = ActionField {
    kind: FieldKind::Texts,
    ..text(
        RECIPIENTS,
        "Recipients",
        "Public keys that the new secret is sealed for: age1..., ssh-ed25519 ..., or a public JSON Web Key",
    )
};
const DRY_RUN_FIELD: ActionField = ActionField {
    kind: FieldKind::Switch,
    required: false,
    ..text(DRY_RUN, "Dry run", "Only say what would be done")
};

const INVITATION_RESULT: ActionField = text("invitation", "Invitation ID", "The id of the new invitation");
const MESSAGE_RESULT: ActionField = text("message", "Message", "What happens next");
const SECRETS_RESULT: ActionField = ActionField {
    kind: FieldKind::Texts,
    ..text(
        "secrets",
        "Secrets",
        "The new secret, sealed once for each recipient",
    )
};

/// What every action gives.
const RESULTS: [ActionField; 6] = [
    text("effect", "Effect", "made, already_so or planned"),
    text("title", "Title", "The change in words"),
    texts("before", "Before", "What there was"),
    texts("after", "After", "What there is, or would be, afterwards"),
    texts("calls", "Calls", "The calls that change something"),
    texts("notes", "Notes", "What else was noticed"),
];

const fn text(name: &'static str, display_name: &'static str, description: &'static str) -> ActionField {
    ActionField {
        name,
        display_name,
        description,
        kind: FieldKind::Text,
        required: true,
    }
}

const fn texts(name: &'static str, display_name: &'static str, description: &'static str) -> ActionField {
    ActionField {
        kind: FieldKind::Texts,
        ..text(name, display_name, description)
    }
}
