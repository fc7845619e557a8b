//! Invitations that nobody accepted.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Finding, Severity, Subject};
use crate::account::{Account, Invitation};
use crate::rights;
use crate::text::{ago, count};

/// After this long an invitation is not going to be accepted.
const STALE: TimeDelta = TimeDelta::days(14);

/// Those with powerful roles first, then the stale ones, then the rest.
pub(super) fn find(account: &Account, moment: DateTime<Utc>) -> Vec<Finding> {
    let (powerful, others): (Vec<&Invitation>, Vec<&Invitation>) = account
        .invitations
        .iter()
        .partition(|invitation| invitation.offers.iter().any(|offer| is_powerful(offer)));
    vec![
        finding(
            ("powerful-invitation", Severity::High, "with powerful roles"),
            subjects(&powerful, moment),
        ),
        finding(
            ("waiting-invitation", Severity::Low, "not accepted yet"),
            subjects(&others, moment),
        ),
    ]
}

fn finding((code, severity, what): (&'static str, Severity, &str), subjects: Vec<Subject>) -> Finding {
    Finding {
        code,
        severity,
        title: format!("{} {what}", count(subjects.len() as u64, "invitation")),
        subjects,
        why: "Whoever gets hold of the mail gets the roles; the address may belong to nobody any more.",
        advice: "Ask whoever invited them; cancel what is not expected any more and invite again when needed.",
    }
}

fn subjects(invitations: &[&Invitation], moment: DateTime<Utc>) -> Vec<Subject> {
    invitations
        .iter()
        .map(|invitation| subject(invitation, moment))
        .collect()
}

fn subject(invitation: &Invitation, moment: DateTime<Utc>) -> Subject {
    let offers = invitation.offers.join(", ");
    let detail = match invitation.since {
        Some(since) if moment - since > STALE => format!("{offers}; invited {}", ago(since, moment)),
        _ => offers,
    };
    Subject {
        id: invitation.id.clone(),
        name: invitation.email.clone(),
        detail,
    }
}

/// An offer is a role, or a permission and a place.
fn is_powerful(offer: &str) -> bool {
    let role = offer.split_once(" on ").map_or(offer, |(role, _)| role);
    rights::classes(role).into_iter().any(rights::Class::is_powerful)
}
