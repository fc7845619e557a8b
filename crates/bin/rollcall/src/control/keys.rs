//! `rollcall keys`: a change of the keys that secrets are sealed with, while services run.
//!
//! Each step can be taken again: whatever is interrupted leaves a ring that opens everything, and secrets that are sealed
//! with one of its keys. What is written down in the audit trail is written before it is done.

use std::collections::BTreeMap;
use std::path::PathBuf;

use governance::repository::{SealedValue, SealedValues as _, Written};
use governance::{AuditAction, Object, SealedSecret};
use inspect::{Cell, Column, Ink, Table};
use runner::SystemRandomness;
use store::Database;
use vault::{KeyId, KeyRing, NewKey, Sealed, VaultError};

use super::{connectors, place};
use crate::args::{Keys, KeysOrder};
use crate::failure::Failure;
use crate::terminal;

/// How often all secrets are looked through while others keep saving new ones.
const ROUNDS: usize = 8;

pub(super) async fn run(keys: &Keys) -> Result<(), Failure> {
    let ring = Ring {
        database: place::existing(&keys.place).await?,
        file: place::key_ring(&keys.place, keys.file.as_deref()),
    };
    match keys.order.as_ref().unwrap_or(&KeysOrder::List) {
        KeysOrder::List => ring.list().await,
        KeysOrder::Rotate => {
            let id = ring.add().await?;
            ring.make_current(&id).await?;
            let sealed = ring.reseal().await?;
            let said =
                format!("Secrets are sealed with the new key {id}; {sealed} were sealed again. {KEEP}");
            connectors::say(&said)
        }
        KeysOrder::Add => {
            let id = ring.add().await?;
            connectors::say(&format!(
                "The key {id} opens and does not seal yet. Once every service has this key file, `rollcall keys use {id}`."
            ))
        }
        KeysOrder::Use { id } => {
            ring.make_current(&known(id)?).await?;
            connectors::say(&format!(
                "Secrets are sealed with the key {id} from now on. `rollcall keys reseal` seals those again that there are."
            ))
        }
        KeysOrder::Reseal => {
            let sealed = ring.reseal().await?;
            connectors::say(&format!("{sealed} secrets were sealed again. {KEEP}"))
        }
        KeysOrder::Retire { id } => ring.retire(&known(id)?).await,
    }
}

/// What to do with the keys from before.
const KEEP: &str = "Keep a copy of the key file. `rollcall keys retire ID` forgets a former key; backups from before \
                    need it, so keep a copy of the key file with them.";

fn known(id: &str) -> Result<KeyId, Failure> {
    id.parse::<KeyId>()
        .map_err(|error| Failure::new(error, "`rollcall keys list` lists them"))
}

fn of_vault(error: &VaultError) -> Failure {
    Failure::new(error, error.hint())
}

/// The ring in its file, and the database with what it has sealed.
struct Ring {
    database: Database,
    file: PathBuf,
}

impl Ring {
    fn load(&self) -> Result<KeyRing, Failure> {
        KeyRing::load(&self.file).map_err(|error| of_vault(&error))
    }

    fn change(&self, change: impl FnOnce(&mut KeyRing) -> Result<(), VaultError>) -> Result<(), Failure> {
        let changed = KeyRing::change_file(&self.file, change);
        changed.map(|_| ()).map_err(|error| of_vault(&error))
    }

    async fn note(&self, action: AuditAction, id: &KeyId) -> Result<(), Failure> {
        let office = place::office_over(self.database.clone());
        Ok(office
            .note(&place::actor(), action, Object::new("key", id, id))
            .await?)
    }

    /// How many secrets each key has sealed, whether it is in the ring or not.
    async fn needed(&self) -> Result<BTreeMap<KeyId, u64>, Failure> {
        let mut needed = BTreeMap::new();
        for value in self.database.sealed_values().await? {
            let sealed = Sealed::from_bytes(&value.secret.0).map_err(|error| of_vault(&error))?;
            *needed.entry(sealed.key_id()).or_insert(0) += 1;
        }
        Ok(needed)
    }

    async fn list(&self) -> Result<(), Failure> {
        let (ring, mut needed) = (self.load()?, self.needed().await?);
        terminal::with_screen(|screen| {
            let columns = [
                Column::id("ID"),
                Column::name("Status"),
                Column::number("Secrets"),
            ];
            let mut table = Table::new(screen.out, screen.look, columns);
            for id in ring.key_ids() {
                let count = needed.remove(&id).unwrap_or(0);
                let status = match (id == ring.current_id(), count) {
                    (true, _) => Cell::new("current", Ink::Good),
                    (false, 0) => Cell::new("former, needed by none", Ink::Faint),
                    (false, _) => Cell::from("former"),
                };
                table.row([Cell::from(id.to_string()), status, Cell::from(count.to_string())])?;
            }
            for (id, count) in &needed {
                let status = Cell::new("missing", Ink::Alarm);
                table.row([Cell::from(id.to_string()), status, Cell::from(count.to_string())])?;
            }
            table.finish()?;
            Ok(())
        })?;
        Ok(())
    }

    async fn add(&self) -> Result<KeyId, Failure> {
        // Whether there is a ring is seen before anything is written down.
        self.load()?;
        let new = NewKey::generate(&SystemRandomness).map_err(|error| of_vault(&error))?;
        let id = new.id();
        self.note(AuditAction::KeyAdded, &id).await?;
        self.change(|ring| {
            ring.add(new);
            Ok(())
        })?;
        Ok(id)
    }

    async fn make_current(&self, id: &KeyId) -> Result<(), Failure> {
        self.load()?.make_current(id).map_err(|error| of_vault(&error))?;
        self.note(AuditAction::KeyUsed, id).await?;
        self.change(|ring| ring.make_current(id))
    }

    /// Seals all secrets again that are not sealed with the current key; gives their number. Each is written over what
    /// it was, so that one that somebody saves meanwhile is not lost.
    async fn reseal(&self) -> Result<u64, Failure> {
        let ring = self.load()?;
        self.note(AuditAction::SecretsResealed, &ring.current_id())
            .await?;
        let mut count = 0;
        for _ in 0..ROUNDS {
            let mut old = Vec::new();
            for value in self.database.sealed_values().await? {
                let sealed = Sealed::from_bytes(&value.secret.0).map_err(|error| of_vault(&error))?;
                if !ring.is_current(&sealed) {
                    old.push((value, sealed));
                }
            }
            if old.is_empty() {
                return Ok(count);
            }
            for (value, sealed) in old {
                count += u64::from(self.reseal_one(&ring, &value, &sealed).await?);
            }
        }
        let message = "others keep saving secrets that are sealed with another key";
        Err(Failure::new(
            message,
            "see that every service has this key file, and try again",
        ))
    }

    /// `false` when there is another secret meanwhile.
    async fn reseal_one(
        &self,
        ring: &KeyRing,
        value: &SealedValue,
        sealed: &Sealed,
    ) -> Result<bool, Failure> {
        let again = ring.reseal(sealed, &lobby::context(&value.place), &SystemRandomness);
        let again = again.map_err(|error| of_vault(&error).after(&format!("{:?}", value.place)))?;
        let again = SealedSecret(again.to_bytes());
        Ok(self.database.replace_sealed(value, &again).await? == Written::Yes)
    }

    async fn retire(&self, id: &KeyId) -> Result<(), Failure> {
        self.load()?.retire(id).map_err(|error| of_vault(&error))?;
        if let Some(count) = self.needed().await?.get(id) {
            let message = format!("the key {id} is still needed: {count} secrets are sealed with it");
            return Err(Failure::new(
                message,
                "`rollcall keys reseal` seals them again with the current key",
            ));
        }
        self.note(AuditAction::KeyRetired, id).await?;
        self.change(|ring| ring.retire(id))?;
        connectors::say(&format!(
            "The key {id} is forgotten. Backups that were made while it was used need a copy of the key file from before."
        ))
    }
}
