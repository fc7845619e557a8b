//! Any person, place, letter and audit entry that could be stored.

use governance::{
    ApiKey, ApiKeyId, App, AppId, AppName, AppSource, AppState, AuditDraft, Authentication, CheckOutcome,
    Checked, ConnectorId, ConnectorKind, ConnectorSettings, Difference, Email, Group, GroupId, GroupRole,
    GroupSays, Held, Hosting, Installation, KeyScope, Letter, LetterId, LetterState, Link, LinkId,
    LinkPurpose, Mode, Object, Operator, OperatorId, OperatorSource, OperatorStatus, Proof, Provisioning,
    Role, Roles, SealedSecret, SecondFactor, Session, SessionId, SessionScope, SignIn, TaskId, TokenHash,
    UploadId, WaitingFor,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::strategies::{connector_id, parts, text, time, types};

fn operator_id() -> impl Strategy<Value = OperatorId> {
    parts().prop_map(|(now, bytes)| OperatorId::new(now, bytes))
}

fn email() -> impl Strategy<Value = Email> {
    "[a-zäß0-9.+]{12,20}@[a-z]{4,8}\\.example".prop_map(|text| Email::parse(&text).unwrap())
}

fn roles() -> impl Strategy<Value = Roles> {
    subsequence(Role::ALL.to_vec(), 0..=Role::ALL.len()).prop_map(|roles| roles.into_iter().collect())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 1..80)
}

fn token() -> impl Strategy<Value = TokenHash> {
    any::<[u8; 32]>().prop_map(TokenHash)
}

pub(super) fn operator() -> impl Strategy<Value = Operator> {
    let status = prop_oneof![
        Just(OperatorStatus::Invited),
        Just(OperatorStatus::Active),
        time().prop_map(|at| OperatorStatus::Deactivated { at }),
    ];
    let source = prop_oneof![
        Just(OperatorSource::Local),
        Just(OperatorSource::Invited),
        (text(), text()).prop_map(|(issuer, subject)| OperatorSource::OpenId { issuer, subject }),
        (option::of(text()), any::<bool>())
            .prop_map(|(external_id, deleted)| OperatorSource::Directory { external_id, deleted }),
    ];
    let who = (operator_id(), email(), text());
    (who, roles(), status, source, time()).prop_map(
        |((id, email, name), roles, status, source, created_at)| Operator {
            id,
            email,
            name,
            roles,
            status,
            source,
            created_at,
        },
    )
}

pub(super) fn sign_in() -> impl Strategy<Value = SignIn> {
    let second = (bytes(), 0..i64::MAX, text(), option::of(time())).prop_map(
        |(secret, last_step, recovery, confirmed_at)| SecondFactor {
            secret: SealedSecret(secret),
            last_step,
            recovery,
            confirmed_at,
        },
    );
    let counted = (any::<u32>(), option::of(time()));
    (operator_id(), option::of(text()), option::of(second), counted).prop_map(
        |(operator, password, second, (failures, locked_until))| SignIn {
            operator,
            password,
            second,
            failures,
            locked_until,
        },
    )
}

/// A session of this operator.
pub(super) fn session(operator: OperatorId) -> impl Strategy<Value = Session> {
    let id = parts().prop_map(|(now, bytes)| SessionId::new(now, bytes));
    let scope = select(&[
        SessionScope::AwaitingCode,
        SessionScope::SetUpOnly,
        SessionScope::Full,
    ]);
    let times = (time(), time(), option::of(time()));
    let proof = select(&Proof::ALL);
    (id, token(), times, option::of(text()), (text(), scope, proof)).prop_map(
        move |(id, token, (created_at, seen_at, ended_at), from, (agent, scope, proof))| Session {
            id,
            token,
            operator: operator.clone(),
            created_at,
            seen_at,
            ended_at,
            from,
            agent,
            scope,
            proof,
        },
    )
}

/// A key of this operator.
pub(super) fn api_key(operator: OperatorId) -> impl Strategy<Value = ApiKey> {
    let id = parts().prop_map(|(now, bytes)| ApiKeyId::new(now, bytes));
    let times = (time(), time(), option::of(time()), option::of(time()));
    (
        id,
        token(),
        "[A-Za-z0-9_-]{4}",
        text(),
        select(&KeyScope::ALL),
        times,
    )
        .prop_map(
            move |(id, token, last_four, name, scope, (created_at, expires_at, used_at, revoked_at))| {
                ApiKey {
                    id,
                    token,
                    last_four,
                    name,
                    operator: operator.clone(),
                    scope,
                    created_at,
                    expires_at,
                    used_at,
                    revoked_at,
                }
            },
        )
}

pub(super) fn group() -> impl Strategy<Value = Group> {
    let id = parts().prop_map(|(now, bytes)| GroupId::new(now, bytes));
    let says = ("[^\\pC\\pZ]{8,40}", option::of(text()), vec(operator_id(), 0..4));
    (id, says, time()).prop_map(|(id, (name, external_id, members), created_at)| Group {
        id,
        says: GroupSays {
            name,
            external_id,
            members: members.into_iter().collect(),
        },
        created_at,
    })
}

pub(super) fn provisioning() -> impl Strategy<Value = Provisioning> {
    let one = ("[^\\pC\\pZ]{1,40}", select(&Role::ALL)).prop_map(|(group, role)| GroupRole { group, role });
    (any::<bool>(), any::<bool>(), vec(one, 0..4)).prop_map(|(adopts, invites, roles)| Provisioning {
        adopts,
        invites,
        roles,
    })
}

pub(super) fn link() -> impl Strategy<Value = Link> {
    let id = parts().prop_map(|(now, bytes)| LinkId::new(now, bytes));
    let purpose = prop_oneof![
        Just(LinkPurpose::FirstStart),
        operator_id().prop_map(LinkPurpose::Welcome),
        operator_id().prop_map(LinkPurpose::Demo),
    ];
    let times = (time(), time(), option::of(time()));
    (id, token(), purpose, times).prop_map(|(id, token, purpose, (created_at, expires_at, used_at))| Link {
        id,
        token,
        purpose,
        created_at,
        expires_at,
        used_at,
    })
}

pub(super) fn app() -> impl Strategy<Value = App> {
    let id = parts().prop_map(|(now, bytes)| AppId::new(now, bytes));
    let name = "[^\\pC\\pZ]{6,40}".prop_map(|text| AppName::parse(&text).unwrap());
    let source = prop_oneof![
        Just(AppSource::ByHand),
        Just(AppSource::List),
        (connector_id(), text(), option::of(time())).prop_map(|(connector, resource, gone_since)| {
            AppSource::Connector {
                connector,
                resource,
                gone_since,
            }
        }),
    ];
    let state = select(&[AppState::Managed, AppState::Unmanaged]);
    let owners = vec(operator_id(), 0..4);
    (id, name, state, source, (owners, time())).prop_map(|(id, name, state, source, (owners, created_at))| {
        App {
            id,
            name,
            state,
            source,
            owners,
            created_at,
        }
    })
}

/// The installation of this connector.
pub(super) fn installation(connector: ConnectorId) -> impl Strategy<Value = Installation> {
    let upload = || parts().prop_map(|(now, bytes)| UploadId::new(now, bytes));
    let app = parts().prop_map(|(now, bytes)| AppId::new(now, bytes));
    let task = parts().prop_map(|(now, bytes)| TaskId::new(now, bytes));
    let waiting = (operator_id(), time(), time()).prop_map(|(operator, since, asked_at)| WaitingFor {
        operator,
        since,
        asked_at,
    });
    let held = (upload(), time(), text()).prop_map(|(upload, since, why)| Held { upload, since, why });
    let kind = (
        select(&ConnectorKind::ALL),
        select(&[Hosting::Hosted, Hosting::SelfHosted]),
    );
    let place = (
        types(),
        option::of(app),
        vec(operator_id(), 0..4),
        option::of(waiting),
        option::of(any::<u8>()),
    );
    let syncs = (
        option::of(held),
        any::<u32>(),
        option::of(task),
        option::of(upload()),
    );
    (kind, place, syncs).prop_map(move |((kind, hosting), place, syncs)| {
        let (types, app, owners, waiting_for, guard) = place;
        let (held, failures, counted, settled) = syncs;
        Installation {
            connector: connector.clone(),
            kind,
            hosting,
            app,
            owners,
            waiting_for,
            guard,
            types,
            held,
            failures,
            counted,
            settled,
        }
    })
}

pub(super) fn settings() -> impl Strategy<Value = ConnectorSettings> {
    let authentication = prop_oneof![
        Just(Authentication::ApiToken),
        text().prop_map(|email| Authentication::ApiKey { email }),
    ];
    let outcome = prop_oneof![
        Just(CheckOutcome::Good),
        vec("[^\\pC]{1,30}", 0..4).prop_map(|missing| CheckOutcome::Insufficient { missing }),
        text().prop_map(|why| CheckOutcome::Rejected { why }),
    ];
    let checked = (time(), outcome).prop_map(|(at, outcome)| Checked { at, outcome });
    let said = (text(), authentication, bytes(), text());
    let mode = select(&[Mode::Reviews, Mode::ReviewsAndProvisioning]);
    (connector_id(), said, mode, time(), option::of(checked)).prop_map(
        |(connector, (account_id, authentication, secret, last_four), mode, saved_at, checked)| {
            ConnectorSettings {
                connector,
                account_id,
                authentication,
                secret: SealedSecret(secret),
                last_four,
                mode,
                saved_at,
                revision: 1,
                checked,
            }
        },
    )
}

pub(super) fn letter() -> impl Strategy<Value = Letter> {
    let id = parts().prop_map(|(now, bytes)| LetterId::new(now, bytes));
    let state = prop_oneof![
        (time(), option::of(text())).prop_map(|(not_before, last)| LetterState::Waiting { not_before, last }),
        time().prop_map(|at| LetterState::Sent { at }),
        (time(), text()).prop_map(|(at, why)| LetterState::Failed { at, why }),
    ];
    (id, email(), (text(), text()), time(), (any::<u32>(), state)).prop_map(
        |(id, to, (subject, text), created_at, (tries, state))| Letter {
            id,
            to,
            subject,
            text,
            created_at,
            tries,
            state,
        },
    )
}

/// An entry, with signs in it that not every database holds.
pub(super) fn draft() -> impl Strategy<Value = AuditDraft> {
    let maybe = || option::of(any::<String>());
    let change = (any::<String>(), maybe(), maybe()).prop_map(|(field, before, after)| Difference {
        field,
        before,
        after,
    });
    let who = (any::<String>(), maybe(), any::<String>(), maybe(), maybe());
    let what = (any::<String>(), any::<String>(), any::<String>(), any::<String>());
    (time(), who, what, vec(change, 0..4), maybe()).prop_map(|(at, who, what, changes, reason)| {
        let (actor, actor_id, via, from, request) = who;
        let (action, kind, id, name) = what;
        AuditDraft {
            at,
            actor,
            actor_id,
            via,
            from,
            request,
            action,
            object: Object { kind, id, name },
            changes,
            reason,
        }
    })
}
