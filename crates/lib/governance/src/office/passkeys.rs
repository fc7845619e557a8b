//! Passkeys: added, used, removed. Whether an authenticator's answer is right is checked by whoever knows how.

use super::{Office, OfficeError};
use crate::repository::{RepositoryError, Write, Written};
use crate::{
    Action, Actor, AuditAction, NameError, NewPasskey, Object, Operator, OperatorId, Passkey, PasskeyId,
    PasskeyUse, SecondFactor, SignIn,
};

/// The most characters of a passkey's name.
const LONGEST_NAME: usize = 60;
/// How many somebody may have.
const MOST: usize = 20;

impl Office {
    /// The passkeys of somebody, the oldest first. For checking, and for whoever they belong to.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn passkeys_of(&self, id: &OperatorId) -> Result<Vec<Passkey>, OfficeError> {
        Ok(self.store.passkeys(id).await?)
    }

    /// The passkey that an authenticator calls this, and whose it is. For checking.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn passkey(&self, credential: &[u8]) -> Result<Option<(Passkey, Operator)>, OfficeError> {
        let Some(passkey) = self.store.passkey(credential).await? else {
            return Ok(None);
        };
        let found = self.store.operator(&passkey.operator).await?;
        Ok(found.map(|found| (passkey, found.value)))
    }

    /// Adds a passkey of the actor's.
    ///
    /// # Errors
    /// When nobody is signed in, when it has no name, when there is one like it or are too many, when the challenge was
    /// used before, or when the store fails.
    pub async fn add_passkey(
        &self,
        actor: &Actor,
        new: NewPasskey,
        challenge: [u8; 32],
    ) -> Result<(), OfficeError> {
        self.add(actor, new, challenge, None).await
    }

    /// The same for whoever sets their second factor up with it, with what is kept of their recovery codes.
    ///
    /// # Errors
    /// As [`Office::add_passkey`].
    pub async fn set_up_with_passkey(
        &self,
        actor: &Actor,
        new: NewPasskey,
        challenge: [u8; 32],
        recovery: String,
    ) -> Result<(), OfficeError> {
        let before = self.own_sign_in(actor).await?;
        let second = before
            .second
            .clone()
            .map(|second| SecondFactor { recovery, ..second });
        let sign_in = SignIn { second, ..before };
        self.add(actor, new, challenge, Some(sign_in)).await
    }

    async fn add(
        &self,
        actor: &Actor,
        new: NewPasskey,
        challenge: [u8; 32],
        sign_in: Option<SignIn>,
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOneself)?;
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        if self.store.passkeys(operator).await?.len() >= MOST {
            return Err(OfficeError::Conflict(
                "you have twenty passkeys: remove one first",
            ));
        }
        let (now, bytes) = self.fresh();
        let name = crate::one_line(&new.name, LONGEST_NAME);
        let passkey = Passkey {
            id: PasskeyId::new(now, bytes),
            operator: operator.clone(),
            credential: new.credential,
            key: new.key,
            count: new.count,
            name: name.ok_or(NameError("a passkey's name has 1 to 60 characters in one line"))?,
            created_at: now,
            used_at: None,
        };
        let entry = self
            .draft(
                actor,
                AuditAction::PasskeyAdded,
                Object::new("user", operator, &actor.name),
            )
            .change("passkey", None, Some(passkey.name.clone()));
        let mut writes = vec![Write::UseChallenge(challenge, now), Write::AddPasskey(passkey)];
        writes.extend(sign_in.map(Write::PutSignIn));
        match self.commit(&writes, &[entry]).await {
            Ok(Written::Yes) => Ok(()),
            Ok(Written::Outdated) | Err(OfficeError::Store(RepositoryError::Taken { .. })) => Err(
                OfficeError::Conflict("this passkey was added before: make another one"),
            ),
            Err(error) => Err(error),
        }
    }

    /// Notes that a passkey was used; `false` when the same answer was before, or another one meanwhile.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn use_passkey(&self, used: PasskeyUse) -> Result<bool, OfficeError> {
        let writes = [
            Write::UseChallenge(used.challenge, used.at),
            Write::UsePasskey(used),
        ];
        Ok(self.commit(&writes, &[]).await? == Written::Yes)
    }

    /// Removes a passkey of the actor's, unless it is the last thing that they could show besides a password.
    ///
    /// # Errors
    /// When it is none of theirs, when it is the last second factor, or when the store fails.
    pub async fn remove_passkey(&self, actor: &Actor, id: &PasskeyId) -> Result<(), OfficeError> {
        const LAST: OfficeError = OfficeError::Conflict(
            "this is your last second factor: add another passkey before you remove it",
        );
        actor.may(Action::ManageOneself)?;
        let operator = actor.operator().ok_or(OfficeError::Unknown("user"))?;
        let own = self.store.passkeys(operator).await?;
        let passkey = own.into_iter().find(|one| one.id == *id);
        let passkey = passkey.ok_or(OfficeError::Unknown("passkey"))?;
        let entry = self
            .draft(
                actor,
                AuditAction::PasskeyRemoved,
                Object::new("user", operator, &actor.name),
            )
            .change("passkey", Some(passkey.name), None);
        let writes = [
            Write::RemovePasskey(id.clone()),
            // Two may be removed at once, each of which saw the other.
            Write::SecondFactorLeft(operator.clone()),
        ];
        match self.commit(&writes, &[entry]).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(LAST),
        }
    }
}
