//! One sign-in, from the address that the browser is sent to until it comes back.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{NoRandomness, Randomness};
use secrecy::SecretString;
use url::Url;

/// The beginning of a sign-in.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Where the browser is sent.
    pub address: Url,
    /// What is kept until it comes back.
    pub flow: Flow,
}

/// What ties the answer to the question. To be kept on our side and used once; only the state travels with the browser.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Comes back beside the code. Whoever takes the answer in compares it with that of the same browser.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: SecretString,
    /// Proves that who exchanges the code is who asked for it.
    pub verifier: SecretString,
}

impl Flow {
    pub(crate) fn new(random: &dyn Randomness) -> Result<Self, NoRandomness> {
        Ok(Self {
            state: text(random)?,
            nonce: text(random)?.into(),
            verifier: text(random)?.into(),
        })
    }
}

/// 32 unguessable bytes: as text they are 43 characters, the fewest that a PKCE verifier may have.
fn text(random: &dyn Randomness) -> Result<String, NoRandomness> {
    let mut bytes = [0; 32];
    random.fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
