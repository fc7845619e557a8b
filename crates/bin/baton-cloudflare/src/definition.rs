//! The program's names and settings.

use runner::{Definition, Field, Group, Section};

use crate::connect;

/// Everything that makes this program of the Cloudflare connector.
pub const DEFINITION: Definition = Definition {
    name: "baton-cloudflare",
    version: env!("CARGO_PKG_VERSION"),
    display_name: "Cloudflare",
    about: "Reads who has access to a Cloudflare account into a .c1z file, and changes that access.",
    examples: EXAMPLES,
    help_url: "/docs/baton/cloudflare",
    icon_url: "/static/app-icons/cloudflare.svg",
    fields: FIELDS,
    groups: GROUPS,
    crates: &["baton_cloudflare", "cloudflare", "connector_cloudflare"],
    resource_types: connector_cloudflare::types::all,
    abilities: connector_cloudflare::abilities,
    actions: connector_cloudflare::actions::schemas,
    event_feeds: connector_cloudflare::event_feeds,
    account_fields: connector_cloudflare::ACCOUNT_FIELDS,
    prepare: connect::prepare,
};

const EXAMPLES: &str = "  \
  # Read an account into sync.c1z
  export BATON_API_TOKEN=...
  baton-cloudflare --account-id 0123456789abcdef0123456789abcdef

  # Only roles and who has them, into another file, with a log for machines
  baton-cloudflare --account-id ... --sync-resource-types role,user -f roles.c1z --log-format json

  # With the global API key instead of a token
  baton-cloudflare --account-id ... --email-id you@example.com --api-key ...

  # Who would hold what after a change, without making it; then for real
  baton-cloudflare grant ada@example.com Billing --dry-run --account-id ...
  baton-cloudflare grant ada@example.com Billing --account-id ...

  # For an account whose rate limit Cloudflare has raised
  baton-cloudflare --account-id ... --rate-limit 2400/300";

/// The settings, in the order of the original's configuration schema.
const FIELDS: &[Field] = &[
    Field::secret(
        "api-key",
        "The global API key of a user; needs --email-id, and has all that user's rights",
    )
    .for_setup("API Key")
    .under(Section::Source),
    Field::secret(
        "api-token",
        "An API token that may read the account, a user's or the account's own",
    )
    .for_setup("API Token")
    .under(Section::Source),
    Field::text("account-id", "The account to read: 32 characters of 0-9 and a-f")
        .for_setup("Account ID")
        .under(Section::Source),
    Field::text("email-id", "The address of the user whose global API key it is")
        .for_setup("Email ID")
        .under(Section::Source),
    Field::text(
        "base-url",
        "Another address of the API, with its version, such as http://127.0.0.1:8787/client/v4",
    )
    .hidden(),
    Field::text_or(
        "rate-limit",
        "1200/300",
        "The calls allowed in a stretch of seconds, as calls/seconds, or off",
    )
    .under(Section::Source),
    Field::list(
        "protect-member",
        "Members that nothing is changed about: addresses, user ids or member ids",
    )
    .under(Section::Change),
    Field::switch(
        "remove-member-on-last-role",
        "Remove the member when the last role is revoked, instead of refusing",
    )
    .under(Section::Change),
    Field::switch(
        "allow-one-super-administrator",
        "Let a change leave a single Super Administrator; none is never left",
    )
    .under(Section::Change),
];

/// The two kinds of credential.
const GROUPS: &[Group] = &[
    Group {
        name: "api-token-group",
        display_name: "API Token",
        help_text: "For a token that holds just the rights that reading needs.",
        fields: &["account-id", "api-token"],
        default: true,
    },
    Group {
        name: API_KEY_GROUP,
        display_name: "Email + API key",
        help_text: "For the global API key of a user, with the address of that user.",
        fields: &["account-id", "email-id", "api-key"],
        default: false,
    },
];

/// Chooses the global API key.
pub(crate) const API_KEY_GROUP: &str = "api-key-group";
