//! Access tokens.

use std::time::Duration;

use bytes::Bytes;
use chrono::DateTime;
use http::{Response, StatusCode};
use insta::assert_snapshot;
use task_protocol::ClientSecret;
use task_protocol::assertion::Assertion;

use super::support::{NOW, Office, Plan, grant_task};

fn refused(status: StatusCode, date: Option<i64>) -> Response<Bytes> {
    let body = r#"{"error":"invalid_client","error_description":"no such client"}"#;
    let mut answer = Response::builder().status(status);
    if let Some(date) = date {
        let date = DateTime::from_timestamp(date, 0).unwrap();
        answer = answer.header("date", date.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    answer.body(body.into()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_token_is_asked_for_with_an_assertion_and_used_for_all_calls() {
    let office = Office::new(Plan::default());
    office.run(&[60]).await.unwrap();
    let asked = office.tokens.asked();
    assert_eq!(asked.len(), 1);
    let form = asked[0].split_once(' ').unwrap().1.split_once(' ').unwrap();
    assert_eq!(form.0, "https://rollcall.example.com:8443/auth/v1/token");
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(form.1.as_bytes())
        .into_owned()
        .collect();
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "client_assertion",
            "client_assertion_type",
            "client_id",
            "grant_type"
        ]
    );
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    let assertion = Assertion::parse(&fields[0].1).unwrap();
    let key = ClientSecret::generate([7; 32]).public_key();
    assert!(assertion.verify(&key, &["rollcall.example.com"], now).is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_its_end() {
    let office = Office::new(Plan {
        next_poll: Some(5),
        ..Plan::default()
    });
    office.tokens.let_last(40);
    office.run(&[100]).await.unwrap();
    assert_eq!(office.tokens.given(), 4);
    assert_eq!(office.plane.count("refuses"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_renewed_once() {
    let office = Office::new(Plan {
        accepts_from: 2,
        next_poll: Some(60),
        ..Plan::default()
    });
    assert_snapshot!(office.conversation(1).await, @"
    0 refuses token-1
    0 hello
    0 get task: nothing
    ");
    let office = Office::new(Plan {
        accepts_from: 1000,
        ..Plan::default()
    });
    let error = office.run(&[60]).await.unwrap_err();
    assert_eq!((error.exit_code(), office.tokens.given()), (16, 2));
}

#[tokio::test(start_paused = true)]
async fn many_calls_at_once_share_a_renewal() {
    let office = Office::new(Plan {
        tasks: ["a", "b", "c"].map(grant_task).into(),
        next_poll: Some(0),
        ..Plan::default()
    });
    office.tokens.let_last(40);
    office.run(&[1]).await.unwrap();
    assert_eq!(office.tokens.given(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_is_not_known_ends_the_process() {
    for status in [
        StatusCode::BAD_REQUEST,
        StatusCode::UNAUTHORIZED,
        StatusCode::FORBIDDEN,
    ] {
        let office = Office::new(Plan::default());
        office.tokens.answer_first(Ok(refused(status, Some(NOW - 59))));
        let error = office.run(&[60]).await.unwrap_err();
        assert_eq!(error.exit_code(), 16);
        assert_eq!(
            error.to_string(),
            format!(
                "running as a service ended: the control plane does not accept the client id and secret: no such \
                 client (HTTP status {})",
                status.as_u16()
            )
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_is_told_and_waited_for() {
    let office = Office::new(Plan::default());
    office
        .tokens
        .answer_first(Ok(refused(StatusCode::UNAUTHORIZED, Some(NOW + 300))));
    office
        .tokens
        .answer_first(Ok(refused(StatusCode::UNAUTHORIZED, Some(NOW - 3600))));
    office.run(&[60]).await.unwrap();
    assert_eq!(office.plane.count("hello"), 1);

    let session = Office::new(Plan::default());
    session
        .tokens
        .answer_first(Ok(refused(StatusCode::UNAUTHORIZED, Some(NOW + 300))));
    let error = session
        .service
        .plane
        .hello(session.service.hello.clone())
        .await
        .unwrap_err();
    assert_snapshot!(error.hint(), @"this machine's clock is 300 s behind the control plane's; set it right");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_about_the_client_is_tried_again() {
    let answers = [
        Ok(refused(StatusCode::SERVICE_UNAVAILABLE, None)),
        Ok(refused(StatusCode::NOT_FOUND, None)),
        Ok(Response::new("<html>".into())),
        Ok(Response::new(r#"{"access_token":""}"#.into())),
        Err(http_client::Error::Timeout {
            host: "rollcall.example.com:8443".to_owned(),
            after: Duration::from_secs(30),
        }),
        Err(http_client::Error::Tls {
            host: "rollcall.example.com:8443".to_owned(),
            reason: "invalid peer certificate: UnknownIssuer".to_owned(),
        }),
    ];
    let mut told = Vec::new();
    for answer in answers {
        let office = Office::new(Plan::default());
        office.tokens.answer_first(answer.clone());
        let error = office
            .service
            .plane
            .hello(office.service.hello.clone())
            .await
            .unwrap_err();
        told.push(format!("{error}\n  {}", error.hint()));
        office.tokens.answer_first(answer);
        office.run(&[60]).await.unwrap();
        assert_eq!(office.plane.count("hello"), 1);
    }
    assert_snapshot!(told.join("\n"), @"
    https://rollcall.example.com:8443/auth/v1/token answers with HTTP status 503
      check that this is the address of a control plane, and that it is up
    https://rollcall.example.com:8443/auth/v1/token answers with HTTP status 404
      check that this is the address of a control plane, and that it is up
    the control plane answers, but not with a token
      check that this is the address of a control plane
    the control plane answers, but not with a token
      check that this is the address of a control plane
    rollcall.example.com:8443 did not answer within 30 s
      try again; if it stays like this, check the network between here and the server
    cannot make a trusted connection to rollcall.example.com:8443: invalid peer certificate: UnknownIssuer
      if the control plane has a certificate of its own authority, name that authority's PEM file in SSL_CERT_FILE; otherwise check this machine's clock and its trusted certificates
    ");
}
