//! What stands in `sync_token`.
//!
//! The Go engine reads the same column. While a run is open, its part of the token says that only
//! `init` is to be done: were it to pick the run up, it would start over instead of sealing half an
//! account. Ours is under `rollcall`; only runs that carry it are continued.

use connector::Metadata;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::Scope;
use crate::request::Identity;
use crate::step::State;

/// Raised whenever a state of an earlier version would be misread; such a run starts over.
const PLAN_VERSION: u32 = 1;

/// How far an open run is, and what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    pub(crate) request: Identity,
    pub(crate) state: State,
}

/// Why a run cannot be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// Another version of this program wrote it.
    #[error("another version of this program began it")]
    Version,
    /// It is not what this version writes.
    #[error("its checkpoint cannot be read")]
    Damaged,
}

/// Our part of the token, borrowed for writing.
#[derive(Serialize)]
struct Written<'a> {
    plan_version: u32,
    request: &'a Identity,
    state: &'a State,
}

/// The token of an open run.
pub(crate) fn open_token(request: &Identity, state: &State) -> Result<String, serde_json::Error> {
    let ours = serde_json::to_value(Written {
        plan_version: PLAN_VERSION,
        request,
        state,
    })?;
    let id = "0000000001";
    let token = json!({
        "actions_map": { id: { "id": id, "operation": "init" } },
        "action_order": [id],
        "current_action_id": 1,
        "ingest_quality": {},
        "version": 1,
        "rollcall": ours,
    });
    serde_json::to_string(&token)
}

/// Reads the token of an open run; what else stands in it does not matter.
pub(crate) fn read_token(token: &str) -> Result<Checkpoint, Unusable> {
    let token: Value = serde_json::from_str(token).map_err(|_| Unusable::Damaged)?;
    let ours = token.get("rollcall").cloned().ok_or(Unusable::Damaged)?;
    let version = ours
        .get("plan_version")
        .and_then(Value::as_u64)
        .ok_or(Unusable::Damaged)?;
    if version != u64::from(PLAN_VERSION) {
        return Err(Unusable::Version);
    }
    serde_json::from_value(ours).map_err(|_| Unusable::Damaged)
}

/// The token of a complete run: what a reader of the file wants to know of it.
pub(crate) fn final_token(
    connector: &Metadata,
    request: &Identity,
    state: &State,
) -> Result<String, serde_json::Error> {
    let count = state.feeds_done();
    let mut token = Map::new();
    token.insert("current_action_id".into(), count.into());
    token.extend(flags(request).map(|flag| (flag.to_owned(), Value::Bool(true))));
    token.insert("completed_actions_count".into(), count.into());
    token.insert("ingest_quality".into(), json!({}));
    token.insert("version".into(), 1.into());
    token.insert(
        "rollcall".into(),
        json!({ "connector": connector.display_name, "request": request, "notes": state.notes() }),
    );
    serde_json::to_string(&token)
}

/// The Go engine's names for what the request leaves out.
fn flags(request: &Identity) -> impl Iterator<Item = &'static str> {
    let flags = match &request.scope {
        Scope::Targets { skip_grants, .. } => [
            Some("should_fetch_related_resources"),
            skip_grants.then_some("should_skip_grants"),
        ],
        Scope::Everything | Scope::Types(_) => [
            request
                .resources_only
                .then_some("should_skip_entitlements_and_grants"),
            None,
        ],
    };
    flags.into_iter().flatten()
}
