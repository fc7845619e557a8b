use http::StatusCode;

use super::*;
use crate::endpoint::{GetAccount, Members};
use crate::types::Member;
use crate::{AccountId, ErrorKind};

fn answer(status: u16, body: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
        .headers_mut()
        .insert("cf-ray", "9f0c-AMS".parse().unwrap());
    response
}

fn account(status: u16, body: &str) -> Result<crate::types::Account, Error> {
    object(
        &GetAccount {
            account: AccountId::new("a"),
        },
        &answer(status, body),
    )
}

fn members(status: u16, body: &str) -> Result<Page<Member>, Error> {
    page(
        &Members {
            account: AccountId::new("a"),
        },
        &answer(status, body),
    )
}

fn refusal_of<T: std::fmt::Debug>(answer: Result<T, Error>) -> ApiError {
    match answer {
        Err(Error::Refused(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_empty_listing_may_be_null() {
    assert_eq!(
        members(200, r#"{"success":true,"errors":[],"result":null}"#)
            .unwrap()
            .items,
        []
    );
    assert_eq!(
        members(200, r#"{"success":true,"result":[],"result_info":null}"#)
            .unwrap()
            .items,
        []
    );
}

#[test]
fn a_failure_on_200_is_a_failure_whatever_its_result() {
    for result in ["null", "[]", "{}", "\"x\""] {
        let body = format!(
            r#"{{"success":false,"errors":[{{"code":10000,"message":"Authentication error"}}],"result":{result}}}"#
        );
        let error = refusal_of(account(200, &body));
        assert!(matches!(error.kind, ErrorKind::NotPermitted { .. }), "{error:?}");
        assert_eq!(
            (error.code, error.ray.as_deref()),
            (Some(10000), Some("9f0c-AMS"))
        );
        refusal_of(members(200, &body));
    }
}

#[test]
fn errors_may_come_without_a_code_or_with_a_chain() {
    let error = refusal_of(members(
        400,
        r#"{"success":false,"errors":[{"message":"bad product"}]}"#,
    ));
    assert_eq!((error.code, error.message.as_str()), (None, "bad product"));
    let chained = r#"{"success":false,"errors":[{"code":6003,"message":"Invalid request headers",
        "error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]}]}"#;
    let error = refusal_of(members(400, chained));
    assert_eq!(
        error.message,
        "Invalid request headers; Invalid format for Authorization header"
    );
    assert_eq!(error.kind, ErrorKind::BadCredential);
}

#[test]
fn an_error_of_the_edge_is_told_by_its_status() {
    let error = refusal_of(members(502, "<html>502 Bad gateway</html>"));
    assert_eq!(
        (error.kind, error.message.as_str()),
        (ErrorKind::Transient, "Bad Gateway")
    );
    let problem = r#"{"title":"Bad gateway","status":502,"detail":"The origin failed."}"#;
    assert_eq!(
        refusal_of(members(502, problem)).message,
        "Bad gateway; The origin failed."
    );
    assert_eq!(refusal_of(members(524, "")).message, "no explanation");
}

#[test]
fn only_cloudflare_can_say_that_something_is_not_permitted_or_not_there() {
    let problem = r#"{"title":"Forbidden","status":403,"detail":"Blocked."}"#;
    for (status, body) in [
        (403, "<html>blocked</html>"),
        (403, problem),
        (404, "not here"),
        (410, ""),
    ] {
        assert_eq!(
            refusal_of(members(status, body)).kind,
            ErrorKind::Unexpected,
            "{status} {body}"
        );
    }
}

#[test]
fn a_text_without_end_is_cut() {
    let body = format!(
        r#"{{"success":false,"errors":[{{"code":1,"message":"{}"}}]}}"#,
        "é".repeat(9_999)
    );
    assert_eq!(
        refusal_of(members(400, &body)).message.chars().count(),
        MESSAGE_MAX
    );
}

#[test]
fn a_text_is_one_line_that_does_nothing_to_a_terminal() {
    let body = r#"{"success":false,"errors":[{"code":1,"message":"one\ntwo\u001b[2J"}]}"#;
    assert_eq!(refusal_of(members(400, body)).message, "one two [2J");
}

#[test]
fn what_is_no_answer_is_said_to_be_none() {
    let text = |answer: Result<Page<Member>, Error>| answer.unwrap_err().to_string();
    insta::assert_snapshot!(text(members(200, "<html>sign in</html>")), @r#"the answer for the members cannot be understood: it is not JSON but "<html>sign in</html>"..."#);
    insta::assert_snapshot!(text(members(200, "")), @"the answer for the members cannot be understood: it is empty");
    insta::assert_snapshot!(text(members(200, r#"{"success":true,"result":[{"id":7}]}"#)), @"the answer for the members cannot be understood: invalid type: integer `7`, expected a string at line 1 column 33");
    insta::assert_snapshot!(account(200, r#"{"success":true,"result":null}"#).unwrap_err(), @"the answer for the account cannot be understood: it has no result");
}

#[test]
fn totals_are_read_leniently() {
    let info = |text: &str| -> ResultInfo { serde_json::from_str(text).unwrap() };
    assert_eq!(
        info(r#"{"total_count":3,"per_page":"50","count":"1"}"#).per_page,
        Some(50)
    );
    assert_eq!(info(r#"{"total_count":null}"#).total_count, None);
    assert_eq!(info(r#"{"total_count":-1}"#).total_count, None);
    assert_eq!(
        info(r#"{"cursor":"","cursors":{"after":"x"}}"#).next_cursor(),
        Some("x")
    );
    assert_eq!(info(r#"{"cursor":"y"}"#).next_cursor(), Some("y"));
    assert_eq!(info(r#"{"cursors":{"after":""}}"#).next_cursor(), None);
    assert_eq!(info("{}").next_cursor(), None);
}
