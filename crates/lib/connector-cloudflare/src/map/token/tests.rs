use super::*;
use crate::map::testing::{names, render, sample};

#[test]
fn tokens_say_what_they_may_do() {
    let tokens: Vec<AccountToken> = sample("account-tokens-list-include-expired.json");
    let more: Vec<AccountToken> = sample("account-tokens-list.json");
    let creator = Some(ResourceId::new("user", "6f78c26f9dcc373f338f4f68f2e27b00"));
    let mut records = vec![connector::Record::Resource(resource(
        &tokens[1],
        creator,
        &names(),
    ))];
    records.extend(
        more.iter()
            .map(|token| connector::Record::Resource(resource(token, None, &names()))),
    );
    insta::assert_snapshot!(render(&records));
}

#[test]
fn names_of_zones_are_needed_for_single_zones_only() {
    let tokens: Vec<AccountToken> = sample("account-tokens-list.json");
    let needed: Vec<bool> = tokens.iter().map(needs_zone_names).collect();
    assert_eq!(needed, [false, false, true]);
}

#[test]
fn places_of_all_forms_are_described() {
    let policy = |resources: &str| -> TokenPolicy {
        let json =
            format!(r#"{{"effect":"allow","permission_groups":[{{"id":"p1"}}],"resources":{resources}}}"#);
        serde_json::from_str(&json).unwrap()
    };
    let cases = [
        r#"{"com.cloudflare.api.account.*":"*"}"#,
        r#"{"com.cloudflare.api.account.0000":"*"}"#,
        r#"{"com.cloudflare.api.account.zone.*":"*"}"#,
        r#"{"com.cloudflare.api.account.zone.eb02c9c1b9f74acc8403be6684d966c1":"*"}"#,
        r#"{"com.cloudflare.api.user.u1":"*"}"#,
        r#"{"com.cloudflare.edge.r2.bucket.a_default_b":"*"}"#,
        r#"{"com.example.thing":{"deeper":7}}"#,
        r#"{"com.cloudflare.api.account.0000":{"com.cloudflare.api.account.zone.*":"*"}}"#,
    ];
    let texts: Vec<String> = cases
        .iter()
        .map(|case| describe(&policy(case), &names()))
        .collect();
    insta::assert_debug_snapshot!(texts);
}
