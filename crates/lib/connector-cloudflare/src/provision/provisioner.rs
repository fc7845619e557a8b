//! The operations that the protocol knows.

use async_trait::async_trait;
use cloudflare::{MemberId, TokenId};
use connector::{
    AccessRequest, Account, AccountRequest, Changed, ConnectorError, DeleteRequest, Mode, Provisioner,
    RotateRequest, Rotated,
};
use model::ResourceId;

use super::holdings::Wish;
use super::member::Task;
use super::people::Place;
use super::thing::Thing;
use super::token::Wanted;
use super::who::Who;
use super::{Provisioning, refusal};
use crate::syncer::CloudflareConnector;
use crate::types::{API_TOKEN, INVITATION, USER};

#[async_trait]
impl Provisioner for CloudflareConnector {
    async fn grant(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let request = request.clone();
        self.change(|desk| async move { desk.grant(&request).await })
            .await
    }

    async fn revoke(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let request = request.clone();
        self.change(|desk| async move { desk.revoke(&request).await })
            .await
    }

    async fn create_account(&self, request: &AccountRequest) -> Result<Account, ConnectorError> {
        let request = request.clone();
        self.change(|desk| async move { desk.invite(&request).await })
            .await
    }

    async fn delete(&self, request: &DeleteRequest) -> Result<Changed, ConnectorError> {
        let request = request.clone();
        self.change(|desk| async move { desk.delete(&request).await })
            .await
    }

    async fn rotate(&self, request: &RotateRequest) -> Result<Rotated, ConnectorError> {
        if request.resource.resource_type.as_str() != API_TOKEN {
            return Err(refusal::not_rotated(&request.resource));
        }
        let request = request.clone();
        self.change(|desk| async move { desk.roll(&request).await }).await
    }
}

impl Provisioning {
    pub(crate) async fn grant(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let (thing, who) = (Thing::of(&request.entitlement)?, Who::of(&request.principal)?);
        let title = format!("Grant {} to {}", thing.title(), who.name());
        match thing {
            Thing::Group(group) => self.join(who, &group, request.mode).await,
            Thing::Held(held) => self.make_so(who, Wish::Give(&held), request.mode, title).await,
        }
    }

    pub(crate) async fn revoke(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let (thing, who) = (Thing::of(&request.entitlement)?, Who::of(&request.principal)?);
        let title = format!("Revoke {} from {}", thing.title(), who.name());
        match thing {
            Thing::Group(group) => self.leave(who, &group, request.mode).await,
            Thing::Held(held) => self.make_so(who, Wish::Take(&held), request.mode, title).await,
        }
    }

    async fn make_so(
        &self,
        who: Who,
        wish: Wish<'_>,
        mode: Mode,
        title: String,
    ) -> Result<Changed, ConnectorError> {
        let task = Task { wish, mode, title };
        self.change(Place::Person(who), &task).await
    }

    pub(crate) async fn delete(&self, request: &DeleteRequest) -> Result<Changed, ConnectorError> {
        let ResourceId {
            resource_type,
            object,
        } = &request.resource;
        let object = object.as_str();
        match resource_type.as_str() {
            USER => self.remove(object, request.mode).await,
            INVITATION => {
                let title = format!("Cancel the invitation {object}");
                self.cancel(MemberId::new(object), &title, request.mode).await
            }
            API_TOKEN => {
                self.token(&TokenId::new(object), &Wanted::Gone, request.mode)
                    .await
            }
            kind => Err(refusal::not_deleted(kind)),
        }
    }

    async fn remove(&self, user: &str, mode: Mode) -> Result<Changed, ConnectorError> {
        let title = format!("Remove the member {user}");
        self.make_so(Who::user(user), Wish::Leave, mode, title).await
    }
}
