//! What is in the demo's console: people, apps, connectors in each state that they can be in, and a company that lives.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use cloudflare_sim::{Running, demo};
use governance::access::SnapshotId;
use governance::{
    Actor, AppSource, AppState, Authentication, Connector, ConnectorId, ConnectorKind, ConnectorSettings,
    Hosting, Mode, NewConnector, NewPlace, Office, Operator, Role, Schedule,
};
use runner::SystemRandomness;
use secrecy::{ExposeSecret as _, SecretString};
use vault::LiveRing;

use crate::args::Serve;
use crate::console;
use crate::failure::Failure;

/// How often the made-up account is read, and how long it stays as it is.
const EVERY: Duration = Duration::from_mins(5);
/// How often it is looked whether it was read.
const PAUSE: Duration = Duration::from_millis(500);
/// Apps that somebody listed and nobody sees to yet.
const FOUND: [&str; 3] = ["Helpdesk", "Payroll", "Wiki"];

/// A company that does not exist.
pub(super) struct Company {
    /// By which somebody comes in, once.
    pub(super) link: SecretString,
    actor: Actor,
    account: ConnectorId,
}

/// What it takes to set the company up.
struct Founding<'a> {
    office: &'a Office,
    actor: Actor,
    keys: Arc<LiveRing>,
    address: &'a str,
    sim: &'a Running,
}

impl Company {
    /// Puts everything there, on an empty database.
    pub(super) async fn found(office: &Office, serve: &Serve, sim: &Running) -> Result<Self, Failure> {
        let address = serve.place.address.as_str();
        let (ada, link) = ::console::demo_link(office, &SystemRandomness, address).await?;
        let founding = Founding {
            office,
            actor: Actor::command("demo"),
            keys: console::keys(&serve.key_ring())?,
            address,
            sim,
        };
        let ben = founding.colleagues().await?;
        for name in FOUND {
            let (state, source) = (AppState::Unmanaged, AppSource::List);
            office.add_app(&founding.actor, name, state, source).await?;
        }
        let account = founding.connectors(&ada, &ben).await?;
        Ok(Self {
            link,
            actor: founding.actor,
            account: account.id,
        })
    }

    /// Goes on: something happens in the account, and is read. Only comes back when that fails.
    pub(super) async fn live(&self, office: &Office, sim: &Running) -> Failure {
        match self.go_on(office, sim).await {
            Err(failure) => failure,
        }
    }

    async fn go_on(&self, office: &Office, sim: &Running) -> Result<Infallible, Failure> {
        let mut last = None;
        for event in demo::STORY {
            last = Some(self.read_after(office, last.as_ref()).await?);
            sim.change(event);
            office
                .sync_now(&self.actor, &self.account, task_service::sync_work)
                .await?;
            tokio::time::sleep(EVERY).await;
        }
        std::future::pending().await
    }

    /// Waits until people see another reading than this one.
    async fn read_after(&self, office: &Office, last: Option<&SnapshotId>) -> Result<SnapshotId, Failure> {
        loop {
            let seen = office.snapshot(&self.actor, &self.account).await?;
            match seen {
                Some(snapshot) if Some(&snapshot.id) != last => return Ok(snapshot.id),
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

impl Founding<'_> {
    /// Invites them; gives the one who is asked for help.
    async fn colleagues(&self) -> Result<Operator, Failure> {
        let ben = self.colleague("Ben Okafor", "ben@example.com", Role::ConnectorAdministrator);
        let ben = ben.await?;
        self.colleague("Ingrid Solberg", "ingrid@example.com", Role::Auditor)
            .await?;
        Ok(ben)
    }

    async fn colleague(&self, name: &str, email: &str, role: Role) -> Result<Operator, Failure> {
        let made = lobby::welcome_link(&SystemRandomness, self.address);
        let (token, link) = made.map_err(|error| Failure::new(error, "try again"))?;
        let roles = [role].into_iter().collect();
        let link = (token, link.expose_secret());
        Ok(self
            .office
            .add_operator(&self.actor, (name, email), roles, link)
            .await?)
    }

    /// One in each state; gives the one that reads the account.
    async fn connectors(&self, ada: &Operator, ben: &Operator) -> Result<Connector, Failure> {
        let hosted = (ConnectorKind::Cloudflare, Hosting::Hosted);
        let account = self
            .connector("Cloudflare", hosted, "Example Retail", ada)
            .await?;
        self.settings(&account, self.sim.token().into()).await?;
        let refused = self
            .connector("Cloudflare, agency", hosted, "Agency", ada)
            .await?;
        self.settings(
            &refused,
            "cfat_0000000000000000000000000000000000000000revoke0"
                .to_owned()
                .into(),
        )
        .await?;
        self.connector("Cloudflare, marketing", hosted, "Marketing", ben)
            .await?;
        let elsewhere = (ConnectorKind::Baton, Hosting::SelfHosted);
        self.connector("Warehouse", elsewhere, "Logistics", ada).await?;
        Ok(account)
    }

    async fn connector(
        &self,
        name: &str,
        (kind, hosting): (ConnectorKind, Hosting),
        app: &str,
        owner: &Operator,
    ) -> Result<Connector, Failure> {
        let new = NewConnector {
            name: name.to_owned(),
            kind,
            hosting,
            place: NewPlace::NewApp(app.to_owned()),
            owners: vec![owner.id.clone()],
            schedule: Schedule::Every(EVERY),
        };
        Ok(self.office.add_connector(&self.actor, &new, self.address).await?)
    }

    async fn settings(&self, connector: &Connector, token: SecretString) -> Result<(), Failure> {
        let sealed = lobby::seal_for_connector(&self.keys.ring(), &SystemRandomness, &connector.id, &token);
        let settings = ConnectorSettings {
            connector: connector.id.clone(),
            account_id: self.sim.account_id(),
            authentication: Authentication::ApiToken,
            secret: sealed.map_err(|error| Failure::new(&error, error.hint()))?,
            last_four: "demo".to_owned(),
            mode: Mode::Reviews,
            saved_at: self.office.now(),
            revision: 0,
            checked: None,
        };
        Ok(self
            .office
            .save_settings(&self.actor, &settings, task_service::sync_work)
            .await?)
    }
}
