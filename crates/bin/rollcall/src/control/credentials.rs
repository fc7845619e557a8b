//! Credentials: given once, several at a time, taken back.

use chrono::{DateTime, TimeDelta, Utc};
use governance::{Connector, Credential, CredentialId, Office, OfficeError, PublicKey};
use inspect::{Cell, Column, Ink, Screen, Table, ago};
use secrecy::{ExposeSecret as _, SecretString};
use task_protocol::{ClientId, ClientSecret};
use task_service::{SecretSource as _, SystemSecrets};

use super::{connectors, place};
use crate::args::{self, Place};
use crate::failure::Failure;
use crate::terminal;

pub(super) async fn run(place: &Place, order: args::Credentials) -> Result<(), Failure> {
    let office = place::office(place).await?;
    match order {
        args::Credentials::List { connector } => list(&office, &connector).await,
        args::Credentials::Add {
            connector,
            expires_in,
        } => add(place, &office, &connector, expires_in).await,
        args::Credentials::Revoke { id } => revoke(&office, &id).await,
    }
}

/// A credential that was just made, with the only copy of its secret.
pub(super) struct Issued {
    credential: Credential,
    secret: SecretString,
    address: String,
    authority: Option<String>,
}

/// Makes a credential for a connector. Only the public half of its key is kept.
pub(super) async fn issue(
    place: &Place,
    office: &Office,
    connector: &Connector,
    expires_at: Option<DateTime<Utc>>,
) -> Result<Issued, Failure> {
    let seed = SystemSecrets.secret();
    let seed =
        seed.ok_or_else(|| Failure::new("this machine gives no randomness", "no key can be made without"))?;
    let secret = ClientSecret::generate(seed);
    // Checked before anything is stored.
    client_id(&place.address, "connector")?;
    let task_protocol::PublicKey(key) = secret.public_key();
    let id = |id: &CredentialId| client_id_text(&place.address, &id.as_str().to_lowercase());
    let credential = office
        .add_credential(&place::actor(), &connector.id, id, (PublicKey(key), expires_at))
        .await?;
    let authority = place.data.join("tls").join("authority.pem");
    Ok(Issued {
        credential,
        secret: secret.to_text(),
        address: place.address.clone(),
        authority: authority.exists().then(|| authority.display().to_string()),
    })
}

/// What clients take apart: a name for their log, the host, and something after the slash.
fn client_id_text(address: &str, name: &str) -> String {
    format!("{name}@{address}/rollcall")
}

fn client_id(address: &str, name: &str) -> Result<ClientId, Failure> {
    ClientId::parse(&client_id_text(address, name)).map_err(|_| {
        Failure::new(
            format!("connectors cannot reach a service at `{address}`"),
            "give --address as HOST:PORT, without a scheme",
        )
    })
}

impl Issued {
    /// Shows it, this once, and how it is used.
    pub(super) fn show(&self, screen: &mut Screen<'_>) -> std::io::Result<()> {
        let Self {
            credential, secret, ..
        } = self;
        screen.gap()?;
        writeln!(screen.out, "export BATON_CLIENT_ID='{}'", credential.client_id)?;
        writeln!(
            screen.out,
            "export BATON_CLIENT_SECRET='{}'",
            secret.expose_secret()
        )?;
        if let Some(authority) = &self.authority {
            writeln!(screen.out, "export SSL_CERT_FILE='{authority}'")?;
        }
        screen.gap()?;
        let how = format!(
            "The secret is not kept and cannot be shown again. Where the connector runs, set these and its own \
             settings, and start it without further flags: it reports to {} and asks what to do.",
            self.address
        );
        screen.paragraph(Ink::Plain, "", &how)
    }
}

async fn add(place: &Place, office: &Office, name: &str, expires_in: Option<u16>) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let expires_at = expires_in.map(|days| office.now() + TimeDelta::days(days.into()));
    let issued = issue(place, office, &connector, expires_at).await?;
    terminal::with_screen(|screen| {
        screen.paragraph(
            Ink::Plain,
            "",
            &format!("{} has another credential.", connector.name),
        )?;
        Ok(issued.show(screen)?)
    })?;
    Ok(())
}

async fn list(office: &Office, name: &str) -> Result<(), Failure> {
    let connector = place::connector(office, name).await?;
    let all = office.credentials(&place::actor(), &connector.id).await?;
    let now = office.now();
    terminal::with_screen(|screen| {
        if all.is_empty() {
            screen.line(
                Ink::Plain,
                "It has no credential. `rollcall credentials add` gives it one.",
            )?;
            return Ok(());
        }
        let columns = [
            Column::id("ID"),
            Column::name("Status"),
            Column::detail("Made"),
            Column::detail("Last used"),
            Column::extra("Client id"),
        ];
        let mut table = Table::new(screen.out, screen.look, columns);
        for credential in &all {
            let used = credential
                .last_used_at
                .map_or_else(|| "never".to_owned(), |at| ago(at, now));
            table.row([
                Cell::from(credential.id.as_str()),
                status(credential, now),
                Cell::from(ago(credential.created_at, now)),
                Cell::from(used),
                Cell::from(credential.client_id.as_str()),
            ])?;
        }
        table.finish()?;
        Ok(())
    })?;
    Ok(())
}

fn status(credential: &Credential, now: DateTime<Utc>) -> Cell {
    if let Some(at) = credential.revoked_at {
        return Cell::new(format!("revoked {}", ago(at, now)), Ink::Faint);
    }
    match credential.expires_at {
        Some(at) if at <= now => Cell::new(format!("expired {}", ago(at, now)), Ink::Faint),
        Some(at) => Cell::new(format!("good, expires {}", ago(at, now)), Ink::Good),
        None => Cell::new("good", Ink::Good),
    }
}

async fn revoke(office: &Office, id: &str) -> Result<(), Failure> {
    let hint = "`rollcall credentials list CONNECTOR` lists them, with their ids";
    let id = CredentialId::parse(id).map_err(|error| Failure::new(error, hint))?;
    match office.revoke_credential(&place::actor(), &id).await {
        Ok(()) => connectors::say("It is revoked: whoever uses it is turned away from now on."),
        Err(OfficeError::Unknown(_)) => {
            let message = format!("there is no credential {id} that could be revoked");
            Err(Failure::new(message, hint))
        }
        Err(error) => Err(error.into()),
    }
}
