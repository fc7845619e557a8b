//! Writing a snapshot, portion by portion. Each portion is a transaction of its own, so that whoever else writes never
//! waits for long; nobody reads a snapshot before it is whole.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::access::{
    AccessEntitlement, AccessGrant, AccessResource, AccessRows, AccessType, NewSnapshot, ResourceKind,
    Snapshot, SnapshotDraft, SnapshotId,
};
use governance::repository::{Stored, Written};
use model::{EntitlementId, ResourceId, ResourceTypeId};
use sea_orm::{ActiveModelTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait as _};

use super::insert::Insert;
use super::numbers::{Number, Numbers};
use super::{complete, life};
use crate::entity::access::{entitlement, grant, resource, snapshot};
use crate::errors::failed;
use crate::keys;
use crate::repositories::connectors;

/// A snapshot that is being written.
#[derive(Debug)]
pub(super) struct Draft {
    connection: DatabaseConnection,
    id: SnapshotId,
    types: Vec<AccessType>,
    type_ids: HashSet<ResourceTypeId>,
    resources: Numbers,
    entitlements: Numbers,
    /// Whether a portion was begun and not written: the numbers tell of rows that are not there.
    broken: bool,
}

/// The rows of a portion.
struct Portion {
    snapshot: i64,
    resources: Insert<24>,
    entitlements: Insert<16>,
    grants: Insert<8>,
}

impl Draft {
    pub(super) async fn begin(
        connection: &DatabaseConnection,
        of: &NewSnapshot,
        now: DateTime<Utc>,
    ) -> Stored<Option<Self>> {
        let Some((id, base)) = begun(connection, of, now).await? else {
            return Ok(None);
        };
        let (resources, entitlements) = match base {
            Some(base) => (
                Numbers::of_resources(connection, base).await.map_err(failed)?,
                Numbers::of_entitlements(connection, base).await.map_err(failed)?,
            ),
            None => Default::default(),
        };
        Ok(Some(Self {
            connection: connection.clone(),
            id: SnapshotId::from_number(id),
            types: Vec::new(),
            type_ids: HashSet::new(),
            resources,
            entitlements,
            broken: false,
        }))
    }

    async fn write(&mut self, rows: &AccessRows, now: DateTime<Utc>) -> Result<Written, DbErr> {
        let transaction = self.connection.begin().await?;
        if life::touch(&transaction, self.id, now).await? == Written::Outdated {
            return Ok(Written::Outdated);
        }
        self.portion(rows).execute(&transaction).await?;
        transaction.commit().await?;
        Ok(Written::Yes)
    }

    fn portion(&mut self, rows: &AccessRows) -> Portion {
        let mut portion = Portion::of(self.id);
        match rows {
            AccessRows::Types(all) => {
                for one in all {
                    self.add_type(one.clone());
                }
            }
            AccessRows::Resources(all) => {
                for one in all {
                    self.add_resource(one, &mut portion);
                }
            }
            AccessRows::Entitlements(all) => {
                for one in all {
                    self.add_entitlement(one, &mut portion);
                }
            }
            AccessRows::Grants(all) => {
                for one in all {
                    self.add_grant(one, &mut portion);
                }
            }
        }
        portion
    }

    fn add_type(&mut self, kind: AccessType) {
        if self.type_ids.insert(kind.id.clone()) {
            self.types.push(kind);
        }
    }

    /// A type that has no record is called as its id.
    fn need_type(&mut self, id: &ResourceTypeId, kind: ResourceKind) {
        if !self.type_ids.contains(id) {
            self.add_type(AccessType {
                id: id.clone(),
                name: id.to_string(),
                kind,
                volatile: false,
            });
        }
    }

    fn add_resource(&mut self, one: &AccessResource, portion: &mut Portion) {
        self.need_type(&one.id.resource_type, one.kind);
        if let Number::New(number) = self.resources.take(keys::of_resource(&one.id)) {
            portion
                .resources
                .add(resource::row(portion.snapshot, number, one, true));
        }
    }

    /// The number of a resource that something names.
    fn need_resource(&mut self, id: &ResourceId, portion: &mut Portion) -> i64 {
        let number = self.resources.take(keys::of_resource(id));
        if let Number::New(number) = number {
            let named = resource::named(id);
            portion
                .resources
                .add(resource::row(portion.snapshot, number, &named, false));
        }
        number.value()
    }

    fn add_entitlement(&mut self, one: &AccessEntitlement, portion: &mut Portion) {
        if let Number::New(number) = self.entitlements.take(keys::of_entitlement(&one.id)) {
            self.put_entitlement(number, one, true, portion);
        }
    }

    /// The number of an entitlement that a grant names, on what it is on.
    fn need_entitlement(
        &mut self,
        id: &EntitlementId,
        on: impl FnOnce() -> ResourceId,
        portion: &mut Portion,
    ) -> i64 {
        let number = self.entitlements.take(keys::of_entitlement(id));
        if let Number::New(number) = number {
            self.put_entitlement(number, &entitlement::named(id, &on()), false, portion);
        }
        number.value()
    }

    fn put_entitlement(&mut self, own: i64, one: &AccessEntitlement, known: bool, portion: &mut Portion) {
        let numbers = entitlement::Numbers {
            snapshot: portion.snapshot,
            own,
            resource: self.need_resource(&one.resource, portion),
        };
        portion.entitlements.add(entitlement::row(numbers, one, known));
    }

    fn add_grant(&mut self, one: &AccessGrant, portion: &mut Portion) {
        let principal = self.need_resource(&one.principal, portion);
        let on = || one.resource.clone();
        let entitlement = self.need_entitlement(&one.entitlement, on, portion);
        let sources = one.sources.iter().map(|(id, source)| grant::Source {
            entitlement: self.need_entitlement(id, || entitlement::on_unknown(id), portion),
            direct: source.is_direct,
        });
        let numbers = grant::Numbers {
            sources: sources.collect(),
            snapshot: portion.snapshot,
            principal,
            entitlement,
        };
        portion.grants.add(grant::row(&numbers, one));
    }
}

/// The number of a new one and of its base, unless the connector is gone: what is begun after that is nobody's, and
/// would stay for ever.
async fn begun(
    connection: &DatabaseConnection,
    of: &NewSnapshot,
    now: DateTime<Utc>,
) -> Stored<Option<(i64, Option<i64>)>> {
    let transaction = connection.begin().await.map_err(failed)?;
    let held = connectors::hold(&transaction, &of.connector).await;
    if held.map_err(failed)? == Written::Outdated {
        return Ok(None);
    }
    let base = life::current_id(&transaction, &of.connector).await?;
    let row = snapshot::begun(of, base, now).insert(&transaction).await;
    let id = row.map_err(failed)?.id;
    transaction.commit().await.map_err(failed)?;
    Ok(Some((id, base)))
}

impl Portion {
    fn of(snapshot: SnapshotId) -> Self {
        Self {
            snapshot: snapshot.number(),
            resources: Insert::into(&resource::Entity, resource::COLUMNS),
            entitlements: Insert::into(&entitlement::Entity, entitlement::COLUMNS),
            grants: Insert::into(&grant::Entity, grant::COLUMNS),
        }
    }

    async fn execute(self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        self.resources.execute(transaction).await?;
        self.entitlements.execute(transaction).await?;
        self.grants.execute(transaction).await
    }
}

#[async_trait]
impl SnapshotDraft for Draft {
    fn id(&self) -> SnapshotId {
        self.id
    }

    async fn add(&mut self, rows: &AccessRows, now: DateTime<Utc>) -> Stored<Written> {
        // Also when this is dropped half-way.
        if std::mem::replace(&mut self.broken, true) {
            return Ok(Written::Outdated);
        }
        let written = self.write(rows, now).await.map_err(failed)?;
        self.broken = written == Written::Outdated;
        Ok(written)
    }

    async fn complete(self: Box<Self>, now: DateTime<Utc>) -> Stored<Option<Snapshot>> {
        if self.broken {
            return Ok(None);
        }
        let whole = complete::Rest {
            connection: &self.connection,
            id: self.id,
            types: &self.types,
            greatest_resource: self.resources.greatest(),
            greatest_entitlement: self.entitlements.greatest(),
        };
        match whole.complete(now).await.map_err(failed)? {
            Written::Yes => life::snapshot(&self.connection, self.id).await,
            Written::Outdated => Ok(None),
        }
    }
}
