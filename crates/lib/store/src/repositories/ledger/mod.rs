//! Changes that people make, each with its entries in the audit trail.

mod audit;
mod directory;
mod keys;
mod passkeys;
mod people;
mod places;
mod removal;
mod sign_on;

use async_trait::async_trait;
use governance::repository::{AuditFilter, Ledger, RepositoryError, Stored, Write, Written};
use governance::{AuditDraft, AuditEntry};
use sea_orm::{ConnectionTrait, DbErr, TransactionTrait as _};

use super::{access, connectors, credentials, leases, tasks, uploads};
use crate::Database;
use crate::errors::{failed, is_taken};

#[async_trait]
impl Ledger for Database {
    async fn commit(&self, writes: &[Write], audit: &[AuditDraft]) -> Stored<Written> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        // The head of the trail is everybody's turn: changes of people come one after the other, on any number of
        // services, so what a write looks at first (is anybody there?) still holds when it is written.
        audit::append(&transaction, audit).await?;
        for write in writes {
            if apply(&transaction, write).await? == Written::Outdated {
                return Ok(Written::Outdated);
            }
        }
        transaction.commit().await.map_err(failed)?;
        Ok(Written::Yes)
    }

    async fn audit_after(&self, number: i64, at_most: u64) -> Stored<Vec<AuditEntry>> {
        audit::after(&self.connection, number, at_most).await
    }

    async fn audit_newest(
        &self,
        filter: &AuditFilter,
        past: u64,
        at_most: u64,
    ) -> Stored<(Vec<AuditEntry>, u64)> {
        audit::newest(&self.connection, filter, past, at_most).await
    }
}

async fn apply(on: &impl ConnectionTrait, write: &Write) -> Stored<Written> {
    let written = match write {
        Write::AddOperator(operator) => people::add(on, operator).await,
        Write::ReplaceOperator(changed) => people::replace(on, changed).await,
        Write::PutSignIn(sign_in) => people::put_sign_in(on, sign_in).await,
        Write::AddIdentity(identity) => sign_on::add_identity(on, identity).await,
        Write::RemoveIdentity(identity) => sign_on::remove_identity(on, identity).await,
        Write::AddPasskey(passkey) => passkeys::add(on, passkey).await,
        Write::UsePasskey(used) => passkeys::note_use(on, used).await,
        Write::RemovePasskey(id) => passkeys::remove(on, id).await,
        Write::SecondFactorLeft(operator) => passkeys::second_factor_left(on, operator).await,
        Write::UseChallenge(challenge, at) => passkeys::use_challenge(on, challenge, *at).await,
        Write::SaveSingleSignOn(saved) => sign_on::save(on, saved).await,
        Write::RemoveSingleSignOn(revision) => sign_on::remove(on, *revision).await,
        Write::AddSession(session) => people::add_session(on, session).await,
        Write::EndSession(id, at) => people::end_session(on, id, *at).await,
        Write::EndSessionsOf { operator, except, at } => {
            people::end_sessions_of(on, operator, except.as_ref(), *at).await
        }
        Write::AddApiKey(key) => keys::add(on, key).await,
        Write::RevokeApiKey(id, at) => keys::revoke(on, id, *at).await,
        Write::RevokeApiKeysOf(operator, at) => keys::revoke_all_of(on, operator, *at).await,
        Write::SaveProvisioning(changed) => directory::save(on, changed).await,
        Write::AddGroup(group) => directory::add(on, group).await,
        Write::ReplaceGroup(changed) => directory::replace(on, changed).await,
        Write::RemoveGroup(id) => directory::remove(on, id).await,
        Write::AddLink(link) => people::add_link(on, link).await,
        Write::UseLink(id, at) => people::use_link(on, id, *at).await,
        Write::EndWelcomesOf(operator, at) => people::end_welcomes_of(on, operator, *at).await,
        Write::EndFirstStarts(at) => people::end_first_starts(on, *at).await,
        Write::OnlyAsFirst => people::only_as_first(on).await,
        Write::SuperAdministratorLeft => people::super_administrator_left(on).await,
        Write::AddApp(app) => places::add_app(on, app).await,
        Write::ReplaceApp(changed) => places::replace_app(on, changed).await,
        Write::AddConnector(connector, installation) => places::add(on, connector, installation).await,
        Write::ReplaceConnector(changed) => connectors::replace(on, changed).await,
        Write::ReplaceInstallation(changed) => places::replace_installation(on, changed).await,
        Write::RemoveConnector(id) => removal::remove(on, id).await,
        Write::SaveSettings(settings) => places::save_settings(on, settings).await,
        Write::AddCredential(credential) => credentials::add(on, credential).await,
        Write::HoldsLease(connector, service, now) => leases::holds(on, connector, service, *now).await,
        Write::RevokeCredential(id, at) => credentials::revoke(on, id, *at).await,
        Write::AddTask(task) => tasks::add(on, task).await.map(|()| Written::Yes),
        Write::ReplaceTask(changed) => return tasks::replace_or_outdated(on, changed).await,
        Write::MakeCurrent(id, at) => access::make_current(on, *id, *at).await,
        Write::RetireCandidate(id, at) => access::retire_candidate(on, *id, *at).await,
        Write::PutChanges(run, items) => access::put_changes(on, run, items).await,
        Write::SetVerdict(upload, verdict) => access::set_verdict(on, upload, *verdict).await,
        Write::KeepUpload(id, at) => uploads::keep(on, id, *at).await,
        Write::AddLetter(letter) => people::add_letter(on, letter).await,
    };
    written.map_err(|error| taken(error, write))
}

/// What the database says, in the words of what was to be written.
fn taken(error: DbErr, write: &Write) -> RepositoryError {
    if !is_taken(&error) {
        return failed(error);
    }
    let what = match write {
        Write::AddOperator(operator) => format!("a user with the address {}", operator.email),
        Write::ReplaceOperator(changed) => format!("a user with the address {}", changed.value.email),
        Write::AddIdentity(_) => "somebody who is known by that".to_owned(),
        Write::AddPasskey(_) => "a passkey of that credential".to_owned(),
        Write::AddGroup(group) => format!("a group called `{}`", group.says.name),
        Write::ReplaceGroup(changed) => format!("a group called `{}`", changed.value.says.name),
        Write::AddApp(app) => format!("an app called `{}`", app.name),
        Write::ReplaceApp(changed) => format!("an app called `{}`", changed.value.name),
        Write::AddConnector(connector, _) => format!("a connector called `{}`", connector.name),
        Write::ReplaceConnector(changed) => format!("a connector called `{}`", changed.value.name),
        Write::AddCredential(credential) => format!("a client id `{}`", credential.client_id),
        _ => return failed(error),
    };
    RepositoryError::Taken { what }
}
