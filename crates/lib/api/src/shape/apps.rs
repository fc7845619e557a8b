//! Apps.

use chrono::{DateTime, Utc};
use governance::AppSource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::AppState;
use super::people::Owner;
use crate::page::{Cursor, Limit};

/// An application that access is governed in, or that is merely known.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct App {
    /// Its id.
    pub(crate) id: String,
    /// What people call it; no two have the same.
    name: String,
    /// Whether it is governed.
    state: AppState,
    /// How it became known.
    source: Source,
    /// Who answers for it.
    owners: Vec<Owner>,
    /// Since when it is known.
    created_at: DateTime<Utc>,
}

/// How an app became known.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "AppSource")]
pub(crate) enum Source {
    /// Somebody added it.
    ByHand,
    /// It was in a list.
    List,
    /// A connector found it.
    Connector,
}

/// Which apps.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppQuery {
    /// Those with this in their name.
    pub(crate) search: Option<String>,
    /// Those that are governed, or not.
    pub(crate) state: Option<AppState>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// An app that is to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewApp {
    /// What it is to be called.
    pub(crate) name: String,
    /// Whether it is to be governed; managed when it is left out.
    pub(crate) state: Option<AppState>,
}

/// Apps that are to be known, unmanaged at first. Those that are there already are left as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppList {
    /// What they are called.
    #[schemars(length(max = 5000))]
    pub(crate) names: Vec<String>,
}

/// What became of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Imported {
    /// How many of them were new.
    pub(crate) added: u64,
}

/// What is to be different about an app; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppChange {
    /// What it is to be called.
    pub(crate) name: Option<String>,
    /// Who is to answer for it, by their ids.
    pub(crate) owners: Option<Vec<String>>,
}

/// Who is to answer for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owners {
    /// By their ids.
    pub(crate) owners: Vec<String>,
}

impl App {
    pub(crate) fn of(app: &governance::App, owners: &[governance::Operator]) -> Self {
        Self {
            id: app.id.to_string(),
            name: app.name.to_string(),
            state: app.state.into(),
            source: match app.source {
                AppSource::ByHand => Source::ByHand,
                AppSource::List => Source::List,
                AppSource::Connector { .. } => Source::Connector,
            },
            owners: owners.iter().map(Owner::from).collect(),
            created_at: app.created_at,
        }
    }
}
