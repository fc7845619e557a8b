//! Owners, and asking them for help.

use chrono::TimeDelta;

use super::{Office, OfficeError, ROUNDS};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AuditAction, AuditDraft, Connector, ConnectorId, Installation, Letter, LetterId,
    LetterState, LinkPurpose, Operator, OperatorId, WaitingFor,
};

use super::NewConnector;

/// How soon after a letter another one may be sent about the same thing.
const AGAIN: TimeDelta = TimeDelta::minutes(5);

impl Office {
    /// Settles who owns a new connector. When the actor does not, the first owner is asked for help.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one change, filled in turn"
    )]
    pub(super) async fn own(
        &self,
        actor: &Actor,
        new: &NewConnector,
        connector: &Connector,
        installation: &mut Installation,
        address: &str,
        writes: &mut Vec<Write>,
        audit: &mut Vec<AuditDraft>,
    ) -> Result<(), OfficeError> {
        installation.owners.clone_from(&new.owners);
        // A command on this machine adds one for whoever runs it.
        let Some(operator) = actor.operator() else {
            return Ok(());
        };
        let owners = self.able_owners(&new.owners).await?;
        if new.owners.contains(operator) {
            return Ok(());
        }
        for (place, owner) in owners.iter().enumerate() {
            writes.push(Write::AddLetter(self.asking(actor, connector, owner, address)));
            if place == 0 {
                let now = self.now();
                installation.waiting_for = Some(WaitingFor {
                    operator: owner.id.clone(),
                    since: now,
                    asked_at: now,
                });
            }
            audit.push(
                self.draft(actor, AuditAction::HelpAsked, connector.object())
                    .change("asked", None, Some(owner.email.to_string())),
            );
        }
        Ok(())
    }

    /// The owners, at least one of whom can come in.
    pub(super) async fn able_owners(&self, owners: &[OperatorId]) -> Result<Vec<Operator>, OfficeError> {
        let named = self.named(owners).await?;
        if named.len() < owners.len() {
            return Err(OfficeError::Unknown("user"));
        }
        let able = |one: &Operator| !matches!(one.status, crate::OperatorStatus::Deactivated { .. });
        named.iter().any(able).then_some(()).ok_or(OfficeError::NoOwner)?;
        Ok(named)
    }

    fn asking(&self, actor: &Actor, connector: &Connector, owner: &Operator, address: &str) -> Letter {
        let path = LinkPurpose::connector_path(&connector.id);
        let text = format!(
            "Hello {},\n\n{} is setting up the connector \"{}\" in Rollcall and needs your help to finish it: you were \
             named as its owner.\n\nSet up connector:\nhttps://{address}{path}\n\nThe page says what is needed and where \
             to find it. If you do not know what this is about, ask {} before you enter anything.\n",
            owner.name, actor.name, connector.name, actor.name,
        );
        self.letter(owner, format!("Your help is needed: {}", connector.name), text)
    }

    /// A letter to somebody.
    pub(super) fn letter(&self, to: &Operator, subject: String, text: String) -> Letter {
        let (now, bytes) = self.fresh();
        Letter {
            id: LetterId::new(now, bytes),
            to: to.email.clone(),
            subject,
            text,
            created_at: now,
            tries: 0,
            state: LetterState::Waiting {
                not_before: now,
                last: None,
            },
        }
    }

    /// Writes again to the colleague whose help is needed.
    ///
    /// # Errors
    /// When there is no such connector, when the actor may not, when nobody is waited for or was written to just now,
    /// or when the store fails.
    pub async fn ask_again(&self, actor: &Actor, id: &ConnectorId, address: &str) -> Result<(), OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.owned(actor, id).await?;
            actor.may(Action::ConfigureConnector(&owned.installation.value))?;
            let waiting = owned.installation.value.waiting_for.clone();
            let waiting = waiting.ok_or(OfficeError::Conflict("nobody's help is waited for"))?;
            if self.now() - waiting.asked_at < AGAIN {
                return Err(OfficeError::Conflict(
                    "they were written to a moment ago: give them time",
                ));
            }
            let found = self.store.operator(&waiting.operator).await?;
            let asked = found.ok_or(OfficeError::Unknown("user"))?.value;
            let connector = &owned.connector.value;
            let letter = self.asking(actor, connector, &asked, address);
            let entry = self
                .draft(actor, AuditAction::HelpAsked, connector.object())
                .change("asked", None, Some(asked.email.to_string()));
            let changed = Installation {
                waiting_for: Some(WaitingFor {
                    asked_at: self.now(),
                    ..waiting
                }),
                ..owned.installation.value.clone()
            };
            let writes = [
                Write::ReplaceInstallation(owned.installation.with(changed)),
                Write::AddLetter(letter),
            ];
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(());
            }
        }
        Err(OfficeError::Contended)
    }
}
