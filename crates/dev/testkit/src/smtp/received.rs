//! A letter that has arrived.

use mailparse::{MailHeaderMap as _, ParsedMail, parse_mail};

/// A letter that has arrived, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Whose the envelope says it is.
    pub from: String,
    /// Whom the envelope is for.
    pub to: Vec<String>,
    /// As whom the sender had signed in.
    pub user: Option<String>,
    /// Whether nobody could read it on its way.
    pub encrypted: bool,
    /// Header and body as they came, dots taken out.
    pub content: Vec<u8>,
}

impl Received {
    /// A header field, decoded; the first one of that name.
    pub fn header(&self, name: &str) -> Option<String> {
        self.mail().headers.get_first_value(name)
    }

    /// The subject.
    pub fn subject(&self) -> String {
        self.header("Subject").unwrap_or_default()
    }

    /// What is to be read without markup.
    pub fn text(&self) -> String {
        part(&self.mail(), "text/plain").unwrap_or_default()
    }

    /// What is to be read with markup.
    pub fn html(&self) -> Option<String> {
        part(&self.mail(), "text/html")
    }

    /// The first link in the text that leads to `start`, such as `http://127.0.0.1:8080/`.
    pub fn link(&self, start: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(start)?;
        let rest = rest.split(char::is_whitespace).next().unwrap_or_default();
        Some(format!("{start}{rest}"))
    }

    #[expect(clippy::expect_used, reason = "a test with such a letter has failed")]
    fn mail(&self) -> ParsedMail<'_> {
        parse_mail(&self.content).expect("the letter has a header and a body")
    }
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> Option<String> {
    if mail.ctype.mimetype == kind {
        return mail.get_body().ok();
    }
    mail.subparts.iter().find_map(|inner| part(inner, kind))
}
