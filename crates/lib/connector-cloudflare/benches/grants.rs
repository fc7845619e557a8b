//! Two hundred grants on two hundred members through one process, with 50 ms on each call and Cloudflare's rate
//! limit. Prints rows for the table of docs/PERFORMANCE.md; `cargo xtask bench` runs it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cloudflare::endpoint::{Members, Roles};
use cloudflare::{AccountId, Client, Credential};
use cloudflare_sim::{Options, Running, Sim, Spec};
use connector::{AccessRequest, Effect, Mode, Provisioner};
use connector_cloudflare::CloudflareConnector;
use http_client::RateLimit;
use model::{Entitlement, EntitlementId, Profile, Purpose, Resource, ResourceId};
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const GRANTS: usize = 200;

#[tokio::main]
async fn main() -> Result<()> {
    let sim = simulator().await?;
    let client = client(&sim)?;
    let account = AccountId::new(sim.account_id());
    let requests = requests(&client, &account).await?;
    let connector = Arc::new(CloudflareConnector::new(client, account));
    let (before, start) = (sim.journal().len(), Instant::now());
    let mut grants = JoinSet::new();
    for request in requests {
        let connector = Arc::clone(&connector);
        grants.spawn(async move { connector.grant(&request).await });
    }
    let mut made = 0;
    while let Some(end) = grants.join_next().await {
        made += usize::from(end??.effect == Effect::Made);
    }
    report(&sim, before, start.elapsed(), made);
    Ok(())
}

async fn simulator() -> Result<Running> {
    let spec = Spec {
        members: 260,
        ..Spec::default()
    };
    let options = Options {
        latency: Duration::from_millis(50),
        ..Options::default()
    };
    Ok(Sim::new(spec, options).start().await?)
}

fn client(sim: &Running) -> Result<Client> {
    let http = http_client::Client::new(http_client::Options {
        rate_limit: RateLimit::parse("1200/300")?,
        ..http_client::Options::default()
    })?;
    let credential = Credential::ApiToken(sim.token().into());
    Ok(Client::new(http, sim.base_url().parse()?, credential)?)
}

/// The account's last role, for people who do not have it.
async fn requests(client: &Client, account: &AccountId) -> Result<Vec<AccessRequest>> {
    let (roles, _) = client
        .list(Roles {
            account: account.clone(),
        })
        .collect()
        .await?;
    let role = roles.last().ok_or("the account has no roles")?;
    let resource = Arc::new(Resource::new(
        ResourceId::new("role", role.id.as_str()),
        role.name.as_str(),
    ));
    let entitlement = Entitlement {
        id: EntitlementId::on(&resource.id, "member"),
        resource,
        display_name: role.name.clone(),
        description: String::new(),
        grantable_to: Vec::new(),
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: "member".to_owned(),
    };
    let (members, _) = client
        .list(Members {
            account: account.clone(),
        })
        .collect()
        .await?;
    let free = members
        .iter()
        .filter(|member| member.roles.iter().all(|held| held.id != role.id));
    let people = free.filter_map(|member| {
        let profile = Profile::from([("member_id".to_owned(), member.id.as_str().into())]);
        let user = ResourceId::new("user", member.user.id.as_ref()?.as_str());
        Some(Resource::new(user, member.email.as_str()).with_profile(profile))
    });
    let requests = people.take(GRANTS).map(|principal| AccessRequest {
        entitlement: entitlement.clone(),
        principal,
        mode: Mode::Make,
    });
    Ok(requests.collect())
}

#[expect(
    clippy::print_stdout,
    reason = "the rows are for the person who runs the benchmark"
)]
fn report(sim: &Running, before: usize, took: Duration, made: usize) {
    let calls = sim.journal().calls();
    let calls = calls.get(before..).unwrap_or_default();
    let refused = calls.iter().filter(|call| call.status == Some(429)).count();
    println!(
        "| {made} grants on as many members, 50 ms a call | {} ms |",
        took.as_millis()
    );
    println!("| ... calls for them | {} |", calls.len());
    println!("| ... of these refused by the rate limit | {refused} |");
}
