//! Credentials that nobody looks after, or that can make more of themselves.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Finding, Severity, Subject};
use crate::account::{Account, Token, TokenState};
use crate::text::{ago, count, day};

/// After this long without use a token is not needed any more.
const IDLE: TimeDelta = TimeDelta::days(90);

/// Permissions with which a token can give itself or others more.
const SELF_SERVICE: [&str; 4] = [
    "Account API Tokens Write",
    "API Tokens Write",
    "Account Settings Write",
    "Memberships Write",
];

/// All that is to be said about tokens.
pub(super) fn find(account: &Account, moment: DateTime<Utc>) -> Vec<Finding> {
    let (active, dead): (Vec<&Token>, Vec<&Token>) = account
        .tokens
        .iter()
        .partition(|token| token.state(moment) == TokenState::Active);
    vec![
        self_service(&active),
        orphaned(&active, account),
        everlasting(&active, moment),
        idle(&active, moment),
        lying_about(&dead, moment),
    ]
}

fn self_service(active: &[&Token]) -> Finding {
    let subjects = subjects(active, |token| {
        let mut strong = SELF_SERVICE.into_iter().filter(|name| token.is_allowed(name));
        strong.next().map(str::to_owned)
    });
    Finding {
        code: "token-can-widen-access",
        severity: Severity::High,
        title: format!(
            "{} can create tokens or change members",
            count(subjects.len() as u64, "token")
        ),
        subjects,
        why: "Whoever holds such a token can give themselves access that outlives it.",
        advice: "Replace it by a token without these permissions, with an expiry and an address filter.",
    }
}

fn orphaned(active: &[&Token], account: &Account) -> Finding {
    let is_member = |email: &str| {
        account
            .people
            .iter()
            .any(|person| person.email.eq_ignore_ascii_case(email))
    };
    let subjects = subjects(active, |token| {
        let gone = token.created_by.is_none() && !token.creator.is_empty() && !is_member(&token.creator);
        gone.then(|| format!("made by {}", token.creator))
    });
    Finding {
        code: "token-of-former-member",
        severity: Severity::High,
        title: format!(
            "{} made by people who left",
            count(subjects.len() as u64, "token")
        ),
        subjects,
        why: "Its maker may still have the secret, and nobody may know what it is for.",
        advice: "Find out what uses it, roll its secret and note a new owner, or delete it.",
    }
}

fn everlasting(active: &[&Token], moment: DateTime<Utc>) -> Finding {
    let subjects = subjects(active, |token| {
        let made = token.created_at.map(|made| format!("made {}", ago(made, moment)));
        token.expires_at.is_none().then(|| made.unwrap_or_default())
    });
    Finding {
        code: "token-without-expiry",
        severity: Severity::Medium,
        title: format!("{} never expiring", count(subjects.len() as u64, "token")),
        subjects,
        why: "A leaked secret works until somebody notices.",
        advice: "Set an expiry, and roll the secret before it.",
    }
}

fn idle(active: &[&Token], moment: DateTime<Utc>) -> Finding {
    let subjects = subjects(active, |token| {
        token.idle(moment).filter(|idle| *idle > IDLE)?;
        Some(match token.last_used_at {
            Some(used) => format!("last used {}", ago(used, moment)),
            None => "never used".to_owned(),
        })
    });
    Finding {
        code: "token-unused",
        severity: Severity::Medium,
        title: format!("{} not used for 90 days", count(subjects.len() as u64, "token")),
        subjects,
        why: "Nobody would miss it, and nobody would notice if somebody else used it.",
        advice: "Disable it; delete it when nothing breaks.",
    }
}

fn lying_about(dead: &[&Token], moment: DateTime<Utc>) -> Finding {
    let subjects = subjects(dead, |token| {
        Some(match (token.state(moment), token.expires_at) {
            (TokenState::Expired, Some(end)) => format!("expired {}", day(end)),
            (TokenState::Expired, None) => "expired".to_owned(),
            (TokenState::Disabled | TokenState::Active, _) => "disabled".to_owned(),
        })
    });
    Finding {
        code: "token-dead",
        severity: Severity::Low,
        title: format!(
            "{} expired or disabled, and still there",
            count(subjects.len() as u64, "token")
        ),
        subjects,
        why: "A disabled token can be switched on again, and old entries hide the ones that matter.",
        advice: "Delete them.",
    }
}

/// The tokens for which there is something to say.
fn subjects(tokens: &[&Token], say: impl Fn(&Token) -> Option<String>) -> Vec<Subject> {
    let told = tokens.iter().filter_map(|token| Some((token, say(token)?)));
    told.map(|(token, detail)| Subject {
        id: token.id.clone(),
        name: token.name.clone(),
        detail,
    })
    .collect()
}
