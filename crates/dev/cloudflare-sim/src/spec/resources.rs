//! Zones and resource groups.

use std::sync::Arc;

use super::Spec;
use crate::{
    chance::Chance,
    state::{ResourceGroup, Zone},
};

/// The zones of the account.
pub(super) fn zones(spec: &Spec, chance: &mut Chance) -> Vec<Zone> {
    (0..spec.zones).map(|number| zone(spec, chance, number)).collect()
}

fn zone(spec: &Spec, chance: &mut Chance, number: usize) -> Zone {
    let purposes = ["shop", "blog", "staging", "docs", "api", "status"];
    let purpose = purposes.get(number % purposes.len()).copied().unwrap_or_default();
    let round = number / purposes.len();
    let name = if round == 0 {
        format!("{purpose}.example.com")
    } else {
        format!("{purpose}{round}.example.com")
    };
    let active = number % 7 != 2;
    let created_on = spec.hours_ago(chance.hours(1500));
    Zone {
        id: chance.id(),
        name,
        status: if active { "active" } else { "pending" }.to_owned(),
        activated_on: active.then(|| created_on.clone()),
        created_on,
    }
}

/// The account-wide resource group, then named, ad-hoc, inline and Worker ones in turn.
pub(super) fn groups(
    spec: &Spec,
    chance: &mut Chance,
    account: &str,
    zones: &[Zone],
) -> Vec<Arc<ResourceGroup>> {
    let first = ResourceGroup::account_wide(chance.id(), account);
    let others = (1..spec.resource_groups.max(1)).map(|number| group(chance, account, zones, number));
    std::iter::once(first).chain(others).map(Arc::new).collect()
}

fn group(chance: &mut Chance, account: &str, zones: &[Zone], number: usize) -> ResourceGroup {
    let id = chance.id();
    let zone = chance
        .pick(zones)
        .map_or_else(|| chance.id(), |zone| zone.id.clone());
    match (number, number % 5) {
        (1, _) => ResourceGroup::domains(id, "Production domains", account, &some_zones(chance, zones)),
        (2, _) => ResourceGroup::domains(id, "Staging domains", account, &[zone]),
        (_, 3) => ResourceGroup::adhoc_zone(id, &zone),
        (_, 4) => ResourceGroup::inline_zones(id, account, &[zone]),
        (_, 0) => ResourceGroup::worker(id, account, &chance.id()),
        _ => {
            let name = format!("Domains of team {number}");
            ResourceGroup::domains(id, &name, account, &some_zones(chance, zones))
        }
    }
}

fn some_zones(chance: &mut Chance, zones: &[Zone]) -> Vec<String> {
    let start = chance.below(zones.len());
    zones
        .iter()
        .skip(start)
        .take(3)
        .map(|zone| zone.id.clone())
        .collect()
}
