//! A small company's account, as records and as a file, for tests.

pub(crate) mod file;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::{
    Annotation, Entitlement, EntitlementId, Grant, GrantSource, Lifecycle, Profile, ProfileValue, Purpose,
    Resource, ResourceId, ResourceType, SecretTrait, Status, Trait, UserTrait,
};

use crate::account::{Account, AccountBuilder};

/// When the account was read.
pub(crate) fn moment() -> DateTime<Utc> {
    at("2026-11-23T12:00:00Z")
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Everything that a sync of the account yields.
#[derive(Debug)]
pub(crate) struct Records {
    pub(crate) types: Vec<ResourceType>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) entitlements: Vec<Entitlement>,
    pub(crate) grants: Vec<Grant>,
}

impl Records {
    /// Seven people, two invitations, three tokens, one group, one scope.
    pub(crate) fn company() -> Self {
        let mut records = Self {
            types: types(),
            resources: Vec::new(),
            entitlements: Vec::new(),
            grants: Vec::new(),
        };
        records.people();
        records.waiting();
        records.tokens();
        records.access();
        records
    }

    /// With what the role DNS gives, given on the whole account to the group, and so to yuki and carol.
    pub(crate) fn with_dns_through_platform(mut self) -> Self {
        let whole = Resource::new(ResourceId::new("resource_group", "s-all"), "Whole account")
            .with_profile(Profile::from([("scope_kind".to_owned(), "account".into())]));
        self.resources.push(whole.clone());
        let whole = Arc::new(whole);
        let dns = self.permission(&whole, "pg-all-dns", "DNS on Whole account");
        let platform = Resource::new(ResourceId::new("user_group", "g-platform"), "Platform");
        self.grants
            .push(Grant::of(dns.clone(), Arc::clone(&whole), platform.id.clone()));
        for name in ["yuki", "carol"] {
            self.grants.push(through(&platform, &dns, &whole, name, false));
        }
        self
    }

    /// The same as the whole that findings look at.
    pub(crate) fn account(&self) -> Account {
        let mut builder = AccountBuilder::default();
        self.resources
            .iter()
            .for_each(|resource| builder.resource(resource));
        self.entitlements
            .iter()
            .for_each(|entitlement| builder.entitlement(entitlement));
        self.grants.iter().for_each(|grant| builder.grant(grant));
        builder.finish()
    }

    fn people(&mut self) {
        self.resources.extend([
            user("ada", "Ada Lovelace", "ada@example.com", Some(true)),
            user("bob", "Bob Byte", "bob@example.com", Some(false)),
            user("carol", "Carol Sørensen", "carol@example.com", Some(true)),
            user("dan", "Dan \u{1b}[31mDoe", "dan@agency.example.net", Some(false)),
            user("erin", "Erin Oduya", "erin@example.com", Some(false)),
            user("yuki", "山田 太郎", "yuki@example.com", None),
        ]);
        let mut left = user("zoe", "Zoë Gone", "zoe@example.com", Some(true));
        left.status = Some(status(Lifecycle::Disabled, "Rejected"));
        self.resources.push(left);
    }

    fn waiting(&mut self) {
        self.resources.extend([
            invitation("inv1", "frank@example.com", "Administrator"),
            invitation("inv2", "gina@example.com", "Analytics"),
        ]);
    }

    fn tokens(&mut self) {
        self.resources.extend([
            token(
                "tok1",
                "ci-deploy",
                "active",
                "ada@example.com",
                "allow Workers Scripts Write on the whole account",
            ),
            token(
                "tok2",
                "old-import",
                "disabled",
                "ada@example.com",
                "allow Zone Read on all zones of the account",
            ),
            token(
                "tok3",
                "terraform",
                "active",
                "hugo@example.com",
                "allow Account API Tokens Write, DNS Write on the whole account",
            ),
        ]);
    }

    fn access(&mut self) {
        let administrator = self.role("r-super", "Super Administrator - All Privileges");
        let dns = self.role("r-dns", "DNS");
        let platform = self.group("g-platform", "Platform");
        let production = self.scope("s-prod", "Production zones");
        let domain_dns = self.permission(&production, "pg-dns", "Domain DNS on Production zones");
        let denied = self.permission(
            &production,
            "deny-pg-waf",
            "Denied: Domain WAF on Production zones",
        );
        for name in ["ada", "bob"] {
            self.grants
                .push(Grant::new(Arc::clone(&administrator), "member", person(name)));
        }
        self.grants.push(Grant::new(dns, "member", person("carol")));
        for name in ["carol", "yuki"] {
            self.grants
                .push(Grant::new(Arc::clone(&platform), "member", person(name)));
        }
        self.grants.push(Grant::of(
            domain_dns.clone(),
            Arc::clone(&production),
            platform.id.clone(),
        ));
        self.grants
            .push(through(&platform, &domain_dns, &production, "yuki", false));
        self.grants
            .push(through(&platform, &domain_dns, &production, "carol", true));
        self.grants
            .push(Grant::of(denied, Arc::clone(&production), person("dan")));
        let zone = self.scope("s-shop", "shop.example.com");
        let everything = self.permission(
            &zone,
            "pg-domain-admin",
            "Domain Administrator on shop.example.com",
        );
        self.grants.push(Grant::of(everything, zone, person("dan")));
    }

    fn role(&mut self, id: &str, name: &str) -> Arc<Resource> {
        let resource = Resource::new(ResourceId::new("role", id), name).with_annotation(Annotation::Role);
        self.membership(resource, &format!("{name} Member Role"))
    }

    fn group(&mut self, id: &str, name: &str) -> Arc<Resource> {
        let resource =
            Resource::new(ResourceId::new("user_group", id), name).with_annotation(Annotation::Group);
        self.membership(resource, &format!("{name} Group Member"))
    }

    fn scope(&mut self, id: &str, name: &str) -> Arc<Resource> {
        let resource = Resource::new(ResourceId::new("resource_group", id), name);
        self.resources.push(resource.clone());
        Arc::new(resource)
    }

    fn membership(&mut self, resource: Resource, name: &str) -> Arc<Resource> {
        self.resources.push(resource.clone());
        let resource = Arc::new(resource);
        self.entitlements
            .push(entitlement(&resource, "member", name, Purpose::Assignment));
        resource
    }

    fn permission(&mut self, on: &Arc<Resource>, slug: &str, name: &str) -> EntitlementId {
        self.entitlements
            .push(entitlement(on, slug, name, Purpose::Permission));
        EntitlementId::on(&on.id, slug)
    }
}

fn types() -> Vec<ResourceType> {
    let declared = [
        ("user", "User", Some(Trait::User)),
        ("invitation", "Invitation", Some(Trait::User)),
        ("role", "Role", Some(Trait::Role)),
        ("api_token", "API Token", Some(Trait::Secret)),
        ("user_group", "User Group", Some(Trait::Group)),
        ("resource_group", "Scope", None),
    ];
    declared
        .into_iter()
        .map(|(id, name, part)| ResourceType {
            id: id.into(),
            display_name: name.to_owned(),
            traits: part.into_iter().collect(),
            annotations: Vec::new(),
            description: String::new(),
        })
        .collect()
}

fn person(name: &str) -> ResourceId {
    ResourceId::new("user", name)
}

pub(crate) fn user(id: &str, name: &str, email: &str, second_factor: Option<bool>) -> Resource {
    let account = UserTrait {
        emails: vec![email.to_owned()],
        login: email.to_owned(),
        status: Some(status(Lifecycle::Enabled, "")),
        has_second_factor: second_factor,
        ..UserTrait::default()
    };
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let mut resource = Resource::new(person(id), name)
        .with_annotation(Annotation::User(account))
        .with_profile(Profile::from([
            ("first_name".to_owned(), first.into()),
            ("last_name".to_owned(), last.into()),
        ]));
    resource.status = Some(status(Lifecycle::Enabled, "Accepted"));
    resource
}

fn invitation(id: &str, email: &str, role: &str) -> Resource {
    let account = UserTrait {
        emails: vec![email.to_owned()],
        ..UserTrait::default()
    };
    let mut resource = Resource::new(ResourceId::new("invitation", id), email)
        .with_annotation(Annotation::User(account))
        .with_profile(Profile::from([("roles".to_owned(), ProfileValue::texts([role]))]));
    resource.status = Some(status(Lifecycle::Enabled, "Pending"));
    resource
}

fn token(id: &str, name: &str, state: &str, creator: &str, policy: &str) -> Resource {
    let secret = SecretTrait {
        last_used_at: (state == "active").then(|| at("2026-03-01T00:00:00Z")),
        created_by: creator
            .strip_suffix("@example.com")
            .filter(|name| *name == "ada")
            .map(person),
        credential_detail: "cloudflare.account_api_token".to_owned(),
        ..SecretTrait::default()
    };
    let mut resource = Resource::new(ResourceId::new("api_token", id), name)
        .with_annotation(Annotation::Secret(secret))
        .with_profile(Profile::from([
            ("status".to_owned(), state.into()),
            ("created_by".to_owned(), creator.into()),
            ("policies".to_owned(), ProfileValue::texts([policy])),
        ]));
    resource.created_at = Some(at("2024-01-01T03:04:05Z"));
    resource
}

fn status(lifecycle: Lifecycle, details: &str) -> Status {
    Status {
        lifecycle,
        details: details.to_owned(),
    }
}

pub(crate) fn entitlement(on: &Arc<Resource>, slug: &str, name: &str, purpose: Purpose) -> Entitlement {
    Entitlement {
        id: EntitlementId::on(&on.id, slug),
        resource: Arc::clone(on),
        display_name: name.to_owned(),
        description: format!("What {name} gives"),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose,
        slug: slug.to_owned(),
    }
}

fn through(group: &Resource, held: &EntitlementId, on: &Arc<Resource>, who: &str, direct: bool) -> Grant {
    let source = GrantSource { is_direct: true };
    let mut grant = Grant::of(held.clone(), Arc::clone(on), person(who));
    grant
        .sources
        .insert(EntitlementId::on(&group.id, "member"), source);
    if direct {
        grant.sources.insert(held.clone(), source);
    } else {
        grant.annotations.push(Annotation::GrantImmutable);
    }
    grant
}
