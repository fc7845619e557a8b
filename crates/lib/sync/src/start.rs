//! Whether a run continues an interrupted one or begins anew.

use c1z::{Draft, SyncKind};
use chrono::{DateTime, Utc};
use connector::{Feed, Note, Severity};
use model::SyncId;

use crate::checkpoint::{self, Unusable};
use crate::request::Identity;
use crate::step::State;
use crate::{Request, Scope};

/// What a run is to be, before the draft is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Intent {
    pub(crate) kind: SyncKind,
    pub(crate) identity: Identity,
    /// The feeds that are needed.
    pub(crate) plan: Vec<Feed>,
    /// The id, should the run begin anew.
    pub(crate) id: SyncId,
}

/// A run that is open in the draft.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) id: SyncId,
    pub(crate) state: State,
    pub(crate) resumed: bool,
    /// Why an interrupted run was not continued.
    pub(crate) note: Option<Note>,
}

/// The kind of sync that a request makes.
pub(crate) fn kind(request: &Request) -> SyncKind {
    match request.scope {
        Scope::Targets { .. } => SyncKind::Partial,
        Scope::Everything | Scope::Types(_) if request.resources_only => SyncKind::ResourcesOnly,
        Scope::Everything | Scope::Types(_) => SyncKind::Full,
    }
}

/// Continues the interrupted run in the draft if it is the same as this one, else begins a new one.
///
/// # Errors
/// When the draft cannot be read or written.
pub(crate) fn open(draft: &mut Draft, intent: Intent, now: DateTime<Utc>) -> Result<Opened, c1z::Error> {
    let mut note = None;
    if let Some(unfinished) = draft.unfinished(&intent.kind, now)? {
        match continued(&unfinished.checkpoint, &intent) {
            Ok(state) => {
                draft.resume(unfinished.id.clone())?;
                return Ok(Opened {
                    id: unfinished.id,
                    state,
                    resumed: true,
                    note,
                });
            }
            Err(reason) => note = Some(not_continued(&reason)),
        }
    }
    draft.start(intent.id.clone(), &intent.kind, now)?;
    Ok(Opened {
        id: intent.id,
        state: State::new(intent.plan),
        resumed: false,
        note,
    })
}

/// The state to continue from, or why there is none.
fn continued(token: &str, intent: &Intent) -> Result<State, String> {
    let checkpoint = checkpoint::read_token(token).map_err(|unusable: Unusable| unusable.to_string())?;
    if checkpoint.request.source != intent.identity.source {
        Err("it was reading another account".to_owned())
    } else if checkpoint.request != intent.identity {
        Err("it was asked for another part of the account".to_owned())
    } else if !checkpoint.state.fits(&intent.plan) {
        Err("the connector now reads the account in other pieces".to_owned())
    } else {
        Ok(checkpoint.state)
    }
}

fn not_continued(reason: &str) -> Note {
    Note {
        severity: Severity::Info,
        code: "run-not-continued".to_owned(),
        message: format!("an interrupted run was not continued: {reason}"),
        hint: String::new(),
    }
}
