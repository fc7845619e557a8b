//! Handing one letter to a mail server.

use std::time::Duration;

use async_trait::async_trait;
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret as _;

use super::failure::{Stage, failure};
use super::server::{Encryption, InvalidServer, SmtpServer};
use crate::message::message;
use crate::{Address, Letter, SendError, Sender};

/// How long one letter may take, from the connection to the server's last word.
const PATIENCE: Duration = Duration::from_mins(1);

/// A mail server, with a connection for each letter.
#[derive(Clone, Debug)]
pub struct Smtp {
    server: SmtpServer,
    from: Address,
    authority: Option<Certificate>,
    patience: Duration,
}

impl Smtp {
    /// Hands letters to this server. All are `from` the same.
    ///
    /// The certificate authorities are the system's, or those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    pub fn new(server: SmtpServer, from: Address) -> Self {
        Self {
            server,
            from,
            authority: None,
            patience: PATIENCE,
        }
    }

    /// Also believes a server that this certificate authority vouches for.
    ///
    /// # Errors
    /// [`InvalidServer::Authority`] when it is not PEM.
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, InvalidServer> {
        let authority = Certificate::from_pem(pem).map_err(|_| InvalidServer::Authority)?;
        self.authority = Some(authority);
        Ok(self)
    }

    /// Gives a letter up after this time, instead of a minute.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Says hello to the server and who we are, and nothing else.
    ///
    /// # Errors
    /// When it cannot be reached, or does not let us in.
    pub async fn greet(&self) -> Result<(), SendError> {
        let greeted = tokio::time::timeout(self.patience, self.open()).await;
        let mut connection = greeted.unwrap_or_else(|_| Err(self.silent()))?;
        drop(connection.quit().await);
        Ok(())
    }

    /// A connection on which a letter can be handed over.
    async fn open(&self) -> Result<AsyncSmtpConnection, SendError> {
        let hello = ClientId::Domain(self.from.domain().to_owned());
        let mut connection = self.connect(&hello).await?;
        if let Some((name, password)) = &self.server.user {
            let credentials = Credentials::new(name.clone(), password.expose_secret().to_owned());
            let signed_in = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            signed_in.map_err(self.failed_at(Stage::SignIn))?;
        }
        Ok(connection)
    }

    async fn deliver(&self, message: &Message) -> Result<(), SendError> {
        let mut connection = self.open().await?;
        let sent = connection.send(message.envelope(), &message.formatted()).await;
        sent.map_err(self.failed_at(Stage::Letter))?;
        // The letter is theirs now, whatever they answer to a farewell.
        drop(connection.quit().await);
        Ok(())
    }

    async fn connect(&self, hello: &ClientId) -> Result<AsyncSmtpConnection, SendError> {
        let server = (self.server.host.as_str(), self.server.port);
        let tls = match self.server.encryption {
            Encryption::Tls => Some(self.tls()?),
            Encryption::StartTls | Encryption::None => None,
        };
        // A name may have several addresses, of which the first need not answer.
        let connected =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.patience / 3), hello, tls, None).await;
        let mut connection = connected.map_err(self.failed_at(Stage::Connection))?;
        if self.server.encryption == Encryption::StartTls {
            if !connection.can_starttls() {
                let server = self.server.to_string();
                return Err(SendError::NoEncryption { server });
            }
            let encrypted = connection.starttls(self.tls()?, hello).await;
            encrypted.map_err(self.failed_at(Stage::Connection))?;
        }
        Ok(connection)
    }

    fn silent(&self) -> SendError {
        SendError::Silent {
            server: self.server.to_string(),
            patience: self.patience,
        }
    }

    fn tls(&self) -> Result<TlsParameters, SendError> {
        let builder = TlsParameters::builder(self.server.host.clone());
        let builder = self
            .authority
            .iter()
            .cloned()
            .fold(builder, |builder, authority| {
                builder.add_root_certificate(authority)
            });
        builder.build().map_err(self.failed_at(Stage::Connection))
    }

    fn failed_at(&self, stage: Stage) -> impl FnOnce(Error) -> SendError {
        let server = self.server.to_string();
        move |error| failure(server, stage, error)
    }
}

#[async_trait]
impl Sender for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let message = message(letter, &self.from)?;
        let delivered = tokio::time::timeout(self.patience, self.deliver(&message)).await;
        delivered.unwrap_or_else(|_| Err(self.silent()))
    }
}
