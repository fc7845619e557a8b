//! A small company, and shorthands for writing and reading its access.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use governance::access::{
    AccessEntitlement, AccessGrant, AccessResource, AccessRows, AccessType, Fingerprint, NewSnapshot,
    PageRequest, Projections as _, ResourceKind, ResourceQuery, Snapshot, SnapshotDraft, SnapshotId,
};
use governance::repository::{Connectors as _, Ledger as _, Write, Written};
use governance::{ConnectorId, UploadId};
use model::{EntitlementId, GrantId, GrantSource, Lifecycle, Purpose, ResourceId, SyncId};
use store::Database;

use crate::world::{add_connector, at, connector_id};

/// All rows of a snapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Company {
    pub(crate) types: Vec<AccessType>,
    pub(crate) resources: Vec<AccessResource>,
    pub(crate) entitlements: Vec<AccessEntitlement>,
    pub(crate) grants: Vec<AccessGrant>,
}

pub(crate) fn kind(id: &str, name: &str, kind: ResourceKind) -> AccessType {
    AccessType {
        id: id.into(),
        name: name.to_owned(),
        kind,
        volatile: id == "invitation",
    }
}

pub(crate) fn resource(id: ResourceId, kind: ResourceKind, name: &str) -> AccessResource {
    AccessResource {
        id,
        parent: None,
        kind,
        name: name.to_owned(),
        description: String::new(),
        email: String::new(),
        lifecycle: Lifecycle::Enabled,
        status: String::new(),
        second_factor: None,
        last_used_at: None,
        created_at: None,
        expires_at: None,
        profile: "{}".to_owned(),
        fingerprint: Fingerprint(1),
    }
}

pub(crate) fn user(id: &str, name: &str, email: &str) -> AccessResource {
    AccessResource {
        email: email.to_owned(),
        status: "Accepted".to_owned(),
        second_factor: Some(true),
        ..resource(ResourceId::new("user", id), ResourceKind::User, name)
    }
}

pub(crate) fn entitlement(on: &ResourceId, slug: &str, name: &str) -> AccessEntitlement {
    AccessEntitlement {
        id: EntitlementId::on(on, slug),
        resource: on.clone(),
        slug: slug.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        purpose: Purpose::Assignment,
        immutable: false,
    }
}

pub(crate) fn grant(on: &ResourceId, slug: &str, principal: &ResourceId) -> AccessGrant {
    let entitlement = EntitlementId::on(on, slug);
    AccessGrant {
        id: GrantId::new(format!("{entitlement}:{principal}")),
        entitlement,
        resource: on.clone(),
        principal: principal.clone(),
        direct: true,
        immutable: false,
        sources: BTreeMap::new(),
    }
}

/// Held through being in a group.
pub(crate) fn inherited(
    on: &ResourceId,
    slug: &str,
    principal: &ResourceId,
    group: &ResourceId,
) -> AccessGrant {
    let through = (
        EntitlementId::on(group, "member"),
        GrantSource { is_direct: true },
    );
    AccessGrant {
        direct: false,
        immutable: true,
        sources: BTreeMap::from([through]),
        ..grant(on, slug, principal)
    }
}

pub(crate) fn user_id(id: &str) -> ResourceId {
    ResourceId::new("user", id)
}

pub(crate) fn role() -> ResourceId {
    ResourceId::new("role", "r1")
}

pub(crate) fn group() -> ResourceId {
    ResourceId::new("user_group", "g1")
}

/// Ada has the role herself, Grace through the group, Zoë neither and no second factor.
pub(crate) fn company() -> Company {
    let mut zoe = user("u3", "Zoë Ångström", "zoe@example.com");
    zoe.second_factor = Some(false);
    zoe.lifecycle = Lifecycle::Disabled;
    zoe.status = "Rejected".to_owned();
    let invited = resource(
        ResourceId::new("invitation", "i1"),
        ResourceKind::User,
        "late@example.com",
    );
    Company {
        types: vec![
            kind("user", "User", ResourceKind::User),
            kind("invitation", "Invitation", ResourceKind::User),
            kind("role", "Role", ResourceKind::Role),
            kind("user_group", "User Group", ResourceKind::Group),
        ],
        resources: vec![
            user("u1", "Ada Lovelace", "ada@example.com"),
            user("u2", "grace hopper", "Grace@example.com"),
            zoe,
            invited,
            resource(role(), ResourceKind::Role, "Administrator"),
            resource(group(), ResourceKind::Group, "Platform"),
        ],
        entitlements: vec![
            entitlement(&role(), "member", "Administrator Member Role"),
            entitlement(&group(), "member", "Platform Group Member"),
        ],
        grants: vec![
            grant(&role(), "member", &user_id("u1")),
            grant(&group(), "member", &user_id("u2")),
            grant(&role(), "member", &group()),
            inherited(&role(), "member", &user_id("u2"), &group()),
        ],
    }
}

/// So many users who all have the role.
pub(crate) fn crowd(users: u32) -> Company {
    let ids: Vec<String> = (0..users).map(|number| format!("crowd{number:05}")).collect();
    let users = ids.iter().map(|id| user(id, id, &format!("{id}@example.com")));
    let administrator = resource(role(), ResourceKind::Role, "Administrator");
    Company {
        types: company().types,
        resources: users.chain([administrator]).collect(),
        entitlements: vec![entitlement(&role(), "member", "Administrator Member Role")],
        grants: ids
            .iter()
            .map(|id| grant(&role(), "member", &user_id(id)))
            .collect(),
    }
}

impl Company {
    /// Rows in the order in which they are written.
    pub(crate) fn rows(&self) -> [AccessRows; 4] {
        [
            AccessRows::Types(self.types.clone()),
            AccessRows::Resources(self.resources.clone()),
            AccessRows::Entitlements(self.entitlements.clone()),
            AccessRows::Grants(self.grants.clone()),
        ]
    }

    pub(crate) fn without_user(mut self, id: &str) -> Self {
        self.resources.retain(|one| one.id != user_id(id));
        self.grants.retain(|one| one.principal != user_id(id));
        self
    }
}

pub(crate) fn of(connector: &ConnectorId) -> NewSnapshot {
    NewSnapshot {
        connector: connector.clone(),
        upload: UploadId::new(at(0), [7; 16]),
        sync: SyncId::new("3MVZaKBsuLbuu41qJCnFPtwwqv1"),
        taken_at: at(-60),
    }
}

pub(crate) async fn begin(database: &Database, connector: u8) -> Box<dyn SnapshotDraft> {
    let id = connector_id(connector);
    // Of most connectors nothing matters here but that they are there.
    if database.connector(&id).await.unwrap().is_none() {
        add_connector(database, &crate::world::connector(connector)).await;
    }
    database.begin_snapshot(&of(&id), at(0)).await.unwrap().unwrap()
}

/// Makes a candidate current, in a change of its own.
pub(crate) async fn make_current(database: &Database, id: SnapshotId, now: DateTime<Utc>) -> Written {
    database
        .commit(&[Write::MakeCurrent(id, now)], &[])
        .await
        .unwrap()
}

/// Retires a candidate, in a change of its own.
pub(crate) async fn retire(database: &Database, id: SnapshotId, now: DateTime<Utc>) -> Written {
    let write = Write::RetireCandidate(id, now);
    database.commit(&[write], &[]).await.unwrap()
}

/// Makes a candidate.
pub(crate) async fn candidate(database: &Database, connector: u8, company: &Company) -> Snapshot {
    let mut draft = begin(database, connector).await;
    for rows in company.rows() {
        assert_eq!(draft.add(&rows, at(1)).await.unwrap(), Written::Yes);
    }
    draft.complete(at(2)).await.unwrap().unwrap()
}

/// Makes a candidate current.
pub(crate) async fn current(database: &Database, connector: u8, company: &Company) -> Snapshot {
    let candidate = candidate(database, connector, company).await;
    assert_eq!(make_current(database, candidate.id, at(3)).await, Written::Yes);
    database
        .current_snapshot(&connector_id(connector))
        .await
        .unwrap()
        .unwrap()
}

pub(crate) fn all() -> PageRequest {
    PageRequest::new(0, 1000)
}

pub(crate) async fn names(database: &Database, id: SnapshotId, query: ResourceQuery) -> Vec<String> {
    let page = database.resources(id, &query, all()).await.unwrap().unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.resource.name).collect()
}
