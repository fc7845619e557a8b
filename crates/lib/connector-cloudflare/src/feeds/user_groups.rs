//! The user groups and what they hold; who is in them follows, a feed for each.

use cloudflare::endpoint::UserGroups;
use connector::{ConnectorError, Known, Output};

use super::Name;
use super::once::Once;
use crate::account::Account;
use crate::map;

pub(super) async fn read(
    account: &Account,
    known: &dyn Known,
    out: &mut dyn Output,
) -> Result<(), ConnectorError> {
    let endpoint = UserGroups {
        account: account.id.clone(),
    };
    let list = account.list(endpoint, out).await?;
    let groups = list.or_note("user groups are not in this file", out).await?;
    let mut directory = account.directory(known, out).await?;
    let policies = groups.iter().flat_map(|group| &group.policies);
    account.add_zones_for(&mut directory, policies, out).await?;
    let mut once = Once::default();
    let records = groups
        .iter()
        .flat_map(|group| map::group::records(group, &directory));
    out.records(records.filter(|record| once.lets(record)).collect())
        .await?;
    for group in &groups {
        out.follow(Name::GroupMembers(group.id.clone()).feed()).await?;
    }
    let count = groups.len() as u64;
    out.progress(count, Some(count));
    Ok(())
}
