//! How a process gets its settings: as one line of JSON on its standard input, which no other process can look at, as
//! opposed to arguments, files and environment variables.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use secrecy::{ExposeSecret as _, SecretString};

/// The most bytes of the line.
const MOST: u64 = 1 << 20;

/// The line for these settings. What is there several times counts as it is there last.
pub(crate) fn line<'a>(settings: impl IntoIterator<Item = (&'a str, &'a SecretString)>) -> SecretString {
    let map = settings
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.expose_secret().into()));
    let map: serde_json::Map<String, serde_json::Value> = map.collect();
    format!("{}\n", serde_json::Value::Object(map)).into()
}

/// Takes the settings, in the process.
///
/// # Errors
/// When there is no such line.
pub fn receive(input: impl BufRead) -> io::Result<BTreeMap<String, String>> {
    let mut line = String::new();
    input.take(MOST).read_line(&mut line)?;
    if !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_str(&line).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_arrive_as_they_were_and_nothing_behind_them_is_taken() {
        let settings = [
            ("BATON_API_TOKEN", SecretString::from("a \"b\"\nc ä")),
            ("BATON_ACCOUNT_ID", "old".into()),
            ("BATON_ACCOUNT_ID", "new".into()),
        ];
        let line = line(settings.iter().map(|(name, value)| (*name, value)));
        let sent = format!("{}more", line.expose_secret());
        let mut input = sent.as_bytes();
        let received = receive(&mut input).unwrap();
        let expected = [("BATON_ACCOUNT_ID", "new"), ("BATON_API_TOKEN", "a \"b\"\nc ä")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(received, expected.into());
        assert_eq!(input, b"more");
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in ["", "{}", "[]\n", "{\"a\":1}\n", "hello\n"] {
            assert!(receive(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(receive(io::BufReader::new(io::repeat(b'x'))).is_err());
    }
}
