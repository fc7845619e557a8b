//! A letter as it travels (RFC 5322).

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{MultiPart, SinglePart};

use crate::address::one_line;
use crate::{Address, Letter, SendError};

/// Says that nobody need tell us that they are on holiday (RFC 3834).
const AUTOMATIC: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// The letter with its envelope. The same letter always is the same message, byte by byte.
pub(crate) fn message(letter: &Letter, from: &Address) -> Result<Message, SendError> {
    let id = &letter.id;
    let builder = Message::builder()
        .message_id(Some(format!("<{id}@{}>", from.domain())))
        .date(letter.written.into())
        .from(from.mailbox())
        .to(letter.to.mailbox())
        .subject(one_line(&letter.subject))
        .raw_header(automatic());
    let text = SinglePart::plain(lines(&letter.text));
    let message = match &letter.html {
        None => builder.singlepart(text),
        Some(html) => builder.multipart(
            MultiPart::alternative()
                .boundary(format!("part-of-{id}"))
                .singlepart(text)
                .singlepart(
                    SinglePart::builder()
                        .header(ContentType::TEXT_HTML)
                        .body(lines(html)),
                ),
        ),
    };
    message.map_err(|source| SendError::NotWritten {
        source: source.into(),
    })
}

/// One kind of line end, which the library turns into that of mail. A carriage return alone would stay as it is, and is
/// a line end for some servers and not for others, which lets a text say what only servers should say.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn automatic() -> HeaderValue {
    let (name, value) = AUTOMATIC;
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
