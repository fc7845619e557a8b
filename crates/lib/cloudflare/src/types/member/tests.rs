use super::*;

fn member(user: &str, rest: &str) -> Member {
    serde_json::from_str(&format!(
        r#"{{"id":"m1","user":{user},"status":"pending"{rest}}}"#
    ))
    .unwrap()
}

#[test]
fn every_form_of_no_user_yet_is_none() {
    for user in [
        r#"{"id":null,"email":"a@example.com"}"#,
        r#"{"id":"00000000000000000000000000000000","email":"a@example.com"}"#,
        r#"{"id":"","email":"a@example.com"}"#,
        r#"{"email":"a@example.com"}"#,
    ] {
        assert_eq!(member(user, "").user.id, None, "{user}");
    }
    let known = member(r#"{"id":"00000000000000000000000000000001"}"#, "");
    assert_eq!(
        known.user.id,
        Some(UserId::new("00000000000000000000000000000001"))
    );
}

#[test]
fn the_address_is_found_wherever_it_is() {
    assert_eq!(member(r#"{"email":"a@example.com"}"#, "").email, "a@example.com");
    assert_eq!(member("{}", r#","email":"b@example.com""#).email, "b@example.com");
    assert_eq!(
        member("null", r#","email":"b@example.com""#).email,
        "b@example.com"
    );
    assert_eq!(
        member(r#"{"email":"a@example.com"}"#, r#","email":"b@example.com""#).email,
        "a@example.com"
    );
    assert_eq!(member("{}", "").email, "");
}

#[test]
fn a_status_of_tomorrow_survives() {
    let status = MemberStatus::from("suspended");
    assert_eq!(status, MemberStatus::Unknown("suspended".into()));
    assert_eq!(serde_json::to_string(&status).unwrap(), r#""suspended""#);
}

#[test]
fn a_role_decodes_whatever_form_its_flags_have() {
    for flags in [
        r#"{"dns":{"read":true,"edit":false}}"#,
        r##"["#zones:read"]"##,
        "null",
        "{}",
    ] {
        let role: Role =
            serde_json::from_str(&format!(r#"{{"id":"r1","name":"DNS","permissions":{flags}}}"#)).unwrap();
        assert_eq!(role.name, "DNS");
    }
}
