//! What the browser says about the page that asked: `clientDataJSON`.

use serde::Deserialize;

use crate::{Challenge, Fault};

/// Longer ones are nobody's.
const LONGEST: usize = 4096;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: Option<bool>,
    #[serde(default)]
    top_origin: Option<String>,
}

/// What a page may ask an authenticator for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Create,
    Get,
}

/// Whether it was a page of ours that asked this.
pub(crate) fn check(
    bytes: &[u8],
    purpose: Purpose,
    challenge: &Challenge,
    origin: &str,
) -> Result<(), Fault> {
    if bytes.len() > LONGEST {
        return Err(Fault::Malformed("it is too long"));
    }
    let said: ClientData = serde_json::from_slice(bytes)
        .map_err(|_| Fault::Malformed("what the browser says is no JSON of its kind"))?;
    let purpose = match purpose {
        Purpose::Create => "webauthn.create",
        Purpose::Get => "webauthn.get",
    };
    let is = |is: bool, fault| is.then_some(()).ok_or(fault);
    is(said.r#type == purpose, Fault::Purpose)?;
    is(
        Challenge::parse(&said.challenge).as_ref() == Some(challenge),
        Fault::Challenge,
    )?;
    is(said.origin == origin, Fault::Origin)?;
    is(
        said.cross_origin != Some(true) && said.top_origin.is_none(),
        Fault::Framed,
    )
}
