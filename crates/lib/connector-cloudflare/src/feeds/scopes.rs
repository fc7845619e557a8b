//! The resource groups, and what can be held on those that people maintain.

use std::sync::Arc;

use cloudflare::endpoint::ResourceGroups;
use cloudflare::types::ResourceGroup;
use connector::{ConnectorError, Output, Record};
use model::Resource;

use crate::account::Account;
use crate::map::scope;
use crate::names::Names;

pub(super) async fn read(account: &Account, out: &mut dyn Output) -> Result<(), ConnectorError> {
    let endpoint = ResourceGroups {
        account: account.id.clone(),
    };
    // The catalogue is on its way while the groups are read.
    let (groups, catalogue) = tokio::join!(account.list(endpoint, out), account.permission_groups());
    catalogue?;
    let absent = "only those scopes are in this file that somebody holds something on";
    let groups = groups?.or_note(absent, out).await?;
    let mut names = account.names(out).await?;
    if groups.iter().any(scope::needs_zone_names) {
        account.add_zones(&mut names, out).await?;
    }
    let count = groups.len() as u64;
    out.records(groups.iter().flat_map(|group| records(group, &names)).collect())
        .await?;
    out.progress(count, Some(count));
    Ok(())
}

fn records(group: &ResourceGroup, names: &Names) -> Vec<Record> {
    let resource = Arc::new(scope::resource(group, names));
    let offered = scope::offered(group, &resource, names);
    [Record::Resource(Resource::clone(&resource))]
        .into_iter()
        .chain(offered.into_iter().map(Record::Entitlement))
        .collect()
}
