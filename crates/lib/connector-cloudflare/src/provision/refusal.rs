//! Why a change is refused: each guard has its own error, which says why and what to do instead.

use cloudflare::TokenId;
use cloudflare::types::MemberStatus;
use connector::{ConnectorError, ErrorKind};
use model::{EntitlementId, ResourceId};
use sealing::SealError;

use crate::errors;

fn refused(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> ConnectorError {
    ConnectorError::new(ErrorKind::FailedPrecondition, message)
        .with_code(code)
        .with_hint(hint)
}

fn wrong(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> ConnectorError {
    ConnectorError::new(ErrorKind::InvalidArgument, message)
        .with_code(code)
        .with_hint(hint)
}

/// The type has nothing that can be granted.
pub(crate) fn not_provisioned(kind: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Unimplemented,
        format!("resource type {kind} does not have provisioner configured"),
    )
    .with_code("unimplemented")
    .with_hint("roles, scoped permissions and user groups can be granted")
}

/// The type has nothing that can be removed.
pub(crate) fn not_deleted(kind: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Unimplemented,
        format!("resource type {kind} does not have resource Delete() configured"),
    )
    .with_code("unimplemented")
    .with_hint("users, invitations and account API tokens can be removed")
}

/// The resource has no secret that can be replaced.
pub(crate) fn not_rotated(resource: &ResourceId) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Unimplemented,
        "resource type does not have credential manager configured",
    )
    .with_code("unimplemented")
    .with_hint(format!(
        "account API tokens can be rolled, and {resource} is none"
    ))
}

/// Nobody of that address is invited.
pub(crate) fn no_such_invitation(email: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::NotFound,
        format!("{email} is not invited to the account"),
    )
    .with_code("no-such-invitation")
    .with_hint("invite the person: create an account with this address and its roles")
}

/// The old invitation is cancelled and the new one was not sent.
pub(crate) fn cancelled_only(email: &str, offered: &[String], error: ConnectorError) -> ConnectorError {
    let message = format!(
        "the invitation of {email} was cancelled, but the new one was not sent: {}",
        error.message
    );
    ConnectorError::new(error.kind, message)
        .with_code("cancelled-only")
        .with_hint(format!(
            "ask for the same again, or invite {email} with: {}",
            offered.join(", ")
        ))
        .with_source(error)
}

/// The old invitation is cancelled, and Cloudflare says that the address is invited or a member all the same.
pub(crate) fn cancelled_and_taken(email: &str, offered: &[String]) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::FailedPrecondition,
        format!(
            "the invitation of {email} was cancelled, but no new one was sent: Cloudflare says that the address is \
             invited or a member already"
        ),
    )
    .with_code("cancelled-only")
    .with_hint(format!(
        "look at the members in the dashboard; the old invitation offered: {}",
        offered.join(", ")
    ))
}

/// The record names something that is no entitlement of ours.
pub(crate) fn no_such_entitlement(id: &EntitlementId) -> ConnectorError {
    wrong(
        "no-such-entitlement",
        format!("{id} is not an entitlement that can be granted or revoked"),
        "read the account again and choose one of its entitlements",
    )
}

/// Only people can hold what is granted here.
pub(crate) fn principal_not_a_user(principal: &ResourceId) -> ConnectorError {
    let hint = match principal.resource_type.as_str() {
        crate::types::USER_GROUP => {
            "what a user group holds is changed in the dashboard, because it changes everybody in the group; here \
             members can be put into the group or taken out"
        }
        _ => "name a user of the account",
    };
    wrong(
        "principal-not-a-user",
        format!("only users can be given or lose access, and {principal} is not one"),
        hint,
    )
}

/// The person has not accepted the invitation.
pub(crate) fn invited_only(who: &str) -> ConnectorError {
    refused(
        "member-pending",
        format!("{who} has not accepted the invitation yet, so there is no access to change"),
        "wait until it is accepted; or cancel it and invite again with other roles",
    )
}

/// The membership is in a state that nothing is known about.
pub(crate) fn unusable_member(who: &str, status: &MemberStatus) -> ConnectorError {
    refused(
        "member-not-active",
        format!("the membership of {who} is {status}, so there is no access to change"),
        "look at the member in the dashboard",
    )
}

/// Nobody of that user id is a member.
pub(crate) fn no_such_member(who: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::NotFound,
        format!("{who} is not a member of the account (any more)"),
    )
    .with_code("no-such-member")
    .with_hint("invite the person, or read the account again")
}

/// The account has no such role.
pub(crate) fn role_not_offered(role: &str) -> ConnectorError {
    refused(
        "role-not-offered",
        format!("the account does not have the role {role}"),
        "which roles there are depends on the account's plan: read the account again and choose one of its roles",
    )
}

/// A role is what no permission group is known for.
pub(crate) fn role_without_permission_group(role: &str, who: &str) -> ConnectorError {
    refused(
        "would-flatten",
        format!(
            "{who} holds scoped permissions, which writing roles would take away, and Cloudflare names no single \
             permission group for the role {role}"
        ),
        "grant the role in the dashboard",
    )
}

/// The place has no id at Cloudflare.
pub(crate) fn place_without_id(title: &str) -> ConnectorError {
    refused(
        "scope-without-id",
        format!("{title} cannot be granted: Cloudflare gave that scope no id of its own"),
        "make a domain group over the same domains and grant it there",
    )
}

/// What the member holds cannot be seen whole.
pub(crate) fn policies_not_shown(who: &str) -> ConnectorError {
    refused(
        "policies-not-shown",
        format!(
            "Cloudflare shows the roles of {who} but no policies, and writing one would take the roles away"
        ),
        "change this member in the dashboard",
    )
}

/// The role comes through something else than the member's own policies.
pub(crate) fn not_held_directly(role: &str, who: &str) -> ConnectorError {
    refused(
        "not-held-directly",
        format!("{who} has the role {role}, but not by a policy of their own"),
        "it comes through a user group: take the member out of the group, or change the group",
    )
}

/// Nothing would be left.
pub(crate) fn last_access(title: &str, who: &str) -> ConnectorError {
    refused(
        "last-role",
        format!("{title} is all that {who} holds directly, and Cloudflare keeps no member without access"),
        "remove the member instead; --remove-member-on-last-role does that by itself",
    )
}

/// A list that a guard rests on would not hold still.
pub(crate) fn unsettled(title: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Aborted,
        format!("{title}: not done: the lists of who is who changed while they were read, again and again"),
    )
    .with_code("list-unsettled")
    .with_hint("try again when fewer changes are made")
}

/// The account must not lose its last Super Administrator.
pub(crate) fn last_super_administrator(who: &str) -> ConnectorError {
    refused(
        "last-super-administrator",
        format!("{who} is the last Super Administrator: without one nobody can manage the account"),
        "make somebody else a Super Administrator first",
    )
}

/// The account must not be left with a single Super Administrator, unless told so.
pub(crate) fn last_but_one_super_administrator(who: &str) -> ConnectorError {
    refused(
        "last-but-one-super-administrator",
        format!("without {who} a single Super Administrator would be left, and nobody could help that one"),
        "make somebody else a Super Administrator first, or allow it with --allow-one-super-administrator",
    )
}

/// The change would hit who makes it.
pub(crate) fn own_identity(what: &str) -> ConnectorError {
    refused(
        "own-identity",
        format!("{what} is behind the credential that this connector uses: the change would lock it out"),
        "use a token that the account owns, or make this change in the dashboard",
    )
}

/// Whether the change would hit who makes it cannot be told.
pub(crate) fn own_identity_unknown(who: &str, cause: cloudflare::Error) -> ConnectorError {
    refused(
        "own-identity-unknown",
        format!("{who} is a Super Administrator and may be the person behind the credential that this connector uses"),
        "give the token the permission \"User Details: Read\", so that it can be told; or use a token that the \
         account owns",
    )
    .with_source(cause)
}

/// Somebody listed the member.
pub(crate) fn protected(who: &str) -> ConnectorError {
    refused(
        "member-protected",
        format!("{who} is protected: nothing is changed about this member"),
        "make the change in the dashboard, or take the member off --protect-member",
    )
}

/// The invitation is none any more.
pub(crate) fn invitation_accepted(who: &str) -> ConnectorError {
    refused(
        "invitation-accepted",
        format!("{who} has accepted the invitation meanwhile and is a member now"),
        "read the account again; to take the access away, remove the user",
    )
}

/// The request has no address of a person.
pub(crate) fn no_address(text: &str) -> ConnectorError {
    let message = match text {
        "" => "an e-mail address is needed to invite somebody".to_owned(),
        text => format!("`{text}` is no e-mail address that Cloudflare takes"),
    };
    wrong(
        "no-address",
        message,
        "give one address of at most 90 characters, such as ada@example.com",
    )
}

/// The request offers nothing.
pub(crate) fn nothing_offered() -> ConnectorError {
    wrong(
        "no-role",
        "at least one role is needed to invite somebody",
        "give `roles` (ids or names) or `policies` (such as `Domain DNS on Production domains`) in the profile",
    )
}

/// A scoped permission is not written as one.
pub(crate) fn no_scope(text: &str) -> ConnectorError {
    wrong(
        "no-scope",
        format!("`{text}` does not say on which scope"),
        "write a permission and a scope, by name or id, such as `Domain DNS on Production domains`",
    )
}

/// A name means nothing, or several things.
pub(crate) fn not_one_named(what: &str, name: &str) -> ConnectorError {
    wrong(
        "not-one-named",
        format!("the account does not have just one {what} named `{name}`"),
        "give its id instead: it is in the file that a sync writes",
    )
}

/// There is no such token.
pub(crate) fn no_such_token(token: &TokenId) -> ConnectorError {
    ConnectorError::new(ErrorKind::NotFound, format!("the account has no token {token}"))
        .with_code("no-such-token")
        .with_hint("read the account again; tokens of users are not the account's and cannot be changed here")
}

/// The token's time is over.
pub(crate) fn token_expired(token: &str) -> ConnectorError {
    refused(
        "token-expired",
        format!("the token {token} has expired: it works for nobody"),
        "delete it, or make a new one",
    )
}

/// Nobody could read the new secret.
pub(crate) fn no_recipient() -> ConnectorError {
    wrong(
        "no-recipient",
        "nobody is named to seal the new secret for, so it would be lost",
        "name a recipient: an age recipient (age1...), an ssh-ed25519 public key or a public JSON Web Key",
    )
}

/// A recipient's key cannot be used.
pub(crate) fn not_sealed(error: SealError) -> ConnectorError {
    wrong(
        "not-sealed",
        format!("a secret cannot be sealed for a recipient: {error}"),
        "give another public key",
    )
    .with_source(error)
}

/// The token was rolled and nobody has the new secret.
pub(crate) fn secret_lost(title: &str, cause: cloudflare::Error) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Unavailable,
        format!("{title}: the old secret may be gone, and the answer with the new one was lost ({cause})"),
    )
    .with_code("secret-lost")
    .with_hint("roll it again: what uses the token may not work until then")
    .with_source(cause)
}

/// Somebody else keeps changing the same.
pub(crate) fn contended(title: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Aborted,
        format!("{title}: not done, because the same is being changed by somebody else again and again"),
    )
    .with_code("contended")
    .with_hint("try again in a few minutes; if it stays like this, find out who else changes members")
}

/// The change was tried as often as it may be.
pub(crate) fn given_up(title: &str, last: Option<cloudflare::Error>) -> ConnectorError {
    match last {
        None => contended(title),
        Some(error) if error.leaves_open() => outcome_unknown(title, error),
        Some(error) => by_cloudflare(title, error),
    }
}

/// A denial is to be given.
pub(crate) fn denial_not_granted(title: &str) -> ConnectorError {
    refused(
        "denial-not-granted",
        format!("{title} takes access away, and a grant only gives: denials are not granted here"),
        "revoke what is to be taken away; or make the denial in the dashboard",
    )
}

/// Access through user groups would go with the membership.
pub(crate) fn still_in_groups(title: &str, who: &str, groups: &[String]) -> ConnectorError {
    refused(
        "last-role",
        format!(
            "{title} is all that {who} holds directly, but not all: removing the member would take the access of \
             these user groups too: {}",
            groups.join(", ")
        ),
        "take the member out of the groups first, or remove the member, if that is meant",
    )
}

/// The code of [`outcome_unknown`].
pub(crate) const OUTCOME_UNKNOWN: &str = "outcome-unknown";

/// What came of a change could not be seen.
pub(crate) fn outcome_unknown(title: &str, cause: cloudflare::Error) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Unavailable,
        format!("{title}: it is not known whether this was done ({cause})"),
    )
    .with_code(OUTCOME_UNKNOWN)
    .with_hint("ask for the same again: what is done already is not done twice")
    .with_source(cause)
}

/// The change was made, and something else is gone that nobody asked for.
pub(crate) fn lost(title: &str, lost: &[String]) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::Aborted,
        format!(
            "{title}: done, but at the same moment this went away: {}",
            lost.join("; ")
        ),
    )
    .with_code("lost-meanwhile")
    .with_hint("find out whether somebody else took it away just then; if not, give it back and report this")
}

/// Cloudflare refuses a change; those reasons that have an answer of their own get it.
pub(crate) fn by_cloudflare(title: &str, error: cloudflare::Error) -> ConnectorError {
    let text = error.to_string().to_lowercase();
    let known = if text.contains("scim") && !text.contains("scim provisioning") {
        Some((
            "managed-by-scim",
            "SCIM manages this: change it in your identity provider",
        ))
    } else if text.contains("do not have dsr enabled") {
        Some((
            "domain-scoped-roles-off",
            "the member's user has no support for domain-scoped roles, which user groups need: ask Cloudflare's \
             support to enable it",
        ))
    } else if text.contains("invalid role assignments") {
        Some((
            "role-not-offered",
            "the account does not have this role or permission: read the account again and choose one of its own",
        ))
    } else if text.contains("invalid permission group and resource group combination") {
        Some((
            "wrong-scope",
            "this permission cannot be given on that kind of scope: account-wide ones need the whole account, those \
             of domains need domains",
        ))
    } else {
        None
    };
    let failed = errors::failed(error);
    let message = format!("{title}: not done: {}", failed.message);
    match known {
        Some((code, hint)) => refused(code, message, hint).with_source(failed),
        None => ConnectorError { message, ..failed },
    }
}
