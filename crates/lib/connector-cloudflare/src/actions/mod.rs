//! Actions: what can be done beyond granting, inviting and removing.

mod arguments;
mod results;
mod schemas;
mod trial;

use std::sync::Arc;

use async_trait::async_trait;
use cloudflare::TokenId;
use cloudflare::types::TokenStatus;
use connector::{Actions, ConnectorError, ErrorKind, Mode, Provisioner, RotateRequest};
use model::{Profile, ResourceId};
use sealing::Recipient;

use crate::provision::{Provisioning, Wanted};
use crate::syncer::CloudflareConnector;
use crate::types::API_TOKEN;
pub use schemas::all as schemas;

#[async_trait]
impl Actions for CloudflareConnector {
    async fn invoke(&self, name: &str, arguments: &Profile) -> Result<Profile, ConnectorError> {
        match name {
            schemas::REINVITE => self.reinvite(arguments).await,
            schemas::DISABLE_TOKEN => self.switch_token(arguments, TokenStatus::Disabled).await,
            schemas::ENABLE_TOKEN => self.switch_token(arguments, TokenStatus::Active).await,
            schemas::ROLL_TOKEN => self.roll_token(arguments).await,
            schemas::DRY_RUN_GRANT => self.try_grant(arguments).await,
            schemas::DRY_RUN_REVOKE => self.try_revoke(arguments).await,
            unknown => Err(ConnectorError::new(
                ErrorKind::NotFound,
                format!("handler for action {unknown} not found"),
            )
            .with_code("no-such-action")),
        }
    }
}

impl CloudflareConnector {
    async fn reinvite(&self, arguments: &Profile) -> Result<Profile, ConnectorError> {
        let email = arguments::text(arguments, schemas::EMAIL)?.to_owned();
        let mode = arguments::mode(arguments)?;
        let work = move |desk: Arc<Provisioning>| async move { desk.invite_again(&email, mode).await };
        let account = self.change(work).await?;
        Ok(results::account(&account))
    }

    async fn switch_token(
        &self,
        arguments: &Profile,
        status: TokenStatus,
    ) -> Result<Profile, ConnectorError> {
        let token = TokenId::new(arguments::text(arguments, schemas::TOKEN)?);
        let mode = arguments::mode(arguments)?;
        let wanted = Wanted::Status(status);
        let work = move |desk: Arc<Provisioning>| async move { desk.token(&token, &wanted, mode).await };
        let changed = self.change(work).await?;
        Ok(results::changed(&changed))
    }

    async fn roll_token(&self, arguments: &Profile) -> Result<Profile, ConnectorError> {
        let token = arguments::text(arguments, schemas::TOKEN)?;
        let recipients = arguments::texts(arguments, schemas::RECIPIENTS)?;
        let parsed = recipients.iter().map(|text| Recipient::parse(text));
        let request = RotateRequest {
            resource: ResourceId::new(API_TOKEN, token),
            recipients: parsed
                .collect::<Result<_, _>>()
                .map_err(arguments::no_recipient)?,
            mode: Mode::Make,
        };
        Ok(results::rotated(&self.rotate(&request).await?))
    }
}
