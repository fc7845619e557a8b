//! Whether an ID token is to be believed.

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
};
use openidconnect::{ClaimsVerificationError, ClientId, IssuerUrl, Nonce, SignatureVerificationError};

use crate::{Identity, TokenFault};

/// Signatures that only the provider can make. Not among them: none at all, and those made with a shared secret, which
/// whoever knows the provider's public key could pass off.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far clocks may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// What a token is held against.
pub(crate) struct Expected<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) issuer: &'a IssuerUrl,
    pub(crate) nonce: &'a Nonce,
    pub(crate) now: DateTime<Utc>,
}

/// Who the token says it is, if it is to be believed.
pub(crate) fn identity(
    token: &CoreIdToken,
    expected: &Expected<'_>,
    keys: CoreJsonWebKeySet,
) -> Result<Identity, TokenFault> {
    let now = expected.now;
    let client_id = ClientId::new(expected.client_id.to_owned());
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, expected.issuer.clone(), keys)
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(move |made| {
            if made > now + LEEWAY {
                Err(FUTURE.to_owned())
            } else {
                Ok(())
            }
        });
    let claims = token.claims(&verifier, expected.nonce).map_err(fault)?;
    Ok(of(claims))
}

const FUTURE: &str = "made in the future";

fn of(claims: &CoreIdTokenClaims) -> Identity {
    let methods = claims.auth_method_refs().into_iter().flatten();
    Identity {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        email: claims.email().map(|email| email.as_str().to_owned()),
        email_verified: claims.email_verified() == Some(true),
        name: claims
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.as_str().to_owned()),
        authenticated_at: claims.auth_time(),
        context: claims
            .auth_context_ref()
            .map(|context| context.as_str().to_owned()),
        methods: methods.map(|method| method.as_str().to_owned()).collect(),
    }
}

fn fault(error: ClaimsVerificationError) -> TokenFault {
    match error {
        ClaimsVerificationError::Expired(reason) if reason == FUTURE => TokenFault::Future,
        ClaimsVerificationError::Expired(_) => TokenFault::Expired,
        ClaimsVerificationError::InvalidAudience(_) => TokenFault::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => TokenFault::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => TokenFault::Nonce,
        ClaimsVerificationError::SignatureVerification(error) => of_signature(error),
        other => TokenFault::Malformed(other.to_string()),
    }
}

fn of_signature(error: SignatureVerificationError) -> TokenFault {
    match error {
        SignatureVerificationError::NoSignature => TokenFault::Unsigned,
        SignatureVerificationError::NoMatchingKey => TokenFault::UnknownKey,
        SignatureVerificationError::DisallowedAlg(_) | SignatureVerificationError::UnsupportedAlg(_) => {
            TokenFault::Algorithm
        }
        SignatureVerificationError::CryptoError(_) => TokenFault::Signature,
        other => TokenFault::Malformed(other.to_string()),
    }
}
