//! What the tests share.

use mail::{Address, Letter, Smtp, SmtpServer};

pub(crate) fn from() -> Address {
    Address::parse("Rollcall <rollcall@example.com>").unwrap()
}

pub(crate) fn letter() -> Letter {
    Letter {
        id: "2XcHUH9kZzVwNSfMhyp3oYhKtbA".parse().unwrap(),
        written: "2026-03-02T10:15:30Z".parse().unwrap(),
        to: Address::parse("Ada Lovelace <ada@example.com>").unwrap(),
        subject: "Set up the connector Cloudflare".to_owned(),
        text: "Your help is needed.\n\nhttp://127.0.0.1:8080/link/rcl_abc\n\nRollcall\n".to_owned(),
        html: Some("<p>Your help is needed.</p>".to_owned()),
    }
}

/// Sends to the server that is at this URL.
pub(crate) fn sender(url: &str) -> Smtp {
    Smtp::new(SmtpServer::parse(&url.into()).unwrap(), from())
}

/// Has each of its lines end as lines of mail do.
pub(crate) fn lines_end_well(message: &[u8]) -> bool {
    let text = String::from_utf8(message.to_vec()).unwrap();
    !text.replace("\r\n", "").contains(['\r', '\n'])
}
