//! The demo's company to write to, and its people and roles by name.

use chrono::DateTime;
use cloudflare_sim::{Options, Running, Sim, State, demo::example_retail};
use serde_json::{Value, json};

use crate::client::Reply;

/// Example Retail, behaving like this.
pub(crate) async fn retail(options: Options) -> Running {
    let now = DateTime::from_timestamp(1_790_812_800, 0).unwrap();
    Sim::new(example_retail(now), options).start().await.unwrap()
}

/// The path of the member with this address.
pub(crate) fn member(sim: &Running, local: &str) -> String {
    format!("/members/{}", member_id(sim, local))
}

/// The id of the member with this address.
pub(crate) fn member_id(sim: &Running, local: &str) -> String {
    let email = format!("{local}@example.com");
    let find = |state: &State| {
        let mut members = state.members.iter();
        members
            .find(|member| member.person.email == email)
            .unwrap()
            .id
            .clone()
    };
    sim.read(find)
}

/// The legacy id of a role.
pub(crate) fn role(sim: &Running, name: &str) -> String {
    sim.read(|state| {
        state
            .roles
            .iter()
            .find(|role| role.name == name)
            .unwrap()
            .id
            .clone()
    })
}

/// A policy to send: a permission group on a resource group, both by name.
pub(crate) fn policy(sim: &Running, group: &str, place: &str) -> Value {
    json!({
        "access": "allow",
        "permission_groups": [{ "id": permission_group(sim, group) }],
        "resource_groups": [{ "id": place_id(sim, place) }],
    })
}

/// The id of a permission group.
pub(crate) fn permission_group(sim: &Running, name: &str) -> String {
    let find = |state: &State| {
        let mut groups = state.permission_groups.iter();
        groups.find(|group| group.name == name).unwrap().id.clone()
    };
    sim.read(find)
}

/// The id of a resource group: by its name, `everything`, or `worker` for the one without a name.
pub(crate) fn place_id(sim: &Running, name: &str) -> String {
    let find = |state: &State| {
        let mut places = state.resource_groups.iter();
        let found = match name {
            "everything" => places.next(),
            "worker" => places.next_back(),
            _ => places.find(|place| place.name.as_deref() == Some(name)),
        };
        found.unwrap().id.clone()
    };
    sim.read(find)
}

/// Status, code and text of a refusal.
pub(crate) fn refusal(reply: &Reply) -> String {
    let error = &reply.json()["errors"][0];
    let text = error["message"].as_str().unwrap();
    format!("{} {} {text}", reply.status, error["code"])
}
