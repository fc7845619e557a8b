//! A large company, made up, as a file.

use std::path::Path;
use std::sync::Arc;

use c1z::{Draft, DraftOptions, SyncKind};
use chrono::{DateTime, Utc};
use model::{
    Annotation, Entitlement, EntitlementId, Grant, Lifecycle, Purpose, Resource, ResourceId, ResourceType,
    Status, SyncId, Trait, UserTrait,
};

/// How large it is. Grants are spread evenly, so `members * grants_each / roles` people have each role.
#[derive(Clone, Copy, Debug)]
pub struct Company {
    /// Its people.
    pub members: u32,
    /// What there is to have.
    pub roles: u32,
    /// How much of that each of its people has; a divisor of `roles`, or there are more.
    pub grants_each: u32,
}

impl Company {
    /// Writes it into a new file, as a sync that was finished at `now`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: &Path, now: DateTime<Utc>) -> Result<SyncId, c1z::Error> {
        let sync = c1z::new_sync_id(now, [3; 16]);
        let roles: Vec<_> = (0..self.roles).map(role).map(Arc::new).collect();
        let mut draft = Draft::open(path, DraftOptions::default())?;
        draft.start(sync.clone(), &SyncKind::Full, now)?;
        let mut batch = draft.batch(now)?;
        batch.put_resource_types(&[kind("user", Trait::User), kind("role", Trait::Role)])?;
        batch.put_resources(&(0..self.members).map(member).collect::<Vec<_>>())?;
        batch.put_resources(&roles.iter().map(|role| Resource::clone(role)).collect::<Vec<_>>())?;
        batch.put_entitlements(&roles.iter().map(right).collect::<Vec<_>>())?;
        batch.commit()?;
        let step = (self.roles / self.grants_each).max(1);
        for member in 0..self.members {
            let mut batch = draft.batch(now)?;
            let held = (0..)
                .zip(&roles)
                .filter(|(number, _)| number % step == member % step);
            let grants = held.map(|(_, role)| Grant::new(Arc::clone(role), "member", member_id(member)));
            batch.put_grants(&grants.collect::<Vec<_>>())?;
            batch.commit()?;
        }
        draft.finish("{}", now)?;
        draft.save()?;
        Ok(sync)
    }

    /// One of its people.
    pub fn somebody(&self) -> ResourceId {
        member_id(self.members / 2)
    }

    /// What many of them have.
    pub fn something(&self) -> EntitlementId {
        EntitlementId::on(&role(0).id, "member")
    }
}

fn kind(id: &str, part: Trait) -> ResourceType {
    ResourceType {
        id: id.into(),
        display_name: id.to_owned(),
        traits: vec![part],
        annotations: Vec::new(),
        description: String::new(),
    }
}

fn member_id(number: u32) -> ResourceId {
    ResourceId::new("user", format!("u{number:05}"))
}

/// As large as those of Cloudflare.
fn member(number: u32) -> Resource {
    let email = format!("member{number:05}@example.com");
    let account = UserTrait {
        emails: vec![email.clone()],
        login: email.clone(),
        has_second_factor: Some(!number.is_multiple_of(10)),
        ..UserTrait::default()
    };
    let profile = ["email", "first_name", "last_name", "login", "member_id", "status"];
    let profile = profile.map(|key| (key.to_owned(), format!("{key} of {email}").into()));
    let mut member = Resource::new(member_id(number), format!("Member {number:05}"))
        .with_annotation(Annotation::User(account))
        .with_profile(profile.into());
    member.status = Some(Status {
        lifecycle: Lifecycle::Enabled,
        details: "Accepted".to_owned(),
    });
    member
}

fn role(number: u32) -> Resource {
    Resource::new(
        ResourceId::new("role", format!("r{number:03}")),
        format!("Role {number:03}"),
    )
    .with_annotation(Annotation::Role)
}

fn right(role: &Arc<Resource>) -> Entitlement {
    Entitlement {
        id: EntitlementId::on(&role.id, "member"),
        resource: Arc::clone(role),
        display_name: format!("{} Member Role", role.display_name),
        description: String::new(),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: "member".to_owned(),
    }
}
