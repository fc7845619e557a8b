//! Letters that do not arrive, or not yet.

use std::time::Duration;

use mail::{SendError, Sender as _};
use testkit::smtp::{Moment, Options, SmtpServer, Trouble};
use tokio::net::TcpListener;

use crate::world::{letter, sender};

const MOMENTS: [Moment; 7] = [
    Moment::Connected,
    Moment::Hello,
    Moment::SignIn,
    Moment::Sender,
    Moment::Recipient,
    Moment::Data,
    Moment::Letter,
];

async fn server() -> (SmtpServer, mail::Smtp) {
    let user = Some(("ada".to_owned(), "secret".to_owned()));
    let server = SmtpServer::with(Options {
        user,
        ..Options::default()
    })
    .await;
    let sender = sender(&format!("smtp://ada:secret@{}", server.address()));
    (server, sender)
}

fn refuse(code: u16) -> Trouble {
    Trouble::Refuse(code, "5.1.1 not\u{1b}[31m this one".to_owned())
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_taken_later() {
    let (server, sender) = server().await;
    for moment in MOMENTS {
        server.misbehave(moment, refuse(451));
        let refused = sender.send(&letter()).await.unwrap_err();
        assert!(
            matches!(refused, SendError::Later { .. }),
            "{moment:?}: {refused:?}"
        );
        assert!(!refused.is_permanent());
    }
    server.behave();
    sender.send(&letter()).await.unwrap();
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_that_is_refused_stays_refused() {
    let (server, sender) = server().await;
    for moment in [Moment::Sender, Moment::Recipient, Moment::Data, Moment::Letter] {
        server.misbehave(moment, refuse(550));
        let refused = sender.send(&letter()).await.unwrap_err();
        assert!(refused.is_permanent(), "{moment:?}: {refused:?}");
        let said = refused.to_string();
        assert!(
            said.ends_with("refuses the letter: 550 5.1.1 not [31m this one"),
            "{said}"
        );
    }
    assert!(server.letters().is_empty());
}

#[tokio::test]
async fn a_server_that_lets_nobody_in_says_nothing_about_the_letter() {
    let (server, sender) = server().await;
    for moment in [Moment::Connected, Moment::Hello] {
        server.misbehave(moment, refuse(554));
        let refused = sender.send(&letter()).await.unwrap_err();
        assert!(
            matches!(refused, SendError::Later { .. }),
            "{moment:?}: {refused:?}"
        );
    }
    server.misbehave(Moment::SignIn, refuse(535));
    let refused = sender.send(&letter()).await.unwrap_err();
    assert!(
        matches!(refused, SendError::SignIn { .. }) && !refused.is_permanent(),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_wrong_password_is_said_to_be_one_and_not_repeated() {
    let (server, _) = server().await;
    let sender = sender(&format!("smtp://ada:hunter2@{}", server.address()));
    let refused = sender.send(&letter()).await.unwrap_err();
    assert!(matches!(refused, SendError::SignIn { .. }), "{refused:?}");
    assert!(!format!("{refused} {refused:?} {sender:?}").contains("hunter2"));
    let refused = sender.greet().await.unwrap_err();
    assert!(matches!(refused, SendError::SignIn { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_offers_no_way_to_sign_in_is_no_reason_to_give_the_letter_up() {
    let server = SmtpServer::start().await;
    let sender = sender(&format!("smtp://ada:secret@{}", server.address()));
    let refused = sender.send(&letter()).await.unwrap_err();
    assert!(matches!(refused, SendError::SignIn { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_tried_again() {
    let (server, sender) = server().await;
    for moment in MOMENTS {
        server.misbehave(moment, Trouble::HangUp);
        let refused = sender.send(&letter()).await.unwrap_err();
        assert!(
            matches!(refused, SendError::Unreachable { .. }),
            "{moment:?}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for_without_end() {
    let (server, sender) = server().await;
    let sender = sender.with_patience(Duration::from_millis(300));
    for moment in [Moment::Connected, Moment::Recipient, Moment::Letter] {
        server.misbehave(moment, Trouble::Silence);
        let refused = sender.send(&letter()).await.unwrap_err();
        assert!(
            matches!(refused, SendError::Silent { .. }),
            "{moment:?}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = sender(&format!("smtp://{gone}"))
        .send(&letter())
        .await
        .unwrap_err();
    assert!(matches!(refused, SendError::Unreachable { .. }), "{refused:?}");
}
