//! What a connector reads: everything, or the types that somebody chose.

use std::collections::BTreeSet;

use model::ResourceTypeId;

use super::{Office, OfficeError};
use crate::access::ResourceKind;
use crate::{Action, Actor, ConnectorId, ConnectorKind, Hosting, Installation};

/// A type that a connector can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readable {
    /// Its name on the wire.
    pub id: ResourceTypeId,
    /// What people call it.
    pub name: String,
    /// What is in it, in a sentence; empty when that is not known.
    pub about: &'static str,
    /// Whether it is those who hold things.
    pub people: bool,
}

/// Why something cannot be all that is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypesError {
    /// There is no such type.
    #[error("`{0}` is nothing that this connector is known to read")]
    Unknown(ResourceTypeId),
    /// Nobody would be there to hold anything.
    #[error("users are always needed: the rest says who holds what, and without users that is nobody")]
    NoPeople,
}

/// What our own connector reads, known before there is an account.
const CLOUDFLARE: [(&str, &str, &str); 6] = [
    (
        "user",
        "Users",
        "Members of the account, with their state and second factor. Always needed.",
    ),
    (
        "invitation",
        "Invitations",
        "Members who were invited and have not accepted yet.",
    ),
    ("role", "Roles", "Account-wide roles, and who holds them."),
    (
        "api_token",
        "API tokens",
        "Tokens that the account itself owns, with when they expire.",
    ),
    (
        "user_group",
        "User groups",
        "Groups of members, who is in them, and what that gives.",
    ),
    (
        "resource_group",
        "Scopes",
        "The parts of the account for which policies give permissions, and to whom.",
    ),
];

impl Office {
    /// What a connector can read, as far as that is known: of our own always, of others once they have read something.
    ///
    /// # Errors
    /// When there is none for this actor, or when the store fails.
    pub async fn readable_types(
        &self,
        actor: &Actor,
        id: &ConnectorId,
    ) -> Result<Vec<Readable>, OfficeError> {
        let owned = self.owned(actor, id).await?;
        let place = &owned.installation.value;
        Ok(match (place.hosting, place.kind) {
            (Hosting::ByHand, _) => Vec::new(),
            (_, ConnectorKind::Cloudflare) => CLOUDFLARE.map(Readable::known).into(),
            (_, ConnectorKind::Baton | ConnectorKind::File) => self.read_before(place).await?,
        })
    }

    /// The types of what is believed, and those that were chosen and are not there at present.
    async fn read_before(&self, place: &Installation) -> Result<Vec<Readable>, OfficeError> {
        let current = self.store.current_snapshot(&place.connector).await?;
        let types = current.map(|snapshot| snapshot.types).unwrap_or_default();
        let there = types.into_iter().map(|one| Readable {
            id: one.of.id,
            name: one.of.name,
            about: "",
            people: one.of.kind == ResourceKind::User,
        });
        let mut all: Vec<_> = there.collect();
        for id in &place.types {
            if !all.iter().any(|one| one.id == *id) {
                all.push(Readable::unseen(id));
            }
        }
        Ok(all)
    }

    /// Whether a connector could read only this.
    ///
    /// # Errors
    /// As [`Office::choose_types`]; nothing is changed.
    pub async fn check_types(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        wanted: Option<&BTreeSet<ResourceTypeId>>,
    ) -> Result<(), OfficeError> {
        let owned = self.owned(actor, id).await?;
        actor.may(Action::ConfigureConnector(&owned.installation.value))?;
        owned.reads_by_itself()?;
        let readable = self.readable_types(actor, id).await?;
        Ok(wanted.map_or(Ok(()), |wanted| check(&readable, wanted))?)
    }

    /// Lets a connector read only some types from its next sync on; with `None` everything.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when it does not read by itself, when a type is unknown or
    /// users are not among them, or when the store fails.
    pub async fn choose_types(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        wanted: Option<&BTreeSet<ResourceTypeId>>,
    ) -> Result<(), OfficeError> {
        self.check_types(actor, id, wanted).await?;
        self.change_installation(actor, id, |before| {
            actor.may(Action::ConfigureConnector(before))?;
            Ok(Installation {
                types: wanted.cloned().unwrap_or_default(),
                ..before.clone()
            })
        })
        .await
    }
}

fn check(readable: &[Readable], wanted: &BTreeSet<ResourceTypeId>) -> Result<(), TypesError> {
    let is_known = |id: &&ResourceTypeId| readable.iter().any(|one| one.id == **id);
    if let Some(unknown) = wanted.iter().find(|id| !is_known(id)) {
        return Err(TypesError::Unknown(unknown.clone()));
    }
    let mut people = readable.iter().filter(|one| one.people).peekable();
    let has_people = people.peek().is_none() || people.any(|one| wanted.contains(&one.id));
    (has_people && !wanted.is_empty())
        .then_some(())
        .ok_or(TypesError::NoPeople)
}

/// What is read, for the audit trail.
pub(super) fn in_words(types: &BTreeSet<ResourceTypeId>) -> String {
    if types.is_empty() {
        return "everything".to_owned();
    }
    let names: Vec<_> = types.iter().map(ResourceTypeId::as_str).collect();
    names.join(", ")
}

impl Readable {
    fn known((id, name, about): (&str, &str, &'static str)) -> Self {
        Self {
            id: id.into(),
            name: name.to_owned(),
            about,
            people: id == "user",
        }
    }

    fn unseen(id: &ResourceTypeId) -> Self {
        Self {
            id: id.clone(),
            name: id.to_string(),
            about: "",
            people: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(wanted: &[&str]) -> Result<(), TypesError> {
        let wanted = wanted.iter().map(|id| ResourceTypeId::from(*id)).collect();
        check(&CLOUDFLARE.map(Readable::known), &wanted)
    }

    #[test]
    fn users_are_always_needed_and_only_what_is_there_can_be_chosen() {
        assert_eq!(checked(&["user"]), Ok(()));
        assert_eq!(checked(&["role", "user", "user_group"]), Ok(()));
        assert_eq!(checked(&[]), Err(TypesError::NoPeople));
        assert_eq!(checked(&["role", "invitation"]), Err(TypesError::NoPeople));
        assert_eq!(
            checked(&["user", "zone"]),
            Err(TypesError::Unknown("zone".into()))
        );
    }

    #[test]
    fn where_nobody_is_known_to_be_people_something_is_needed() {
        let readable = [Readable::unseen(&"host".into())];
        assert_eq!(check(&readable, &["host".into()].into()), Ok(()));
        assert_eq!(check(&readable, &BTreeSet::new()), Err(TypesError::NoPeople));
    }
}
