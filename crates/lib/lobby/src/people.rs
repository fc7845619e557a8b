//! People who are added, and the keys of their programs.

use authn::TokenKind;
use governance::{Actor, ApiKey, NewApiKey, Operator, Roles};
use secrecy::{ExposeSecret as _, SecretString};

use crate::secrets::last_four;
use crate::{Lobby, LobbyError, new_token, welcome_link};

impl Lobby {
    /// Adds somebody, who is sent a link to choose a password.
    ///
    /// # Errors
    /// As [`governance::Office::add_operator`], when there is no role, and when the machine gives no randomness.
    pub async fn add_operator(
        &self,
        actor: &Actor,
        who: (&str, &str),
        roles: Roles,
    ) -> Result<Operator, LobbyError> {
        some_role(&roles)?;
        let (hash, link) = welcome_link(self.helpers.random.as_ref(), &self.address)?;
        let added = self
            .office
            .add_operator(actor, who, roles, (hash, link.expose_secret()));
        Ok(added.await?)
    }

    /// Changes what somebody is.
    ///
    /// # Errors
    /// As [`governance::Office::set_roles`], and when there is no role.
    pub async fn set_roles(
        &self,
        actor: &Actor,
        id: &governance::OperatorId,
        roles: &Roles,
    ) -> Result<(), LobbyError> {
        some_role(roles)?;
        Ok(self.office.set_roles(actor, id, roles).await?)
    }

    /// Gives the actor an API key; its text is in the answer and nowhere else.
    ///
    /// # Errors
    /// As [`governance::Office::add_api_key`], and when the machine gives no randomness.
    pub async fn add_api_key(
        &self,
        actor: &Actor,
        new: &NewApiKey<'_>,
    ) -> Result<(ApiKey, SecretString), LobbyError> {
        let (token, hash) = new_token(TokenKind::ApiKey, self.helpers.random.as_ref())?;
        let text = token.to_text();
        let added = self.office.add_api_key(actor, new, (hash, last_four(&text)));
        Ok((added.await?, text))
    }
}

fn some_role(roles: &Roles) -> Result<(), LobbyError> {
    let any = roles.iter().next();
    any.map(|_| ()).ok_or(LobbyError::Field {
        field: "roles",
        why: "choose at least one role; to let somebody do nothing, deactivate them",
    })
}
