//! What a resource's traits say: its part, and what is only known of accounts and credentials.

use governance::access::ResourceKind;
use prost::{Message, Name};
use prost_types::{Any, Struct};
use proto::connector_v2 as wire;
use proto::is_type;

/// The traits of a resource, as far as they are told.
#[derive(Debug, Default)]
pub(super) struct Traits {
    pub(super) kind: Option<ResourceKind>,
    pub(super) user: Option<wire::UserTrait>,
    pub(super) secret: Option<wire::SecretTrait>,
    /// The free attributes, where older writers have them.
    pub(super) profile: Option<Struct>,
}

impl Traits {
    pub(super) fn of(resource: &wire::Resource) -> Self {
        let mut traits = Self::default();
        resource.annotations.iter().for_each(|any| traits.add(any));
        traits
    }

    fn add(&mut self, any: &Any) {
        if let Some(user) = unpack::<wire::UserTrait>(any) {
            self.add_kind(ResourceKind::User, user.profile.clone());
            self.user = Some(user);
        } else if let Some(secret) = unpack::<wire::SecretTrait>(any) {
            self.add_kind(ResourceKind::Secret, secret.profile.clone());
            self.secret = Some(secret);
        } else if let Some(group) = unpack::<wire::GroupTrait>(any) {
            self.add_kind(ResourceKind::Group, group.profile);
        } else if let Some(role) = unpack::<wire::RoleTrait>(any) {
            self.add_kind(ResourceKind::Role, role.profile);
        } else if let Some(app) = unpack::<wire::AppTrait>(any) {
            self.add_kind(ResourceKind::App, app.profile);
        }
    }

    /// Whoever plays several parts is an account before it is anything else.
    fn add_kind(&mut self, kind: ResourceKind, profile: Option<Struct>) {
        self.kind = Some(self.kind.map_or(kind, |known| known.min(kind)));
        self.profile = self.profile.take().or(profile);
    }
}

/// The message, if the annotation is one and can be read.
fn unpack<M: Message + Name + Default>(any: &Any) -> Option<M> {
    is_type::<M>(any)
        .then(|| M::decode(any.value.as_slice()).ok())
        .flatten()
}
