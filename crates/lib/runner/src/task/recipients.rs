//! Whom a new secret is sealed for.

use connector::Mode;
use sealing::{InvalidRecipient, Recipient};

use crate::input::Values;
use crate::problem::Problem;

const NAME: &str = "recipient";

/// The recipients. A secret that nobody can open would be lost, so there must be one before anything is replaced.
pub(super) fn read(values: &Values, mode: Mode) -> Result<Vec<Recipient>, Vec<Problem>> {
    let given = values.list(NAME);
    if given.is_empty() && mode == Mode::Make {
        return Err(vec![
            Problem::new("nobody is named to receive the new secret, and it would be lost").hint(
                "add --recipient with an age recipient (age1...), an ssh-ed25519 key, a public JWK, or @file",
            ),
        ]);
    }
    let (mut recipients, mut problems) = (Vec::new(), Vec::new());
    for text in given {
        match several(text, values) {
            Ok(keys) => recipients.extend(keys),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(recipients)
    } else {
        Err(problems)
    }
}

/// A key, or the keys of a file.
fn several(text: &str, values: &Values) -> Result<Vec<Recipient>, Problem> {
    let problem = |text: String| Problem::new(text).given_by(values.origin(NAME));
    let unusable =
        |error: InvalidRecipient, place: &str| problem(format!("{place}: {error}")).hint(error.hint());
    let Some(path) = text.strip_prefix('@') else {
        let recipient = Recipient::parse(text).map_err(|error| unusable(error, NAME))?;
        return Ok(vec![recipient]);
    };
    let content = std::fs::read_to_string(path).map_err(|error| {
        problem(format!("{NAME}: cannot read {path}: {error}")).hint("name a file that holds public keys")
    })?;
    let keys = keys(&content).map(Recipient::parse);
    let keys: Vec<Recipient> = keys
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(error, &format!("{NAME}: {path}")))?;
    if keys.is_empty() {
        return Err(
            problem(format!("{NAME}: {path} holds no key")).hint("write one public key a line into it")
        );
    }
    Ok(keys)
}

/// One key a line, `#` before a remark; or one JSON Web Key, however many lines it takes.
fn keys(content: &str) -> impl Iterator<Item = &str> {
    let whole = Some(content.trim()).filter(|text| text.starts_with('{'));
    let lines = content.lines().map(str::trim).filter(move |_| whole.is_none());
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    whole.into_iter().chain(lines)
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_file_holds_a_key_a_line_or_one_json_web_key() {
        let lines: Vec<&str> = keys("# ops\nage1abc\n\n  ssh-ed25519 AAAA me@example.com\n").collect();
        assert_eq!(lines, ["age1abc", "ssh-ed25519 AAAA me@example.com"]);
        let whole: Vec<&str> = keys("{\n \"kty\": \"OKP\"\n}\n").collect();
        assert_eq!(whole, ["{\n \"kty\": \"OKP\"\n}"]);
    }
}
