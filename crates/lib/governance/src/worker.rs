//! A running instance of a connector, as it introduced itself.

use chrono::{DateTime, Utc};

use crate::{ConnectorId, HostId};

/// An instance that said hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Of which connector.
    pub connector: ConnectorId,
    /// How it calls itself.
    pub host: HostId,
    /// When it was first heard of.
    pub first_seen_at: DateTime<Utc>,
    /// When it was last heard of, within a minute.
    pub last_seen_at: DateTime<Utc>,
    /// The program and its version.
    pub program: String,
    /// The machine, in a line.
    pub system: String,
    /// The types of resources that it says it reads; empty when it did not say.
    pub resource_types: Vec<String>,
    /// What it says of itself, as the protocol carries it (`c1.connector.v2.ConnectorMetadata`).
    pub metadata: Vec<u8>,
}

/// A sign of life of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Of which connector.
    pub connector: ConnectorId,
    /// Which instance.
    pub host: HostId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Worker {
    /// How long after the last sign of life an instance counts as present: several of the longest waits between polls
    /// that we ask for.
    pub const PRESENT: chrono::TimeDelta = chrono::TimeDelta::minutes(3);
    /// How long after that it is forgotten.
    pub const REMEMBERED: chrono::TimeDelta = chrono::TimeDelta::days(30);
    /// The most instances of a connector that are remembered: host ids are for instances to choose.
    pub const MOST: u64 = 100;

    /// Whether it was heard of lately.
    pub fn is_present(&self, now: DateTime<Utc>) -> bool {
        now - self.last_seen_at < Self::PRESENT
    }
}
