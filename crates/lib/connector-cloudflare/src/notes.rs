//! Remarks on a run, in words.

use cloudflare::types::ManagedBy;
use cloudflare::{Error, ErrorKind};
use connector::{Note, Severity};

/// The code of remarks on parts that the credential may not read.
pub(crate) const MISSING_PERMISSION: &str = "missing-permission";

/// How many addresses or ids a remark lists.
const LISTED: usize = 5;

/// A part of the account is absent because the credential may not read it.
pub(crate) fn missing_permission(absent: &str, refusal: &Error) -> Note {
    let missing = match refusal.kind() {
        ErrorKind::NotPermitted { missing } => missing,
        _ => Vec::new(),
    };
    let names: Vec<String> = missing
        .iter()
        .map(|permission| format!("\"{permission}\""))
        .collect();
    Note {
        severity: Severity::Warning,
        code: MISSING_PERMISSION.to_owned(),
        message: format!("{absent}: the permission {} is missing", names.join(" or ")),
        hint: refusal.hint(),
    }
}

/// Ids stand where names of zones would.
pub(crate) fn zones_unnamed() -> Note {
    info(
        "zone-names",
        "zones are shown by their ids: the credential may not read their names",
        "give the token the permission \"Zone: Read\" for all zones of the account",
    )
}

/// The list of roles is no longer there.
pub(crate) fn roles_gone() -> Note {
    info(
        "roles-list-gone",
        "Cloudflare no longer lists the account's roles: their names come from the permission groups and from a \
         table of known roles",
        "",
    )
}

/// Some have access without being members.
pub(crate) fn hidden_administrators(parent: &ManagedBy) -> Note {
    let name = parent
        .parent_org_name
        .as_deref()
        .or(parent.parent_org_id.as_deref())
        .unwrap_or("without a name");
    let message = format!(
        "the account belongs to the organization {name}, whose administrators have full access without being \
         members: no list shows them"
    );
    info(
        "hidden-administrators",
        &message,
        "review the organization's administrators in its own dashboard",
    )
}

/// What members made for themselves is in no list.
pub(crate) fn personal_credentials() -> Note {
    info(
        "personal-credentials",
        "members' personal API tokens and global API keys are not in this file: Cloudflare lists them for nobody \
         but their owners, and they reach what their owners reach",
        "",
    )
}

/// A list kept changing, as often as it was read.
pub(crate) fn unsettled(what: &str) -> Note {
    Note {
        severity: Severity::Warning,
        code: "list-unsettled".to_owned(),
        message: format!("{what} changed while they were read, again and again: some may be missing"),
        hint: "sync again when fewer changes are made".to_owned(),
    }
}

/// Members who are not invited and yet have no user.
pub(crate) fn without_user(emails: &[String]) -> Note {
    Note {
        severity: Severity::Warning,
        code: "member-without-user".to_owned(),
        message: format!(
            "members that Cloudflare gives no user id for are left out: {}",
            list(emails)
        ),
        hint: String::new(),
    }
}

/// People who are in a group but have not accepted their invitation.
pub(crate) fn invited_to_group(group: &str, emails: &[String]) -> Note {
    let message = format!(
        "in the user group {group}, these have not accepted their invitation and do not hold its access: {}",
        list(emails)
    );
    info("invited-to-group", &message, "")
}

/// A group went away between the list of groups and its members.
pub(crate) fn group_removed(group: &str) -> Note {
    let message = format!("the user group {group} was removed while the account was read: nobody is in it");
    info("group-removed", &message, "")
}

/// Members of a group whom the list of members does not have.
pub(crate) fn unknown_in_group(group: &str, members: &[String]) -> Note {
    Note {
        severity: Severity::Warning,
        code: "unknown-group-member".to_owned(),
        message: format!(
            "the user group {group} has members whom the list of members did not have: {}",
            list(members)
        ),
        hint: "sync again: they were probably added meanwhile".to_owned(),
    }
}

fn info(code: &str, message: &str, hint: &str) -> Note {
    Note {
        severity: Severity::Info,
        code: code.to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

/// Such as `a, b and 3 more`.
fn list(items: &[String]) -> String {
    let shown: Vec<&str> = items.iter().take(LISTED).map(String::as_str).collect();
    match items.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
