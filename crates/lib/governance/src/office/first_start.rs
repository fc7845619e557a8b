//! The first start: one link, and whoever has it becomes the first Super Administrator.

use super::{Office, OfficeError};
use crate::repository::{RepositoryError, Write, Written};
use crate::{Actor, AuditAction, LinkPurpose, Object, Operator, OperatorStatus, Role, SignIn, TokenHash};

impl Office {
    /// Whether nobody has set the console up yet.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_new(&self) -> Result<bool, OfficeError> {
        Ok(!self.store.is_anybody().await?)
    }

    /// Keeps the hash of a link to the first start; the ones before it end. Nothing when there is somebody already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn offer_first_start(&self, token: TokenHash) -> Result<bool, OfficeError> {
        let link = self.new_link(token, LinkPurpose::FirstStart);
        let writes = [
            Write::OnlyAsFirst,
            Write::EndFirstStarts(self.now()),
            Write::AddLink(link),
        ];
        Ok(self.commit(&writes, &[]).await? == Written::Yes)
    }

    /// Makes somebody up for a demo on an empty database, who comes in by a link with this hash.
    ///
    /// # Errors
    /// When there is somebody already, when a text is no name or no address, or when the store fails.
    pub async fn set_up_demo(
        &self,
        token: TokenHash,
        name: &str,
        email: &str,
    ) -> Result<Operator, OfficeError> {
        let roles = [Role::SuperAdministrator].into_iter().collect();
        let operator = self.new_operator(name, email, roles, OperatorStatus::Active)?;
        let link = self.new_link(token, LinkPurpose::Demo(operator.id.clone()));
        let console = Object::new("console", "rollcall", "Rollcall");
        let entry = self.draft(&Actor::command("demo"), AuditAction::SetUp, console);
        let writes = [
            Write::OnlyAsFirst,
            Write::AddOperator(operator.clone()),
            Write::PutSignIn(SignIn::none(operator.id.clone())),
            Write::AddLink(link),
        ];
        self.commit_new(&writes, &[entry]).await?;
        Ok(operator)
    }

    /// Makes whoever has the link the first Super Administrator, with this password's hash.
    ///
    /// # Errors
    /// When the link is none or not good any more, when there is somebody already, when a text is no name or no
    /// address, or when the store fails.
    pub async fn set_up(
        &self,
        stranger: &Actor,
        token: &TokenHash,
        (name, email): (&str, &str),
        password: String,
    ) -> Result<Operator, OfficeError> {
        const OVER: OfficeError = OfficeError::Conflict(
            "this link is not good any more: the service prints a new one when it is started and nobody is there yet",
        );
        let link = self.good_link(token).await?.ok_or(OVER)?;
        if link.purpose != LinkPurpose::FirstStart {
            return Err(OVER);
        }
        let roles = [Role::SuperAdministrator].into_iter().collect();
        let operator = self.new_operator(name, email, roles, OperatorStatus::Active)?;
        let sign_in = SignIn {
            password: Some(password),
            ..SignIn::none(operator.id.clone())
        };
        let mut entry = self.draft(
            stranger,
            AuditAction::SetUp,
            Object::new("console", "rollcall", "Rollcall"),
        );
        entry.actor.clone_from(&operator.name);
        entry.actor_id = Some(operator.id.to_string());
        let entry = entry.change("first user", None, Some(operator.email.to_string()));
        let writes = [
            Write::OnlyAsFirst,
            Write::UseLink(link.id, self.now()),
            Write::AddOperator(operator.clone()),
            Write::PutSignIn(sign_in),
        ];
        match self.commit(&writes, &[entry]).await {
            Ok(Written::Yes) => Ok(operator),
            Ok(Written::Outdated) | Err(OfficeError::Store(RepositoryError::Taken { .. })) => Err(OVER),
            Err(error) => Err(error),
        }
    }
}
