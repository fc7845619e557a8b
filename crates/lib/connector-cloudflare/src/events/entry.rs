//! What an entry of the log says about our resources.

use cloudflare::MemberId;
use cloudflare::types::AuditLogEntry;
use connector::ConnectorError;
use model::ResourceId;
use serde_json::Value;

use crate::account::Account;
use crate::types::{API_TOKEN, INVITATION, ROLE, USER, USER_GROUP};

/// What was called: the part of the address below the account, in pieces.
#[derive(Debug, PartialEq, Eq)]
enum Subject {
    Member(String),
    UserGroup(String),
    Token(String),
}

/// Whether an entry tells of something that we read, and that happened.
pub(super) fn is_ours(entry: &AuditLogEntry) -> bool {
    entry.action.result.as_deref() != Some("failure") && subject(entry).is_some()
}

/// The resources that are to be read again.
pub(super) async fn changed(
    entry: &AuditLogEntry,
    account: &Account,
) -> Result<Vec<ResourceId>, ConnectorError> {
    Ok(match subject(entry) {
        None => Vec::new(),
        Some(Subject::UserGroup(id)) => vec![ResourceId::new(USER_GROUP, id)],
        Some(Subject::Token(id)) => vec![ResourceId::new(API_TOKEN, id)],
        Some(Subject::Member(id)) => {
            let user = user_of(account, &id)
                .await?
                .map(|user| ResourceId::new(USER, user));
            let roles = roles(entry).map(|role| ResourceId::new(ROLE, role));
            // Whoever is a user may have been an invitation before.
            [Some(ResourceId::new(INVITATION, id)), user]
                .into_iter()
                .flatten()
                .chain(roles)
                .collect()
        }
    })
}

/// Who the member is, or was when it was last seen. Whoever is invited has no user yet.
async fn user_of(account: &Account, member: &str) -> Result<Option<String>, ConnectorError> {
    if let Some(user) = account.faces.user(member) {
        return Ok(Some(user));
    }
    let found = account.member(MemberId::new(member)).await?;
    account.faces.remember(found.as_slice());
    Ok(account.faces.user(member))
}

/// The roles that a request names. Those that it takes away are not in it.
fn roles(entry: &AuditLogEntry) -> impl Iterator<Item = &str> {
    let request = entry.resource.request.as_ref();
    let roles = request
        .and_then(|request| request.get("roles"))
        .and_then(Value::as_array);
    // Members are invited with the ids themselves, and changed with objects that hold them.
    let roles = roles.into_iter().flatten();
    roles.filter_map(|role| role.as_str().or_else(|| role.get("id")?.as_str()))
}

/// What the call was about. Paths are a contract; descriptions and products are not.
fn subject(entry: &AuditLogEntry) -> Option<Subject> {
    let uri = entry.request.uri.as_deref()?;
    let path = uri.split(['?', '#']).next()?;
    let after = path.split("/accounts/").nth(1)?;
    let pieces: Vec<&str> = after
        .split('/')
        .skip(1)
        .filter(|piece| !piece.is_empty())
        .collect();
    let made = || entry.resource.id.clone().filter(|id| !id.is_empty());
    match pieces.as_slice() {
        ["members"] => made().map(Subject::Member),
        ["members", id, ..] => Some(Subject::Member((*id).to_owned())),
        ["iam", "user_groups"] => made().map(Subject::UserGroup),
        ["iam", "user_groups", id, ..] => Some(Subject::UserGroup((*id).to_owned())),
        ["tokens"] => made().map(Subject::Token),
        ["tokens", id, ..] => Some(Subject::Token((*id).to_owned())),
        _ => None,
    }
}
