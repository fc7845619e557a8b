//! `connector_settings`: how hosted connectors reach their accounts.

use governance::repository::RepositoryError;
use governance::{Authentication, CheckOutcome, Checked, ConnectorId, ConnectorSettings, Mode, SealedSecret};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

const GOOD: &str = "good";
const INSUFFICIENT: &str = "insufficient";
const REJECTED: &str = "rejected";

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connector_settings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) connector_id: String,
    pub(crate) account_id: String,
    pub(crate) email: Option<String>,
    pub(crate) secret: Vec<u8>,
    pub(crate) last_four: String,
    pub(crate) mode: String,
    pub(crate) saved_at: i64,
    pub(crate) revision: i64,
    pub(crate) checked_at: Option<i64>,
    pub(crate) checked_outcome: Option<String>,
    pub(crate) checked_words: Option<String>,
}

/// Also a sealed secret is for nobody's log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("connector_id", &self.connector_id)
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(settings: &ConnectorSettings) -> ActiveModel {
    let email = match &settings.authentication {
        Authentication::ApiToken => None,
        Authentication::ApiKey { email } => Some(text(email)),
    };
    let checked = settings.checked.as_ref();
    let outcome = checked.map(|checked| outcome(&checked.outcome));
    ActiveModel {
        connector_id: Set(settings.connector.to_string()),
        account_id: Set(text(&settings.account_id)),
        email: Set(email),
        secret: Set(settings.secret.0.clone()),
        last_four: Set(text(&settings.last_four)),
        mode: Set(settings.mode.as_str().to_owned()),
        saved_at: Set(stored(settings.saved_at)),
        revision: Set(settings.revision),
        checked_at: Set(checked.map(|checked| stored(checked.at))),
        checked_outcome: Set(outcome.as_ref().map(|(name, _)| (*name).to_owned())),
        checked_words: Set(outcome.map(|(_, words)| words)),
    }
}

/// What a test said, as its name and its words.
pub(crate) fn outcome(outcome: &CheckOutcome) -> (&'static str, String) {
    match outcome {
        CheckOutcome::Good => (GOOD, String::new()),
        CheckOutcome::Insufficient { missing } => (INSUFFICIENT, text(&missing.join("\n"))),
        CheckOutcome::Rejected { why } => (REJECTED, text(why)),
    }
}

impl TryFrom<Model> for ConnectorSettings {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "connector_settings",
            id: &model.connector_id,
        };
        Ok(Self {
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            account_id: model.account_id.clone(),
            authentication: match &model.email {
                None => Authentication::ApiToken,
                Some(email) => Authentication::ApiKey { email: email.clone() },
            },
            secret: SealedSecret(model.secret.clone()),
            last_four: model.last_four.clone(),
            mode: row.needed("mode", Mode::parse(&model.mode))?,
            saved_at: row.time("saved_at", model.saved_at)?,
            revision: model.revision,
            checked: checked(&row, &model)?,
        })
    }
}

fn checked(row: &Row<'_>, model: &Model) -> Result<Option<Checked>, RepositoryError> {
    let Some(at) = row.maybe_time("checked_at", model.checked_at)? else {
        return Ok(None);
    };
    let words = model.checked_words.clone().unwrap_or_default();
    let outcome = match model.checked_outcome.as_deref() {
        Some(GOOD) => Some(CheckOutcome::Good),
        Some(INSUFFICIENT) => Some(CheckOutcome::Insufficient {
            missing: words.lines().map(str::to_owned).collect(),
        }),
        Some(REJECTED) => Some(CheckOutcome::Rejected { why: words }),
        _ => None,
    };
    Ok(Some(Checked {
        at,
        outcome: row.needed("checked_outcome", outcome)?,
    }))
}
