//! The tokens that the account owns.

use std::collections::HashMap;

use cloudflare::endpoint::AccountTokens;
use cloudflare::types::AccountToken;
use connector::{ConnectorError, Known, Output, Record};
use model::{ResourceId, ResourceTypeId};

use crate::account::Account;
use crate::map::token;
use crate::names::Names;
use crate::types::USER;

pub(super) async fn read(
    account: &Account,
    known: &dyn Known,
    out: &mut dyn Output,
) -> Result<(), ConnectorError> {
    let endpoint = AccountTokens {
        account: account.id.clone(),
    };
    let list = account.list(endpoint, out).await?;
    let tokens = list
        .or_note("account API tokens are not in this file", out)
        .await?;
    let mut names = Names::new(account.id.clone());
    if tokens.iter().any(token::needs_zone_names) {
        account.add_zones(&mut names, out).await?;
    }
    let creators = creators(&tokens, known).await?;
    let records = tokens.iter().map(|token| {
        let creator = address(token).and_then(|email| creators.get(&email)?.clone());
        Record::Resource(token::resource(token, creator, &names))
    });
    out.records(records.collect()).await?;
    let count = tokens.len() as u64;
    out.progress(count, Some(count));
    Ok(())
}

/// Who made the tokens, by address, as far as they are still users of the account.
async fn creators(
    tokens: &[AccountToken],
    known: &dyn Known,
) -> Result<HashMap<String, Option<ResourceId>>, ConnectorError> {
    let mut creators: HashMap<_, _> = tokens
        .iter()
        .filter_map(address)
        .map(|email| (email, None))
        .collect();
    let users = ResourceTypeId::from(USER);
    let mut more = !creators.is_empty();
    let mut cursor = None;
    while more {
        let (page, next) = known.resources(&users, cursor).await?;
        for user in &page {
            let email = user.profile_text("email").map(str::to_lowercase);
            if let Some(creator) = email.and_then(|email| creators.get_mut(&email)) {
                *creator = Some(user.id.clone());
            }
        }
        more = next.is_some();
        cursor = next;
    }
    Ok(creators)
}

/// The creator's address, without regard to case.
fn address(token: &AccountToken) -> Option<String> {
    token.creator_email_at_creation.as_deref().map(str::to_lowercase)
}
