//! People: members who have accepted and have a Cloudflare login.

use cloudflare::UserId;
use cloudflare::types::{Member, MemberStatus, User};
use model::{Annotation, Lifecycle, Profile, Resource, ResourceId, Status, UserTrait};

use crate::types::USER;

/// The person as a resource.
pub(crate) fn resource(member: &Member, id: &UserId) -> Resource {
    let id = ResourceId::new(USER, id.as_str());
    let mut resource = Resource::new(id, display_name(member)).with_profile(profile(member));
    resource.status = Some(Status {
        lifecycle: match member.status {
            MemberStatus::Accepted => Lifecycle::Enabled,
            _ => Lifecycle::Disabled,
        },
        details: capitalized(member.status.as_str()),
    });
    let has_second_factor = member.user.two_factor_authentication_enabled;
    resource.with_annotation(Annotation::User(account(&member.email, has_second_factor)))
}

/// The trait of an account, as the Go connector fills it: in use, whatever the resource's own status says.
pub(crate) fn account(email: &str, has_second_factor: Option<bool>) -> UserTrait {
    UserTrait {
        emails: (!email.is_empty())
            .then(|| email.to_owned())
            .into_iter()
            .collect(),
        login: email.to_owned(),
        status: Some(Status {
            lifecycle: Lifecycle::Enabled,
            details: String::new(),
        }),
        has_second_factor,
        ..UserTrait::default()
    }
}

/// With a capital, as the Go connector writes a membership's status.
pub(crate) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// First and last name; the address for people who never filled them in.
fn display_name(member: &Member) -> String {
    let User {
        first_name,
        last_name,
        ..
    } = &member.user;
    let names = [first_name, last_name].into_iter().flatten();
    let full: Vec<&str> = names
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    if full.is_empty() {
        member.email.clone()
    } else {
        full.join(" ")
    }
}

fn profile(member: &Member) -> Profile {
    let user = &member.user;
    let mut profile = Profile::from([
        ("email".to_owned(), member.email.as_str().into()),
        ("first_name".to_owned(), text(user.first_name.as_deref()).into()),
        ("last_name".to_owned(), text(user.last_name.as_deref()).into()),
        ("login".to_owned(), member.email.as_str().into()),
        ("member_id".to_owned(), member.id.as_str().into()),
        ("status".to_owned(), capitalized(member.status.as_str()).into()),
    ]);
    if let Some(enabled) = user.two_factor_authentication_enabled {
        profile.insert("two_factor_authentication_enabled".to_owned(), enabled.into());
    }
    profile
}

fn text(value: Option<&str>) -> &str {
    value.unwrap_or_default()
}
