use mail::{InvalidServer, SmtpServer};
use proptest::prelude::*;
use secrecy::SecretString;

fn parse(text: &str) -> Result<SmtpServer, InvalidServer> {
    SmtpServer::parse(&SecretString::from(text))
}

#[test]
fn servers_are_read_as_people_write_them() {
    let read = [
        "smtp://mail.example.com",
        "smtps://mail.example.com",
        "smtp://mail.example.com:2525/",
        "smtp://ada%40example.com:p%40ss%2Fword@mail.example.com",
        "smtp://localhost:1025",
        "smtp://127.0.0.1",
        "smtp://[::1]:1025",
        "smtp://localhost?tls=starttls",
        "smtp://relay?tls=none",
    ];
    let lines = read.map(|text| format!("{text}\n  {:?}", parse(text).unwrap()));
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn each_mistake_is_named() {
    use InvalidServer::{Contradiction, Form, HalfUser, Rest, Scheme};
    for (text, mistake) in [
        ("", Form),
        ("mail.example.com", Form),
        ("smtp://", Form),
        ("smtp://ma%0Dil", Form),
        ("smtp://ada:p%ff@mail.example.com", Form),
        ("smtp://ada:pa/ss@mail.example.com", Form),
        ("https://mail.example.com", Scheme),
        ("smtp://ada@mail.example.com", HalfUser),
        ("smtp://:secret@mail.example.com", HalfUser),
        ("smtp://mail.example.com/inbox", Rest),
        ("smtp://mail.example.com?tls=maybe", Rest),
        ("smtp://mail.example.com#tls", Rest),
        ("smtps://mail.example.com?tls=none", Contradiction),
    ] {
        assert_eq!(parse(text).unwrap_err(), mistake, "{text}");
    }
}

#[test]
fn every_mistake_says_what_to_write() {
    use InvalidServer::{Authority, Contradiction, Form, HalfUser, Rest, Scheme};
    let all = [Form, Scheme, HalfUser, Rest, Contradiction, Authority];
    insta::assert_snapshot!(all.map(|mistake| mistake.to_string()).join("\n"));
}

proptest! {
    #[test]
    fn a_password_is_never_repeated(before in "[a-z:/@?#%.]{0,20}", after in "[a-z:/@?#%.]{0,20}") {
        let said = match parse(&format!("smtp://ada:{before}hunter2{after}@mail.example.com")) {
            Ok(server) => format!("{server:?} {server}"),
            Err(mistake) => format!("{mistake:?} {mistake}"),
        };
        prop_assert!(!said.contains("hunter2"), "{}", said);
    }
}
