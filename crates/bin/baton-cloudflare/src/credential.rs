//! What identifies us to Cloudflare.

use cloudflare::Credential;
use runner::{Group, Problem, Values};
use secrecy::{ExposeSecret, SecretString};

use crate::definition::API_KEY_GROUP;

/// The credential of the group; an empty one when it is missing, which the program reports by itself.
pub(crate) fn read(values: &Values, group: Option<&Group>) -> Result<Credential, Problem> {
    if group.is_some_and(|group| group.name == API_KEY_GROUP) {
        let email = values.text("email-id").trim().to_owned();
        return Ok(Credential::GlobalKey {
            email,
            key: secret("api-key", values)?,
        });
    }
    secret("api-token", values).map(Credential::ApiToken)
}

/// A secret without the line feed that files and shells leave at its end.
fn secret(name: &str, values: &Values) -> Result<SecretString, Problem> {
    let text = values
        .secret(name)
        .map(|secret| secret.expose_secret().trim())
        .unwrap_or_default();
    if text.chars().all(|letter| letter.is_ascii_graphic()) {
        return Ok(text.into());
    }
    Err(Problem::new(format!(
        "{name} contains spaces or letters that no credential of Cloudflare has"
    ))
    .given_by(values.origin(name))
    .hint("copy it again, without quotation marks and line breaks"))
}
