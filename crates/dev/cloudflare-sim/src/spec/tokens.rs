//! Account-owned tokens.

use serde_json::{Map, Value, json};

use super::Ground;
use crate::{
    catalogue::token_permissions,
    chance::Chance,
    state::{Effect, Member, Token, TokenPermission, TokenPermissionGroup, TokenPolicy, TokenStatus},
};

/// Tokens of all kinds: the calling one first, unused, unlimited, disabled ones, some of creators who left;
/// for every ten tokens an expired one on top.
pub(super) fn tokens(ground: &Ground<'_>, chance: &mut Chance, members: &[Member]) -> Vec<Token> {
    let catalogue = token_permissions();
    let count = ground.spec.tokens;
    let listed = (0..count).map(|number| (number, TokenStatus::Active));
    let expired = (count..count + count.div_ceil(10)).map(|number| (number, TokenStatus::Expired));
    let all = listed.chain(expired);
    all.map(|(number, status)| token(ground, chance, members, &catalogue, (number, status)))
        .collect()
}

fn token(
    ground: &Ground<'_>,
    chance: &mut Chance,
    members: &[Member],
    catalogue: &[TokenPermissionGroup],
    (number, status): (usize, TokenStatus),
) -> Token {
    let expired = status == TokenStatus::Expired;
    let issued = chance.hours(900);
    let disabled = number % 9 == 4 && !expired;
    Token {
        id: chance.id(),
        name: if number == 0 {
            "access review".to_owned()
        } else {
            format!("service {number}")
        },
        status: if disabled { TokenStatus::Disabled } else { status },
        issued_on: ground.spec.hours_ago(issued),
        modified_on: ground.spec.hours_ago(issued / 2),
        last_used_on: (number % 4 != 2).then(|| ground.spec.hours_ago(issued / 20)),
        not_before: None,
        expires_on: if expired {
            Some(ground.spec.hours_ago(12))
        } else {
            (number % 3 == 0).then(|| "2027-12-31T23:59:59Z".to_owned())
        },
        policies: vec![policy(&ground.account.id, chance, catalogue)],
        condition: (number % 5 == 0)
            .then(|| json!({ "request_ip": { "in": ["203.0.113.0/24"], "not_in": ["203.0.113.9/32"] } })),
        creator_email_at_creation: creator(chance, members, number),
        secret_generation: 1,
    }
}

fn creator(chance: &mut Chance, members: &[Member], number: usize) -> Option<String> {
    if number % 6 == 1 {
        return Some("former.admin@example.com".to_owned());
    }
    let administrators = members.get(..2).unwrap_or(members);
    chance
        .pick(administrators)
        .map(|member| member.person.email.clone())
}

fn policy(account: &str, chance: &mut Chance, catalogue: &[TokenPermissionGroup]) -> TokenPolicy {
    let chosen: Vec<_> = (0..2).filter_map(|_| chance.pick(catalogue)).collect();
    let permission = |group: &&TokenPermissionGroup| TokenPermission {
        id: group.id.clone(),
        name: group.name.clone(),
    };
    TokenPolicy {
        id: chance.id(),
        effect: Effect::Allow,
        permission_groups: chosen.iter().map(permission).collect(),
        resources: resources(account, chance),
        extra: Map::new(),
    }
}

fn resources(account: &str, chance: &mut Chance) -> Value {
    let key = format!("com.cloudflare.api.account.{account}");
    let scope = if chance.percent(50) {
        json!("*")
    } else {
        json!({ "com.cloudflare.api.account.zone.*": "*" })
    };
    json!({ key: scope })
}
