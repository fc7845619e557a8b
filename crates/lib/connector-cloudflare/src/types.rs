//! The resource types. Ids, names and annotations of the first four are those of the Go connector.

use std::sync::{Arc, LazyLock};

use model::{Annotation, ResourceType, Trait};

/// People with a Cloudflare login.
pub const USER: &str = "user";
/// Members who have not accepted yet.
pub const INVITATION: &str = "invitation";
/// Account-wide roles of the older kind.
pub const ROLE: &str = "role";
/// Tokens that the account owns.
pub const API_TOKEN: &str = "api_token";
/// Groups of members that carry policies.
pub const USER_GROUP: &str = "user_group";
/// Resource groups: the places where policies hold.
pub const RESOURCE_GROUP: &str = "resource_group";

/// The entitlement of roles and user groups.
pub const MEMBER: &str = "member";

static USER_TYPE: LazyLock<Arc<ResourceType>> = LazyLock::new(|| Arc::new(user()));
static USER_GROUP_TYPE: LazyLock<Arc<ResourceType>> = LazyLock::new(|| Arc::new(user_group()));

/// The type of those who can hold roles.
pub(crate) fn user_type() -> Arc<ResourceType> {
    Arc::clone(&USER_TYPE)
}

/// The other type of those who can hold permissions.
pub(crate) fn user_group_type() -> Arc<ResourceType> {
    Arc::clone(&USER_GROUP_TYPE)
}

/// All types, the Go connector's first; for what is known before an account is, such as capabilities.
pub fn all() -> Vec<Arc<ResourceType>> {
    vec![
        user_type(),
        Arc::new(invitation()),
        Arc::new(role()),
        Arc::new(api_token()),
        user_group_type(),
        Arc::new(resource_group()),
    ]
}

fn user() -> ResourceType {
    let annotations = vec![
        Annotation::V1Identifier(USER.to_owned()),
        member_permissions(),
        Annotation::SkipEntitlementsAndGrants,
    ];
    declare(USER, "User", Some(Trait::User), annotations)
}

fn invitation() -> ResourceType {
    let annotations = vec![
        Annotation::V1Identifier(INVITATION.to_owned()),
        Annotation::SkipEntitlementsAndGrants,
        Annotation::SkipSyncAnomalyDetection,
    ];
    declare(INVITATION, "Invitation", Some(Trait::User), annotations)
}

fn role() -> ResourceType {
    let annotations = vec![Annotation::V1Identifier(ROLE.to_owned()), member_permissions()];
    declare(ROLE, "Role", Some(Trait::Role), annotations)
}

fn api_token() -> ResourceType {
    let annotations = vec![
        Annotation::CapabilityPermissions(vec!["Account API Tokens:Read".to_owned()]),
        Annotation::SkipEntitlementsAndGrants,
    ];
    declare(API_TOKEN, "API Token", Some(Trait::Secret), annotations)
}

fn user_group() -> ResourceType {
    declare(
        USER_GROUP,
        "User Group",
        Some(Trait::Group),
        vec![read_permission()],
    )
}

fn resource_group() -> ResourceType {
    declare(RESOURCE_GROUP, "Scope", None, vec![read_permission()])
}

fn declare(id: &str, display_name: &str, part: Option<Trait>, annotations: Vec<Annotation>) -> ResourceType {
    ResourceType {
        id: id.into(),
        display_name: display_name.to_owned(),
        traits: part.into_iter().collect(),
        annotations,
        description: String::new(),
    }
}

/// The list of the Go connector, spelt as it spells it.
fn member_permissions() -> Annotation {
    Annotation::CapabilityPermissions(vec![
        "Access: Organizations, Identity Providers and Groups:Read".to_owned(),
        "Account Settings: Read".to_owned(),
        "Account Settings: Edit".to_owned(),
    ])
}

fn read_permission() -> Annotation {
    Annotation::CapabilityPermissions(vec!["Account Settings: Read".to_owned()])
}
