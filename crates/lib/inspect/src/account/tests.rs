use super::*;
use crate::fixture::{Records, at, moment};

#[test]
fn people_hold_rights_and_memberships() {
    let account = Records::company().account();
    let carol = account
        .people
        .iter()
        .find(|person| person.id.object.as_str() == "carol")
        .unwrap();
    let rights: Vec<String> = carol
        .rights()
        .map(|held| format!("{} {}", held.right.phrase(), held.why()))
        .collect();
    assert_eq!(
        rights,
        [
            "DNS directly",
            "Domain DNS on Production zones directly and through Platform"
        ]
    );
    assert_eq!(carol.groups().count(), 1);
}

#[test]
fn a_token_is_judged_by_its_word_and_its_end() {
    let account = Records::company().account();
    let mut token = account.tokens[0].clone();
    assert_eq!(token.state(moment()), TokenState::Active);
    token.expires_at = Some(at("2026-11-23T12:00:00Z"));
    assert_eq!(token.state(moment()), TokenState::Expired);
    assert_eq!(account.tokens[1].state(moment()), TokenState::Disabled);
}

#[test]
fn a_grant_to_nobody_is_left_out() {
    let mut records = Records::company();
    records
        .resources
        .retain(|resource| resource.id.object.as_str() != "carol");
    assert_eq!(records.account().people.len(), 6);
}
