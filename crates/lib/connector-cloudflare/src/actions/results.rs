//! Results of actions.

use connector::{Account, AccountOutcome, Call, Change, Changed, Rotated};
use model::{Profile, ProfileValue};
use sealing::Sealed;

/// A change.
pub(super) fn changed(changed: &Changed) -> Profile {
    let Change {
        title,
        before,
        after,
        calls,
    } = &changed.change;
    let notes = changed.notes.iter().map(|note| note.message.clone());
    Profile::from([
        ("effect".to_owned(), changed.effect.as_str().into()),
        ("title".to_owned(), title.as_str().into()),
        ("before".to_owned(), ProfileValue::texts(before.clone())),
        ("after".to_owned(), ProfileValue::texts(after.clone())),
        ("calls".to_owned(), ProfileValue::texts(calls.iter().map(call))),
        ("notes".to_owned(), ProfileValue::texts(notes)),
    ])
}

/// Such as `PUT /accounts/... {"roles":[...]}`.
fn call(call: &Call) -> String {
    let body = call.body.as_ref().map(|body| format!(" {body}"));
    format!("{} {}{}", call.method, call.path, body.unwrap_or_default())
}

/// An invitation.
pub(super) fn account(account: &Account) -> Profile {
    let mut result = changed(&account.changed);
    if let AccountOutcome::ActionRequired { resource, message } = &account.outcome {
        result.insert("invitation".to_owned(), resource.id.object.as_str().into());
        result.insert("message".to_owned(), message.as_str().into());
    }
    result
}

/// A new secret, once for each recipient.
pub(super) fn rotated(rotated: &Rotated) -> Profile {
    let mut result = changed(&rotated.changed);
    let secrets = rotated.secrets.iter().map(secret).collect();
    result.insert("secrets".to_owned(), ProfileValue::List(secrets));
    result
}

/// As `c1.connector.v2.EncryptedData` writes it in JSON.
fn secret(sealed: &Sealed) -> ProfileValue {
    ProfileValue::Map(Profile::from([
        ("provider".to_owned(), sealed.provider.into()),
        ("name".to_owned(), sealed.label.name.as_str().into()),
        ("description".to_owned(), sealed.label.description.as_str().into()),
        ("keyIds".to_owned(), ProfileValue::texts(sealed.key_ids.clone())),
        ("encryptedBytes".to_owned(), sealed.base64().into()),
    ]))
}
