//! `letters`: to people, sent later.

use governance::repository::{RepositoryError, Versioned};
use governance::{Email, Letter, LetterId, LetterState};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

/// `state` of a letter that is to be sent.
pub(crate) const WAITING: &str = "waiting";
const SENT: &str = "sent";
const FAILED: &str = "failed";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letters")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) created_at: i64,
    pub(crate) tries: i64,
    pub(crate) state: String,
    pub(crate) state_at: i64,
    pub(crate) why: Option<String>,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of a letter, without its version. What was sent is not kept: there can be links in it.
pub(crate) fn row(letter: &Letter) -> ActiveModel {
    let (state, at, why) = match &letter.state {
        LetterState::Waiting { not_before, last } => (WAITING, not_before, last.as_deref()),
        LetterState::Sent { at } => (SENT, at, None),
        LetterState::Failed { at, why } => (FAILED, at, Some(why.as_str())),
    };
    ActiveModel {
        id: Set(letter.id.to_string()),
        email: Set(text(letter.to.as_str())),
        subject: Set(text(&letter.subject)),
        body: Set(if state == SENT {
            String::new()
        } else {
            text(&letter.text)
        }),
        created_at: Set(stored(letter.created_at)),
        tries: Set(letter.tries.into()),
        state: Set(state.to_owned()),
        state_at: Set(stored(*at)),
        why: Set(why.map(text)),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Letter> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "letters",
            id: &model.id,
        };
        let at = row.time("state_at", model.state_at)?;
        let state = match model.state.as_str() {
            WAITING => Some(LetterState::Waiting {
                not_before: at,
                last: model.why.clone(),
            }),
            SENT => Some(LetterState::Sent { at }),
            FAILED => Some(LetterState::Failed {
                at,
                why: model.why.clone().unwrap_or_default(),
            }),
            _ => None,
        };
        let value = Letter {
            id: row.read("id", LetterId::parse(&model.id))?,
            to: row.read("email", Email::parse(&model.email))?,
            subject: model.subject.clone(),
            text: model.body.clone(),
            created_at: row.time("created_at", model.created_at)?,
            tries: row.read("tries", u32::try_from(model.tries))?,
            state: row.needed("state", state)?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}
