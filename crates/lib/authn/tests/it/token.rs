use std::collections::HashSet;
use std::fmt::Write as _;

use authn::{InvalidToken, Token, TokenHash, TokenKind};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use crate::world::{Dry, Seeded};

const KINDS: [TokenKind; 3] = [TokenKind::Session, TokenKind::ApiKey, TokenKind::Link];

fn text(token: &Token) -> String {
    token.to_text().expose_secret().to_owned()
}

#[test]
fn scanners_know_each_kind_by_its_beginning() {
    let random = Seeded::new(1);
    let tokens = KINDS.map(|kind| text(&Token::generate(kind, &random).unwrap()));
    insta::assert_snapshot!(tokens.join("\n"));
}

#[test]
fn a_token_of_one_kind_is_none_of_another() {
    let session = Token::generate(TokenKind::Session, &Seeded::new(1)).unwrap();
    let renamed = Token::parse(&text(&session).replace("rcs_", "rck_")).unwrap();
    assert_eq!(renamed.kind(), TokenKind::ApiKey);
    assert!(renamed.hash() != session.hash());
}

/// `printf %s rcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | sha256sum`
#[test]
fn what_is_kept_is_the_sha_256_of_the_text() {
    let token = Token::parse("rcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    let mut hex = String::new();
    for byte in token.hash().as_bytes() {
        write!(hex, "{byte:02x}").unwrap();
    }
    assert_eq!(
        hex,
        "4c7eabeb92a08934d4f3d149f511bbbb740f8467b299239bcb24684938655db4"
    );
}

#[test]
fn what_is_no_token_is_refused() {
    let whole = text(&Token::generate(TokenKind::Link, &Seeded::new(1)).unwrap());
    let (short, long, padded, spaced) = (
        whole.strip_suffix(|_| true).unwrap(),
        format!("{whole}A"),
        format!("{whole}="),
        format!(" {whole}"),
    );
    for wrong in [
        "",
        "rcl_",
        whole.strip_prefix("rcl_").unwrap(),
        short,
        &long,
        &padded,
        &spaced,
        &whole.replace("rcl", "rcx"),
    ] {
        assert_eq!(Token::parse(wrong).unwrap_err(), InvalidToken, "{wrong}");
    }
}

#[test]
fn without_randomness_there_is_no_token() {
    assert!(Token::generate(TokenKind::Session, &Dry).is_err());
}

#[test]
fn nothing_secret_is_printed() {
    let token = Token::generate(TokenKind::Session, &Seeded::new(1)).unwrap();
    let printed = format!("{token:?} {:?}", token.hash());
    assert_eq!(printed, "Token { kind: Session, .. } TokenHash(..)");
}

proptest! {
    #[test]
    fn a_token_is_found_by_its_hash(seeds in prop::collection::hash_set(any::<u64>(), 1..20)) {
        let tokens: Vec<Token> = seeds
            .iter()
            .zip(KINDS.iter().cycle())
            .map(|(seed, kind)| Token::generate(*kind, &Seeded::new(*seed)).unwrap())
            .collect();
        let stored: HashSet<TokenHash> =
            tokens.iter().map(|token| TokenHash::from_bytes(*token.hash().as_bytes())).collect();
        prop_assert_eq!(stored.len(), tokens.len());
        for token in &tokens {
            let shown = Token::parse(&text(token)).unwrap();
            prop_assert_eq!(shown.kind(), token.kind());
            prop_assert!(stored.contains(&shown.hash()));
        }
    }

    #[test]
    fn any_text_is_refused_in_an_orderly_way(text in "(rc[skl]_)?[A-Za-z0-9_=-]{0,50}") {
        drop(Token::parse(&text));
    }
}
