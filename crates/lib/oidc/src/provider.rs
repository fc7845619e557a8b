//! A provider: discovered, asked, answered by.

use std::borrow::Cow;
use std::sync::Arc;

use model::{Clock, NoRandomness, Randomness};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreJsonWebKeySet,
    CoreProviderMetadata,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};
use secrecy::ExposeSecret;

use crate::exchange::{exchange, undiscovered, unexchanged};
use crate::keys::Keys;
use crate::settings::address;
use crate::verify::{self, Expected};
use crate::{Beginning, Error, Flow, Identity, Settings, TokenFault};

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that people sign in with. One for as long as its settings stay: it keeps the provider's keys.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    metadata: CoreProviderMetadata,
    keys: Keys,
    http: http_client::Client,
    clock: Arc<dyn Clock>,
}

impl Provider {
    /// Asks the provider what it is, in two calls.
    ///
    /// # Errors
    ///
    /// When the issuer is no address of a provider, is not reached, or would be talked to without TLS.
    pub async fn discover(
        settings: Settings,
        http: http_client::Client,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let issuer = address(&settings.issuer)?;
        settings.secure("the issuer", issuer.url())?;
        let client = http.clone();
        let ask = move |request: HttpRequest| exchange(client.clone(), request);
        let found = CoreProviderMetadata::discover_async(issuer, &ask).await;
        let metadata = found.map_err(|error| undiscovered(&settings.issuer, error))?;
        all_secure(&settings, &metadata)?;
        let keys = Keys::new(metadata.jwks().clone(), clock.now());
        Ok(Self {
            settings,
            metadata,
            keys,
            http,
            clock,
        })
    }

    /// Begins a sign-in: where to send the browser, and what to keep until it comes back.
    ///
    /// # Errors
    ///
    /// When the machine gives no randomness.
    pub fn begin(&self, random: &dyn Randomness) -> Result<Beginning, NoRandomness> {
        let flow = Flow::new(random)?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(
            flow.verifier.expose_secret().to_owned(),
        ));
        let client = self.client();
        let (state, nonce) = (flow.state.clone(), flow.nonce.expose_secret().to_owned());
        let request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .set_redirect_uri(Cow::Owned(self.redirect()));
        let (address, _, _) = request.url();
        Ok(Beginning { address, flow })
    }

    /// Ends a sign-in: exchanges the code that came back, and says who it was. Whoever calls has compared the state and
    /// uses the flow up, whatever comes of it.
    ///
    /// # Errors
    ///
    /// When the provider is not reached or refuses the code, or when what it says is not to be believed.
    pub async fn finish(&self, flow: &Flow, code: &str) -> Result<Identity, Error> {
        let token = self.exchange_code(flow, code).await?;
        let nonce = Nonce::new(flow.nonce.expose_secret().to_owned());
        let expected = Expected {
            client_id: &self.settings.client_id,
            issuer: self.metadata.issuer(),
            nonce: &nonce,
            now: self.clock.now(),
        };
        let keys = self.keys.held().await;
        match verify::identity(&token, &expected, keys.clone()) {
            Err(TokenFault::UnknownKey) => {}
            known => return Ok(known?),
        }
        let renewed = self.keys.renewed(&keys, expected.now, self.read_keys()).await?;
        let keys = renewed.ok_or(TokenFault::UnknownKey)?;
        Ok(verify::identity(&token, &expected, keys)?)
    }

    async fn exchange_code(&self, flow: &Flow, code: &str) -> Result<CoreIdToken, Error> {
        let http = self.http.clone();
        let ask = move |request: HttpRequest| exchange(http.clone(), request);
        let client = self.client();
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| self.not_a_provider("it names no address for exchanging codes"))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.expose_secret().to_owned()))
            .set_redirect_uri(Cow::Owned(self.redirect()));
        let response = request.request_async(&ask).await.map_err(unexchanged)?;
        response.id_token().cloned().ok_or_else(|| Error::Answer {
            reason: "it holds no ID token".to_owned(),
        })
    }

    async fn read_keys(&self) -> Result<CoreJsonWebKeySet, Error> {
        tracing::debug!(issuer = %self.settings.issuer, "the provider signs with a new key: its keys are read again");
        let http = self.http.clone();
        let ask = move |request: HttpRequest| exchange(http.clone(), request);
        let read = CoreJsonWebKeySet::fetch_async(self.metadata.jwks_uri(), &ask).await;
        read.map_err(|error| undiscovered(&self.settings.issuer, error))
    }

    fn client(&self) -> Client {
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = self.settings.client_secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
        let client = CoreClient::from_provider_metadata(self.metadata.clone(), id, secret);
        client.set_auth_type(self.auth_type())
    }

    /// In the header, as every provider must take it that says nothing; in the body where it takes only that.
    fn auth_type(&self) -> AuthType {
        let Some(methods) = self.metadata.token_endpoint_auth_methods_supported() else {
            return AuthType::BasicAuth;
        };
        let only_body = !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
            && methods.contains(&CoreClientAuthMethod::ClientSecretPost);
        if only_body {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        }
    }

    fn redirect(&self) -> RedirectUrl {
        RedirectUrl::from_url(self.settings.redirect.clone())
    }

    fn not_a_provider(&self, reason: &str) -> Error {
        Error::Discovery {
            issuer: self.settings.issuer.clone(),
            reason: reason.to_owned(),
        }
    }
}

/// What travels to the provider, or comes from it, tells who somebody is.
fn all_secure(settings: &Settings, metadata: &CoreProviderMetadata) -> Result<(), Error> {
    settings.secure(
        "the provider's sign-in address",
        metadata.authorization_endpoint().url(),
    )?;
    settings.secure("the provider's address for keys", metadata.jwks_uri().url())?;
    let tokens = metadata.token_endpoint();
    tokens.map_or(Ok(()), |tokens| {
        settings.secure("the provider's address for tokens", tokens.url())
    })
}
