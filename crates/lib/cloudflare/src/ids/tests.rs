use super::*;

#[test]
fn an_account_id_is_32_lower_case_hex_characters() {
    let text = "bd4a016a06b15839978fe790cd939c3e";
    assert_eq!(AccountId::parse(text).unwrap().as_str(), text);
    assert_eq!(AccountId::parse(""), Err(InvalidAccountId::Empty));
    assert_eq!(AccountId::parse("bd4a"), Err(InvalidAccountId::Length(4)));
    assert_eq!(
        AccountId::parse(&text.to_uppercase()),
        Err(InvalidAccountId::Character('B'))
    );
    assert_eq!(
        AccountId::parse(&format!(" {text}")),
        Err(InvalidAccountId::Character(' '))
    );
}

#[test]
fn ids_travel_as_plain_text() {
    let id: MemberId = serde_json::from_str(r#""some-new-form""#).unwrap();
    assert_eq!(id.to_string(), "some-new-form");
    assert_eq!(serde_json::to_string(&id).unwrap(), r#""some-new-form""#);
}
