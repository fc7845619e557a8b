//! The roles, and that somebody can have them.

use std::sync::Arc;

use cloudflare::endpoint::Roles;
use cloudflare::types::Role;
use connector::{ConnectorError, Output, Record};
use model::Resource;

use crate::account::Account;
use crate::map::role;
use crate::notes;
use crate::part::Part;

pub(super) async fn read(account: &Account, out: &mut dyn Output) -> Result<(), ConnectorError> {
    let endpoint = Roles {
        account: account.id.clone(),
    };
    let listed = match account.list(endpoint, out).await? {
        Part::Gone(_) => {
            out.note(notes::roles_gone()).await?;
            former(account).await?
        }
        list => {
            list.or_note("only roles that somebody has are in this file", out)
                .await?
        }
    };
    let roles = role::with_super_administrator(listed);
    let count = roles.len() as u64;
    out.records(roles.iter().flat_map(records).collect()).await?;
    out.progress(count, Some(count));
    Ok(())
}

/// The roles by what they have become. Whoever may not read that is told by the feed of scopes.
async fn former(account: &Account) -> Result<Vec<Role>, ConnectorError> {
    Ok(match account.permission_groups().await? {
        Part::Read(groups) => role::from_permission_groups(groups),
        Part::Refused(_) | Part::Gone(_) => Vec::new(),
    })
}

fn records(listed: &Role) -> [Record; 2] {
    let resource = Arc::new(role::resource(listed));
    [
        Record::Resource(Resource::clone(&resource)),
        Record::Entitlement(role::entitlement(&resource)),
    ]
}
