//! Every endpoint, by what it is about.

mod access;
mod apps;
mod audit;
mod changes;
mod connectors;
mod credentials;
mod held;
mod operators;
mod running;
mod runs;
mod settings;

use crate::answer::Found;
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get};
use crate::input::Nothing;
use crate::problem::Problem;
use crate::shape::people::Me;

/// All of them.
pub(crate) fn all() -> Vec<Endpoint> {
    let me = get("/me", "whoAmI", "Tells whose the key is and what it may do.", me);
    let mut all = vec![me];
    all.extend(operators::all());
    all.extend(apps::all());
    all.extend(connectors::all());
    all.extend(settings::all());
    all.extend(running::all());
    all.extend(held::all());
    all.extend(credentials::all());
    all.extend(runs::all());
    all.extend(changes::all());
    all.extend(access::all());
    all.extend(audit::all());
    all
}

async fn me(call: Call<NoQuery, Nothing>) -> Result<Found<Me>, Problem> {
    Ok(Found((&call.caller.holder).into()))
}

/// Whether one of these texts has what is looked for, in capitals or not.
fn has(texts: &[&str], wanted: Option<&str>) -> bool {
    let wanted = wanted.unwrap_or_default().to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&wanted))
}
