//! What stands in the file about a run.

use std::sync::Arc;

use super::support::account::account;
use super::support::content::content;
use super::support::desk::{Desk, EACH, everything};
use crate::checkpoint::{Unusable, open_token, read_token};
use crate::request::Identity;
use crate::step::{Event, Rules, State};
use crate::{Request, Scope};

fn open() -> String {
    let syncer = account();
    let identity = everything().identity(&syncer);
    let mut state = State::new(syncer.plan);
    state.advance(
        Event::Begun,
        Rules {
            workers: 1,
            expands: true,
        },
    );
    state.advance(
        Event::Finished("users".into()),
        Rules {
            workers: 1,
            expands: true,
        },
    );
    open_token(&identity, &state).unwrap()
}

#[test]
fn an_open_run_would_be_started_over_by_the_go_engine() {
    let token: serde_json::Value = serde_json::from_str(&open()).unwrap();
    insta::assert_json_snapshot!("open", token);
}

#[test]
fn an_open_token_is_read_back() {
    let checkpoint = read_token(&open()).unwrap();
    assert_eq!(
        open_token(&checkpoint.request, &checkpoint.state).unwrap(),
        open()
    );
}

#[test]
fn what_others_add_to_the_token_does_not_matter() {
    let token = open()
        .replacen('{', r#"{"news":1,"#, 1)
        .replace(r#""plan_version""#, r#""later":[],"plan_version""#);
    assert!(read_token(&token).is_ok());
}

#[test]
fn tokens_that_are_not_ours_are_refused() {
    assert_eq!(read_token(""), Err(Unusable::Damaged));
    assert_eq!(read_token("{}"), Err(Unusable::Damaged));
    assert_eq!(
        read_token(r#"{"rollcall":{"plan_version":1}}"#),
        Err(Unusable::Damaged)
    );
    let newer = open().replace(r#""plan_version":1"#, r#""plan_version":99"#);
    assert_eq!(read_token(&newer), Err(Unusable::Version));
}

fn final_token(request: Request) -> serde_json::Value {
    let desk = Desk::new();
    desk.run(
        EACH,
        Arc::new(account()),
        Request {
            workers: 1,
            ..request
        },
    )
    .unwrap();
    serde_json::from_str(&content(&desk.file()).run.token).unwrap()
}

#[test]
fn a_finished_run_says_what_it_was_and_what_to_know() {
    insta::assert_json_snapshot!("final", final_token(everything()));
}

#[test]
fn a_finished_run_says_what_was_left_out() {
    let resources = final_token(Request {
        resources_only: true,
        ..everything()
    });
    assert_eq!(resources["should_skip_entitlements_and_grants"], true);
    let scope = Scope::Targets {
        ids: vec![],
        skip_grants: true,
    };
    let targets = final_token(Request {
        scope: scope.clone(),
        ..everything()
    });
    assert_eq!(targets["should_fetch_related_resources"], true);
    assert_eq!(targets["should_skip_grants"], true);
    let request: Identity = serde_json::from_value(targets["rollcall"]["request"].clone()).unwrap();
    assert_eq!(request.scope, scope);
}
