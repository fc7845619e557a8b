//! Adding a connector: choose it, say where it belongs, who owns it and where it runs.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Response;
use governance::repository::RepositoryError;
use governance::{
    Action, App, AppId, AppState, ConnectorKind, Hosting, NewConnector, NewPlace, OfficeError, Operator,
    OperatorId, Schedule,
};
use ui::{
    Button, Card, Choice, Crumb, EmptyState, Field, Form, Html, Icon, PageHead, SearchForm, SelectOption,
    Stepper,
};

use crate::Inner;
use crate::frame::{Area, csrf, page};
use crate::pages::{go, owners};
use crate::web::{Asked, Failed, Fields, Outcome, Signed, Trouble};

/// How often a new connector reads.
const EVERY: Duration = Duration::from_hours(1);

/// What somebody looks for.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

fn crumbs(below: Option<&str>) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::to("Connectors", "/connectors")];
    match below {
        None => crumbs.push(Crumb::here("Add connector")),
        Some(kind) => {
            crumbs.push(Crumb::to("Add connector", "/connectors/add"));
            crumbs.push(Crumb::here(kind));
        }
    }
    crumbs
}

/// The catalogue.
pub(super) async fn catalogue(Asked(asked): Asked<Search>, signed: Signed) -> Outcome {
    signed
        .actor
        .may(Action::AddConnector)
        .map_err(OfficeError::from)?;
    let wanted = asked.q.trim().to_lowercase();
    let fits = |kind: &ConnectorKind| {
        let words = format!("{} {}", kind.title(), kind.about()).to_lowercase();
        words.contains(&wanted)
    };
    let found: Vec<ConnectorKind> = ConnectorKind::ALL.into_iter().filter(fits).collect();
    let cards = found.iter().map(|kind| {
        Card::new(kind.title(), Html::text(kind.about())).action(
            Button::link("Add", format!("/connectors/add/{}", kind.as_str()))
                .primary()
                .icon(Icon::Plus),
        )
    });
    let mut body = Html::from(PageHead::new("Add connector").text("Choose what is to be read."))
        .and(SearchForm {
            action: "/connectors/add".to_owned(),
            label: "Search the catalogue".to_owned(),
            q: asked.q,
        })
        .and(Html::of(cards));
    if found.is_empty() {
        body = body.and(EmptyState::new(
            Icon::Search,
            "Nothing like that",
            "Any connector of the Baton ecosystem can report here: choose Baton, and run it yourself.",
        ));
    }
    Ok(page(
        &signed,
        Area::Connectors,
        "Add connector",
        crumbs(None),
        &body,
    ))
}

/// What a form is made of, and what was typed before.
struct Draft<'a> {
    kind: ConnectorKind,
    apps: Vec<App>,
    people: Vec<Operator>,
    fields: Option<&'a Fields>,
    trouble: Trouble,
}

impl Draft<'_> {
    fn text(&self, name: &str) -> &str {
        self.fields.map_or("", |fields| fields.text(name))
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.trouble.at(field)
    }

    fn is_chosen(&self, name: &str, value: &str, otherwise: bool) -> bool {
        self.fields.map_or(otherwise, |fields| fields.text(name) == value)
    }
}

fn kind(name: &str) -> Result<ConnectorKind, Failed> {
    let kind = ConnectorKind::parse(name);
    kind.ok_or(Failed::Office(OfficeError::Unknown("connector in the catalogue")))
}

async fn draft<'a>(inner: &Inner, signed: &Signed, kind: ConnectorKind) -> Result<Draft<'a>, Failed> {
    let people = owners::possible(inner, signed, &[]).await?;
    Ok(Draft {
        kind,
        apps: inner.office.apps(&signed.actor).await?,
        people,
        fields: None,
        trouble: Trouble::none(),
    })
}

pub(super) async fn form(
    State(inner): State<Arc<Inner>>,
    Path(name): Path<String>,
    signed: Signed,
) -> Outcome {
    signed
        .actor
        .may(Action::AddConnector)
        .map_err(OfficeError::from)?;
    let draft = draft(&inner, &signed, kind(&name)?).await?;
    Ok(show(&signed, &draft))
}

fn show(signed: &Signed, draft: &Draft<'_>) -> Response {
    let kind = draft.kind;
    let mut form = Form::new(format!("/connectors/add/{}", kind.as_str()), csrf(signed))
        .field(
            Field::text("name", "Name")
                .hint("What people call this connector.")
                .value(if draft.fields.is_some() {
                    draft.text("name")
                } else {
                    kind.title()
                })
                .error(draft.error("name"))
                .required(),
        )
        .field(
            Field::cards("place", "Where does it belong?", places(draft))
                .error(draft.error("place"))
                .required(),
        )
        .field(
            Field::check_cards("owner", "Who owns it?", owners(signed, draft))
                .hint("If it is only others, they get an e-mail that their help is needed.")
                .error(draft.error("owner"))
                .required(),
        );
    if kind.can_be_hosted() {
        form = form.field(Field::cards("hosting", "Where does it run?", hostings(draft)).required());
    }
    let form = form
        .button(Button::submit("Next").primary())
        .button(Button::link("Cancel", "/connectors/add").quiet());
    let title = format!("Add {}", kind.title());
    let body = Html::from(PageHead::new(title.as_str()).text(kind.about()))
        .and(if kind == ConnectorKind::File {
            Html::default()
        } else {
            steps(0).into()
        })
        .and(Card::new("About this connector", form));
    page(
        signed,
        Area::Connectors,
        &title,
        crumbs(Some(kind.title())),
        &body,
    )
}

/// The way from the catalogue to *Connected*.
pub(super) fn steps(at: usize) -> Stepper {
    Stepper::at(
        "Adding a connector",
        ["Place and owner", "Settings", "First sync"],
        at,
    )
}

fn places(draft: &Draft<'_>) -> Vec<Choice> {
    let select = |name: &str, state: AppState| {
        let mut options = vec![SelectOption::new("", "Choose an app")];
        options.extend(
            draft
                .apps
                .iter()
                .filter(|app| app.state == state)
                .map(|app| SelectOption::new(app.id.as_str(), app.name.as_str())),
        );
        Field::select(name, "App", options)
            .value(draft.text(name))
            .required()
    };
    let chosen = |choice: Choice, value: &str, otherwise: bool| {
        if draft.is_chosen("place", value, otherwise) {
            choice.checked()
        } else {
            choice
        }
    };
    let has = |state: AppState| draft.apps.iter().any(|app| app.state == state);
    let mut choices = Vec::new();
    if has(AppState::Unmanaged) {
        choices.push(chosen(
            Choice::new(
                "found",
                "An unmanaged app",
                "One that is known and that nobody sees to yet: it becomes managed.",
            )
            .field(select("found", AppState::Unmanaged)),
            "found",
            false,
        ));
    }
    if has(AppState::Managed) {
        choices.push(chosen(
            Choice::new("managed", "A managed app", "One that is governed already.")
                .field(select("managed", AppState::Managed)),
            "managed",
            false,
        ));
    }
    let name = Field::text("app_name", "Name of the app")
        .required()
        .value(if draft.fields.is_some() {
            draft.text("app_name")
        } else {
            draft.kind.title()
        });
    choices.push(chosen(
        Choice::new("new", "A new managed app", "Makes the app, governed from now on.").field(name),
        "new",
        true,
    ));
    choices
}

fn owners(signed: &Signed, draft: &Draft<'_>) -> Vec<Choice> {
    let own = &signed.whose.operator.id;
    let is_chosen = |one: &Operator| {
        draft.fields.map_or(one.id == *own, |fields| {
            fields.all("owner").any(|owner| owner == one.id.as_str())
        })
    };
    owners::choices(&draft.people, signed, is_chosen)
}

fn hostings(draft: &Draft<'_>) -> Vec<Choice> {
    let chosen = |choice: Choice, value: &str, otherwise: bool| {
        if draft.is_chosen("hosting", value, otherwise) {
            choice.checked()
        } else {
            choice
        }
    };
    vec![
        chosen(
            Choice::new(
                "hosted",
                "Here",
                "Rollcall runs it. You enter the credentials in the next step.",
            ),
            "hosted",
            true,
        ),
        chosen(
            Choice::new(
                "self-hosted",
                "In my own environment",
                "The account's credentials stay there. You get a client ID, a secret and the commands to start it.",
            ),
            "self-hosted",
            false,
        ),
    ]
}

pub(super) async fn add(
    State(inner): State<Arc<Inner>>,
    Path(name): Path<String>,
    signed: Signed,
    fields: Fields,
) -> Outcome {
    let kind = kind(&name)?;
    let new = match wanted(kind, &fields) {
        Ok(new) => new,
        Err(trouble) => return again(&inner, &signed, kind, &fields, trouble).await,
    };
    let address = &inner.lobby.address;
    match inner.office.add_connector(&signed.actor, &new, address).await {
        Ok(connector) => {
            let next = match new.hosting {
                _ if !new.owners.contains(&signed.whose.operator.id) => "",
                Hosting::Hosted => "/settings",
                Hosting::SelfHosted => "/keys",
                Hosting::ByHand => "/file",
            };
            Ok(go(format!("/connectors/{}{next}", connector.id)))
        }
        Err(error) => match trouble(&error) {
            Some(field) => again(&inner, &signed, kind, &fields, Trouble::with(field, &error)).await,
            None => Err(error.into()),
        },
    }
}

/// The field that a refusal is about.
fn trouble(error: &OfficeError) -> Option<&'static str> {
    match error {
        OfficeError::Store(RepositoryError::Taken { what }) if what.contains("an app") => Some("place"),
        OfficeError::Name(error) if error.to_string().contains("app") => Some("place"),
        OfficeError::Store(RepositoryError::Taken { .. }) | OfficeError::Name(_) => Some("name"),
        OfficeError::NoOwner => Some("owner"),
        _ => None,
    }
}

fn wanted(kind: ConnectorKind, fields: &Fields) -> Result<NewConnector, Trouble> {
    let app = |field: &str| {
        let id = AppId::parse(fields.text(field));
        id.map_err(|_| Trouble::with("place", "Choose an app."))
    };
    let place = match fields.text("place") {
        "found" => NewPlace::App(app("found")?),
        "managed" => NewPlace::App(app("managed")?),
        _ => NewPlace::NewApp(fields.text("app_name").to_owned()),
    };
    let owners: Result<Vec<_>, _> = fields.all("owner").map(OperatorId::parse).collect();
    let owners = owners.map_err(|_| Trouble::with("owner", "Choose people from the list."))?;
    if owners.is_empty() {
        return Err(Trouble::with(
            "owner",
            "Choose at least one person who answers for it.",
        ));
    }
    let hosting = Hosting::parse(fields.text("hosting")).filter(|_| kind.can_be_hosted());
    Ok(NewConnector {
        name: fields.text("name").to_owned(),
        kind,
        hosting: kind.hosting(hosting),
        place,
        owners,
        schedule: Schedule::Every(EVERY),
    })
}

async fn again(
    inner: &Inner,
    signed: &Signed,
    kind: ConnectorKind,
    fields: &Fields,
    trouble: Trouble,
) -> Outcome {
    let draft = Draft {
        fields: Some(fields),
        trouble,
        ..draft(inner, signed, kind).await?
    };
    Ok(show(signed, &draft))
}
