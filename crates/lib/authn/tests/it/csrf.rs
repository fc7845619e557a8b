use authn::{Token, TokenKind, csrf_matches, csrf_token};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use crate::world::Seeded;

fn session(seed: u64) -> Token {
    Token::generate(TokenKind::Session, &Seeded::new(seed)).unwrap()
}

fn form(session: &Token) -> String {
    csrf_token(session).expose_secret().to_owned()
}

#[test]
fn a_form_is_good_for_its_own_session_only() {
    let (ours, theirs) = (session(1), session(2));
    assert_eq!(form(&ours), form(&session(1)));
    assert!(csrf_matches(&ours, &form(&ours)));
    assert!(!csrf_matches(&ours, &form(&theirs)));
    assert!(!csrf_matches(&ours, ""));
}

#[test]
fn a_form_does_not_give_the_session_away() {
    let session = session(1);
    let text = session.to_text();
    assert!(!text.expose_secret().contains(&form(&session)));
    insta::assert_snapshot!(form(&session));
}

proptest! {
    #[test]
    fn no_other_text_is_good(seed: u64, at: prop::sample::Index, to in prop::char::range('!', '~'), anything in ".*") {
        let session = session(seed);
        let good = form(&session);
        let at = at.index(good.len());
        let changed: String =
            good.chars().enumerate().map(|(here, is)| if here == at { to } else { is }).collect();
        prop_assert_eq!(csrf_matches(&session, &changed), changed == good);
        prop_assert!(!csrf_matches(&session, &anything));
        let cut: String = good.chars().take(at).collect();
        prop_assert!(!csrf_matches(&session, &cut));
    }
}
