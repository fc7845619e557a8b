//! What a control plane knows of a connector's key.

use crate::base64url;

/// The public half of a client's Ed25519 key, as RFC 8032 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// Why a text is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid public key: it is not base64url of 32 bytes")]
pub struct InvalidPublicKey;

impl PublicKey {
    /// Reads what [`PublicKey::to_text`] writes.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidPublicKey> {
        let bytes = base64url::decode(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(InvalidPublicKey)
    }

    /// Base64url without padding.
    pub fn to_text(&self) -> String {
        base64url::encode(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_in_one_way() {
        let text = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        assert_eq!(
            PublicKey::parse(text).map(|key| key.to_text()).as_deref(),
            Ok(text)
        );
        for other in [
            "",
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "AAAA",
            &format!("{text}="),
        ] {
            assert_eq!(PublicKey::parse(other), Err(InvalidPublicKey), "{other}");
        }
        // The last digit holds two bits that belong to no byte.
        let other = text.replace("Ro", "Rp");
        assert_eq!(PublicKey::parse(&other), Err(InvalidPublicKey));
    }
}
