use mail::{Address, InvalidAddress};
use proptest::prelude::*;

#[test]
fn addresses_are_read_with_and_without_a_name() {
    let plain = Address::parse(" ada@example.com ").unwrap();
    assert_eq!(
        (plain.email(), plain.domain(), plain.name()),
        ("ada@example.com", "example.com", None)
    );
    let named = Address::parse("Ada Lovelace <ada@example.com>").unwrap();
    assert_eq!(
        (named.email(), named.name()),
        ("ada@example.com", Some("Ada Lovelace"))
    );
    assert_eq!(plain.named(" Ada \r\n Lovelace "), named);
    assert_eq!(named.clone().named(" \n").name(), None);
    assert_eq!(named.to_string().parse(), Ok(named));
}

#[test]
fn what_is_no_address_is_refused() {
    let long = format!("{}@example.com", "a".repeat(300));
    for wrong in [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example.com, eve@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "Ada\r\nBcc: eve@example.com <ada@example.com>",
        "ada@example.com> SIZE=1\r\nRCPT TO:<eve@example.com",
        "ada\0@example.com",
        long.as_str(),
    ] {
        assert_eq!(Address::parse(wrong), Err(InvalidAddress), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn an_address_that_is_taken_is_one_line_without_what_smtp_could_take_for_its_own(text in "[a-z<>@. \"\\\\,;:\r\n\0\u{85}-]{0,40}") {
        if let Ok(address) = Address::parse(&text) {
            prop_assert!(!address.to_string().contains(char::is_control));
            prop_assert!(!address.domain().contains(['<', '>', ' ', '@']));
        }
    }
}
