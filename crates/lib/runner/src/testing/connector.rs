//! A connector that repeats what it is asked.

use std::sync::Arc;

use async_trait::async_trait;
use connector::{
    Ability, AccessRequest, Account, AccountField, AccountOutcome, AccountRequest, ActionField, ActionKind,
    ActionSchema, Actions, Call, Change, Changed, ConnectorError, DeleteRequest, Effect, ErrorKind,
    EventPage, EventSource, EventsRequest, Feed, FeedId, FieldKind, Found, Known, Metadata, Mode, Note,
    Output, Provisioner, RotateRequest, Rotated, Severity, Syncer, no_such_feed,
};
use model::{Profile, Resource, ResourceId, ResourceType, ResourceTypeId, Trait};
use proto::connector_v2::AccountInfo;
use sealing::{Label, Sealed};
use serde_json::json;

use crate::definition::{Connect, Connected, Definition};
use crate::field::{Field, Group, Section};
use crate::input::Values;
use crate::problem::Problem;

pub(crate) const DEFINITION: Definition = Definition {
    name: "baton-fake",
    version: "1",
    display_name: "Fake",
    about: "Reads nothing.",
    examples: "  baton-fake",
    help_url: "",
    icon_url: "",
    fields: &[
        Field::secret("key", "The key")
            .for_setup("Key")
            .under(Section::Source),
        Field::text("answer", "How the connector answers").hidden(),
    ],
    groups: &[],
    crates: &[],
    resource_types: types,
    abilities,
    actions: schemas,
    event_feeds: Vec::new,
    account_fields: &[
        account_field("email", false),
        account_field("first_name", false),
        account_field("roles", true),
    ],
    prepare,
};

pub(crate) fn types() -> Vec<Arc<ResourceType>> {
    ["user", "invitation", "role", "place", "token"]
        .map(kind)
        .to_vec()
}

pub(crate) fn kind(id: &str) -> Arc<ResourceType> {
    let traits = match id {
        "user" | "invitation" => vec![Trait::User],
        _ => Vec::new(),
    };
    Arc::new(ResourceType {
        id: id.into(),
        display_name: id.to_owned(),
        traits,
        annotations: Vec::new(),
        description: String::new(),
    })
}

fn abilities(kind: &ResourceTypeId) -> &'static [Ability] {
    match kind.as_str() {
        "role" | "place" => &[Ability::Provision],
        "user" => &[Ability::CreateAccount, Ability::Delete],
        "invitation" => &[Ability::Delete],
        "token" => &[Ability::RotateCredential, Ability::Delete],
        _ => &[],
    }
}

const fn account_field(name: &'static str, is_list: bool) -> AccountField {
    AccountField {
        name,
        display_name: name,
        description: "",
        placeholder: "",
        required: false,
        is_list,
    }
}

pub(crate) fn schemas() -> Vec<ActionSchema> {
    let field = |name, kind, required| ActionField {
        name,
        display_name: name,
        description: "",
        kind,
        required,
    };
    vec![
        ActionSchema {
            name: "disable_token",
            display_name: "Disable a token",
            description: "Makes a token unusable.",
            kind: ActionKind::ResourceDisable,
            resource_type: Some("token".into()),
            arguments: vec![
                field("id", FieldKind::Text, true),
                field("quiet", FieldKind::Switch, false),
                field("reasons", FieldKind::Texts, false),
            ],
            returns: vec![field("done", FieldKind::Switch, false)],
        },
        ActionSchema {
            name: "noop",
            display_name: "Nothing",
            description: "Does nothing.",
            kind: ActionKind::Dynamic,
            resource_type: None,
            arguments: Vec::new(),
            returns: Vec::new(),
        },
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "the signature is the definition's")]
fn prepare(values: &Values, _: Option<&Group>) -> Result<Connect, Vec<Problem>> {
    let answer = values.text("answer").to_owned();
    Ok(Box::new(move |_| {
        let fake = Arc::new(Fake { answer });
        Ok(Connected {
            syncer: Arc::clone(&fake) as _,
            provisioner: Arc::clone(&fake) as _,
            actions: Arc::clone(&fake) as _,
            events: fake,
            calls: Arc::new(|| 0),
        })
    }))
}

/// Answers as it is told to, with what it was asked.
pub(crate) struct Fake {
    pub(crate) answer: String,
}

impl Fake {
    fn changed(&self, mode: Mode, mut change: Change) -> Result<Changed, ConnectorError> {
        let effect = match (self.answer.as_str(), mode) {
            ("refuse", _) => return Err(refusal(ErrorKind::FailedPrecondition)),
            ("contend", _) => return Err(refusal(ErrorKind::Aborted)),
            ("already", _) => Effect::AlreadySo,
            (_, Mode::Make) => Effect::Made,
            (_, Mode::DryRun) => Effect::Planned,
        };
        if effect == Effect::AlreadySo {
            change.before.clone_from(&change.after);
            change.calls.clear();
        }
        let mut changed = Changed::new(effect, change);
        if self.answer == "notice" {
            changed.notes.push(Note {
                severity: Severity::Warning,
                code: "changed-meanwhile".to_owned(),
                message: "somebody changed the member meanwhile".to_owned(),
                hint: "look at it again".to_owned(),
            });
        }
        Ok(changed)
    }
}

fn refusal(kind: ErrorKind) -> ConnectorError {
    ConnectorError::new(kind, "Ada is the last owner")
        .with_code("last-owner")
        .with_hint("make somebody else an owner first")
}

/// Complete records are told by their names, which ids alone do not have.
fn access(verb: &str, request: &AccessRequest) -> Change {
    let (entitlement, principal) = (&request.entitlement, &request.principal);
    let scope = &entitlement.resource.display_name;
    let holds = format!("{} on {scope}", entitlement.display_name);
    Change {
        title: format!("{verb} {holds}: {} ({})", principal.display_name, principal.id),
        before: vec!["Viewer".to_owned()],
        after: vec!["Viewer".to_owned(), holds],
        calls: vec![Call {
            method: "PUT".to_owned(),
            path: format!("/members/{}", principal.id.object),
            body: Some(json!({"roles": [{"id": entitlement.id.as_str()}]})),
        }],
    }
}

fn removal(id: &ResourceId) -> Change {
    Change {
        title: format!("Remove {id}"),
        before: vec![id.to_string()],
        after: Vec::new(),
        calls: vec![Call {
            method: "DELETE".to_owned(),
            path: format!("/{}/{}", id.resource_type, id.object),
            body: None,
        }],
    }
}

#[async_trait]
impl Provisioner for Fake {
    async fn grant(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        self.changed(request.mode, access("Grant", request))
    }

    async fn revoke(&self, request: &AccessRequest) -> Result<Changed, ConnectorError> {
        let mut change = access("Revoke", request);
        std::mem::swap(&mut change.before, &mut change.after);
        self.changed(request.mode, change)
    }

    async fn create_account(&self, request: &AccountRequest) -> Result<Account, ConnectorError> {
        let resource = Resource::new(ResourceId::new("invitation", "i9"), request.email.as_str());
        let outcome = match (self.answer.as_str(), request.mode) {
            ("already", _) => AccountOutcome::AlreadyExists(None),
            ("known", _) => AccountOutcome::AlreadyExists(Some(resource)),
            ("created", _) => AccountOutcome::Created(resource),
            (_, Mode::DryRun) => AccountOutcome::Planned,
            _ => AccountOutcome::ActionRequired {
                resource,
                message: "the person must accept the invitation".to_owned(),
            },
        };
        let change = Change {
            title: format!("Invite {} ({})", request.email, request.login),
            before: Vec::new(),
            after: vec![written(&request.profile)],
            calls: Vec::new(),
        };
        let changed = self.changed(request.mode, change)?;
        Ok(Account { outcome, changed })
    }

    async fn delete(&self, request: &DeleteRequest) -> Result<Changed, ConnectorError> {
        self.changed(request.mode, removal(&request.resource))
    }

    async fn rotate(&self, request: &RotateRequest) -> Result<Rotated, ConnectorError> {
        let change = Change {
            title: format!("Replace the secret of {}", request.resource),
            ..Change::default()
        };
        let label = Label {
            name: "ci deploy".to_owned(),
            description: String::new(),
        };
        let sealed = request.recipients.iter().map(|_| Sealed {
            provider: "baton/age/v1",
            key_ids: vec!["k1".to_owned()],
            label: label.clone(),
            bytes: vec![0; 50],
        });
        Ok(Rotated {
            changed: self.changed(request.mode, change)?,
            secrets: sealed.collect(),
        })
    }
}

#[async_trait]
impl Actions for Fake {
    async fn invoke(&self, _: &str, arguments: &Profile) -> Result<Profile, ConnectorError> {
        match self.answer.as_str() {
            "refuse" => Err(refusal(ErrorKind::FailedPrecondition)),
            "panic" => panic!("a mistake in an action"),
            "slow" => {
                tokio::time::sleep(std::time::Duration::from_secs(90)).await;
                Ok(arguments.clone())
            }
            _ => Ok(arguments.clone()),
        }
    }
}

#[async_trait]
impl Syncer for Fake {
    fn metadata(&self) -> Metadata {
        Metadata {
            display_name: String::new(),
            description: String::new(),
        }
    }

    fn resource_types(&self) -> Vec<Arc<ResourceType>> {
        types()
    }

    async fn validate(&self) -> Result<Vec<Note>, ConnectorError> {
        Ok(Vec::new())
    }

    fn plan(&self) -> Vec<Feed> {
        Vec::new()
    }

    async fn read(&self, _: &FeedId, _: &dyn Known, _: &mut dyn Output) -> Result<(), ConnectorError> {
        Ok(())
    }

    async fn find(&self, _: &ResourceId) -> Result<Option<Found>, ConnectorError> {
        Ok(None)
    }
}

/// Attributes as JSON.
pub(crate) fn written(profile: &Profile) -> String {
    let info = AccountInfo {
        profile: Some(proto::profile_to_struct(profile)),
        ..AccountInfo::default()
    };
    proto::json::to_json(&info)["profile"].to_string()
}

#[async_trait]
impl EventSource for Fake {
    async fn read_events(&self, request: &EventsRequest) -> Result<EventPage, ConnectorError> {
        Err(no_such_feed(&request.feed))
    }
}
