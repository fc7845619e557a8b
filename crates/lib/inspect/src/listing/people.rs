//! People and credentials as rows.

use c1z::GrantFilter;
use chrono::{DateTime, Utc};
use model::Resource;
use proto::baton_v1::ResourceOutput;

use super::words::{day, name, object};
use crate::account::{Invitation, Person, Token, TokenState, secret_trait};
use crate::error::InspectError;
use crate::look::Ink;
use crate::source::Source;
use crate::table::{Cell, Column};

/// The columns of [`People::row`].
pub(super) const COLUMNS: [Column; 6] = [
    Column::name("Name"),
    Column::name("E-mail"),
    Column::detail("Status"),
    Column::detail("2FA"),
    Column::number("Grants"),
    Column::id("ID"),
];

/// The columns of [`invitation`].
pub(super) const INVITATION_COLUMNS: [Column; 3] =
    [Column::name("Invited"), Column::detail("To be"), Column::id("ID")];

/// The columns of [`credential`].
pub(super) const CREDENTIAL_COLUMNS: [Column; 6] = [
    Column::name("Name"),
    Column::detail("Status"),
    Column::detail("Expires"),
    Column::detail("Last used"),
    Column::extra("Made by"),
    Column::id("ID"),
];

/// People, with the number of what they hold.
pub(super) struct People<'a> {
    source: &'a Source<'a>,
}

impl<'a> People<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source }
    }

    pub(super) fn row(&self, entry: &ResourceOutput) -> Result<Vec<Cell>, InspectError> {
        let wire = entry.resource.clone().unwrap_or_default();
        let id = object(wire.id.as_ref());
        let Ok(resource) = Resource::try_from(wire.clone()) else {
            return Ok(vec![
                name(&wire).into(),
                "".into(),
                "".into(),
                "".into(),
                "".into(),
                id,
            ]);
        };
        let person = Person::of(&resource);
        let filter = GrantFilter {
            principal: Some(resource.id),
            ..GrantFilter::default()
        };
        let number = self.source.number_of_grants(&filter)?;
        let shown_name = if person.name == person.email {
            ""
        } else {
            &person.name
        };
        Ok(vec![
            Cell::or_dash(shown_name),
            Cell::or_dash(&person.email),
            status(&person),
            second_factor(person.second_factor),
            number.to_string().into(),
            id,
        ])
    }
}

fn status(person: &Person) -> Cell {
    match (person.status.is_empty(), person.enabled) {
        (true, true) => "enabled".into(),
        (true, false) => Cell::new("disabled", Ink::Faint),
        (false, enabled) => {
            let ink = if enabled { Ink::Plain } else { Ink::Faint };
            Cell::new(person.status.to_lowercase(), ink)
        }
    }
}

/// Whether a second factor is set up, to be seen at a glance.
pub(crate) fn second_factor(known: Option<bool>) -> Cell {
    match known {
        Some(true) => Cell::new("yes", Ink::Good),
        Some(false) => Cell::new("no", Ink::Alarm),
        None => Cell::new("?", Ink::Faint),
    }
}

/// An invitation as a row.
pub(super) fn invitation(entry: &ResourceOutput) -> Vec<Cell> {
    let wire = entry.resource.clone().unwrap_or_default();
    let id = object(wire.id.as_ref());
    let Ok(resource) = Resource::try_from(wire.clone()) else {
        return vec![name(&wire).into(), "".into(), id];
    };
    let invitation = Invitation::of(&resource);
    vec![
        invitation.email.as_str().into(),
        Cell::or_dash(&invitation.offers.join("; ")),
        id,
    ]
}

/// A credential as a row.
pub(super) fn credential(entry: &ResourceOutput, moment: DateTime<Utc>) -> Vec<Cell> {
    let wire = entry.resource.clone().unwrap_or_default();
    let id = object(wire.id.as_ref());
    let resource = Resource::try_from(wire.clone()).ok();
    let token = resource
        .as_ref()
        .and_then(|resource| Some(Token::of(resource, secret_trait(resource)?)));
    let Some(token) = token else {
        return vec![name(&wire).into(), "".into(), "".into(), "".into(), "".into(), id];
    };
    let status = match token.state(moment) {
        TokenState::Expired => "expired",
        TokenState::Active | TokenState::Disabled => &token.status,
    };
    let unused = if token.use_is_known { "never" } else { "?" };
    vec![
        token.name.as_str().into(),
        Cell::or_dash(status),
        day(token.expires_at, "never"),
        day(token.last_used_at, unused),
        Cell::or_dash(&token.creator),
        id,
    ]
}
