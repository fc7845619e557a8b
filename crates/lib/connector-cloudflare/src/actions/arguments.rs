//! Arguments of actions.

use connector::{ConnectorError, ErrorKind, Mode};
use model::{Profile, ProfileValue};
use sealing::InvalidRecipient;

use super::schemas::DRY_RUN;

/// A text that must be given.
pub(super) fn text<'a>(arguments: &'a Profile, name: &str) -> Result<&'a str, ConnectorError> {
    let text = arguments.get(name).and_then(ProfileValue::as_text).map(str::trim);
    text.filter(|text| !text.is_empty()).ok_or_else(|| missing(name))
}

/// Texts of which at least one must be given.
pub(super) fn texts<'a>(arguments: &'a Profile, name: &str) -> Result<Vec<&'a str>, ConnectorError> {
    let texts = match arguments.get(name) {
        Some(ProfileValue::Text(text)) => vec![text.as_str()],
        Some(ProfileValue::List(items)) => {
            let texts = items.iter().map(ProfileValue::as_text).collect::<Option<_>>();
            texts.ok_or_else(|| missing(name))?
        }
        _ => Vec::new(),
    };
    if texts.is_empty() {
        Err(missing(name))
    } else {
        Ok(texts)
    }
}

/// Whether the action is only to say what it would do.
pub(super) fn mode(arguments: &Profile) -> Result<Mode, ConnectorError> {
    match arguments.get(DRY_RUN) {
        Some(ProfileValue::Bool(true)) => Ok(Mode::DryRun),
        None | Some(ProfileValue::Null | ProfileValue::Bool(false)) => Ok(Mode::Make),
        // Whoever writes anything else may have meant it.
        Some(_) => Err(ConnectorError::new(
            ErrorKind::InvalidArgument,
            format!("the argument {DRY_RUN} is neither true nor false"),
        )
        .with_code("argument-wrong")),
    }
}

fn missing(name: &str) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::InvalidArgument,
        format!("the argument {name} is missing, or is no text"),
    )
    .with_code("argument-missing")
    .with_hint("the action's schema lists what it takes")
}

/// A recipient is none.
pub(super) fn no_recipient(error: InvalidRecipient) -> ConnectorError {
    ConnectorError::new(
        ErrorKind::InvalidArgument,
        format!("a recipient cannot be used: {error}"),
    )
    .with_code(error.code())
    .with_hint(error.hint())
    .with_source(error)
}
