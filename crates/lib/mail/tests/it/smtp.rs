//! Letters that arrive.

use mail::{Address, Letter, SendError, Sender as _};
use testkit::smtp::{Options, SmtpServer};

use crate::world::{letter, lines_end_well, sender};

fn ada() -> (String, String) {
    ("ada@example.com".to_owned(), "p@ss/word".to_owned())
}

fn url(scheme: &str, server: &SmtpServer, rest: &str) -> String {
    format!(
        "{scheme}://ada%40example.com:p%40ss%2Fword@{}{rest}",
        server.address()
    )
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = SmtpServer::start().await;
    sender(&format!("smtp://{}", server.address()))
        .send(&letter())
        .await
        .unwrap();
    let received = server.wait_for(1).await.remove(0);
    assert_eq!(received.from, "rollcall@example.com");
    assert_eq!(received.to, ["ada@example.com"]);
    assert_eq!(received.subject(), letter().subject);
    assert_eq!(
        received.header("To").unwrap(),
        "\"Ada Lovelace\" <ada@example.com>"
    );
    assert_eq!(
        received.text().replace("\r\n", "\n").trim_end(),
        letter().text.trim_end()
    );
    assert_eq!(received.html(), letter().html);
    assert_eq!(
        received.link("http://127.0.0.1:8080/").unwrap(),
        "http://127.0.0.1:8080/link/rcl_abc"
    );
    assert!(lines_end_well(&received.content));
    assert!(!received.encrypted && received.user.is_none());
}

#[tokio::test]
async fn other_letters_than_a_to_z_and_single_dots_arrive() {
    let server = SmtpServer::start().await;
    let mut letter = letter();
    letter.to = letter.to.named("Zoë Müller, \"Zo\"");
    letter.subject = "Größe: 日本語 ✓ ".repeat(9).trim().to_owned();
    letter.text = "Grüße\r\n.\r\n..und ein Punkt\r\n.".to_owned();
    let sender = sender(&format!("smtp://{}", server.address()));
    sender.send(&letter).await.unwrap();
    let plain = Letter {
        text: ".\r\n..dots\r\n.\r\n".to_owned(),
        html: None,
        ..letter.clone()
    };
    sender.send(&plain).await.unwrap();
    let received = server.wait_for(2).await;
    assert_eq!(received[0].subject(), letter.subject);
    assert_eq!(received[0].text(), letter.text);
    assert!(received[0].header("To").unwrap().contains("Zoë Müller"));
    assert_eq!(received[1].text().trim_end(), plain.text.trim_end());
}

#[tokio::test]
async fn with_starttls_nobody_can_read_it_on_its_way() {
    let options = Options {
        starttls: true,
        user: Some(ada()),
        ..Options::default()
    };
    let server = SmtpServer::with(options).await;
    let sender = sender(&url("smtp", &server, "?tls=starttls"));
    let sender = sender.trusting(server.authority().as_bytes()).unwrap();
    sender.send(&letter()).await.unwrap();
    let received = server.wait_for(1).await.remove(0);
    assert!(received.encrypted);
    assert_eq!(received.user.unwrap(), "ada@example.com");
}

#[tokio::test]
async fn with_tls_from_the_start_it_arrives_as_well() {
    let server = SmtpServer::with(Options {
        tls: true,
        user: Some(ada()),
        ..Options::default()
    })
    .await;
    let sender = sender(&url("smtps", &server, ""));
    let sender = sender.trusting(server.authority().as_bytes()).unwrap();
    sender.send(&letter()).await.unwrap();
    assert!(server.wait_for(1).await.remove(0).encrypted);
}

#[tokio::test]
async fn old_servers_are_signed_in_to_as_well() {
    let options = Options {
        user: Some(ada()),
        mechanisms: "LOGIN".to_owned(),
        ..Options::default()
    };
    let server = SmtpServer::with(options).await;
    sender(&url("smtp", &server, "")).send(&letter()).await.unwrap();
    assert_eq!(
        server.wait_for(1).await.remove(0).user.unwrap(),
        "ada@example.com"
    );
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    for (scheme, rest, tls) in [("smtps", "", true), ("smtp", "?tls=starttls", false)] {
        let options = Options {
            tls,
            starttls: !tls,
            user: Some(ada()),
            ..Options::default()
        };
        let server = SmtpServer::with(options).await;
        let refused = sender(&url(scheme, &server, rest))
            .send(&letter())
            .await
            .unwrap_err();
        assert!(matches!(refused, SendError::Untrusted { .. }), "{refused:?}");
        assert!(server.letters().is_empty());
    }
}

#[tokio::test]
async fn without_the_encryption_that_is_asked_for_nothing_is_sent() {
    let server = SmtpServer::with(Options {
        user: Some(ada()),
        ..Options::default()
    })
    .await;
    let refused = sender(&url("smtp", &server, "?tls=starttls"))
        .send(&letter())
        .await
        .unwrap_err();
    assert!(matches!(refused, SendError::NoEncryption { .. }), "{refused:?}");
}

#[tokio::test]
async fn what_speaks_no_tls_is_not_trusted() {
    let server = SmtpServer::start().await;
    let refused = sender(&url("smtps", &server, ""))
        .send(&letter())
        .await
        .unwrap_err();
    assert!(matches!(refused, SendError::Untrusted { .. }), "{refused:?}");
}

#[tokio::test]
async fn an_address_that_the_server_does_not_know_how_to_write_is_said_to_be_one() {
    let server = SmtpServer::start().await;
    let letter = Letter {
        to: Address::parse("zoë@example.com").unwrap(),
        ..letter()
    };
    let refused = sender(&format!("smtp://{}", server.address()))
        .send(&letter)
        .await
        .unwrap_err();
    assert!(matches!(refused, SendError::Unsupported { .. }), "{refused:?}");
    assert!(refused.is_permanent());
}

#[test]
fn what_is_no_certificate_is_refused() {
    let refused = sender("smtp://localhost")
        .trusting(b"-----BEGIN NOTHING-----")
        .unwrap_err();
    assert_eq!(refused, mail::InvalidServer::Authority);
}

#[tokio::test]
async fn a_greeting_shows_whether_we_are_let_in_and_sends_nothing() {
    let server = SmtpServer::start().await;
    let sender = sender(&format!("smtp://{}", server.address()));
    sender.greet().await.unwrap();
    sender.send(&letter()).await.unwrap();
    assert_eq!(server.wait_for(1).await.len(), 1);
}
