//! People come and go while the account is read.

use cloudflare_sim::When;
use cloudflare_sim::state::{GroupMembership, Member};
use connector::Severity;
use connector_cloudflare::types::{INVITATION, USER};

use crate::support::{File, connector, noted, simulate, small, sync};

fn ids(file: &File, kind: &str) -> Vec<String> {
    file.of_type(kind)
        .iter()
        .map(|user| user.id.object.to_string())
        .collect()
}

fn user_ids(members: &[Member]) -> Vec<String> {
    let accepted = members.iter().filter(|member| !member.is_pending());
    let mut ids: Vec<String> = accepted.map(|member| member.person.user_id.clone()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_member_removed_between_two_pages_hides_nobody() {
    let sim = simulate(small()).await;
    sim.after(When::call(1).of("/accounts/*/members"), |state| {
        state.remove_member(3);
    });
    let file = sync(&connector(&sim)).await.unwrap();
    assert_eq!(ids(&file, USER), sim.read(|state| user_ids(&state.members)));
    assert_eq!(file.dangling(), [""; 0]);
    assert_eq!(noted(&file.rows().notes, "list-unsettled"), []);
}

#[tokio::test]
async fn a_member_added_between_two_pages_is_there() {
    let sim = simulate(small()).await;
    let newcomer = sim.change(|state| state.remove_member(0)).unwrap();
    let id = newcomer.person.user_id.clone();
    sim.after(When::call(1).of("/accounts/*/members"), move |state| {
        state.insert_member(0, newcomer);
    });
    let file = sync(&connector(&sim)).await.unwrap();
    assert!(ids(&file, USER).contains(&id));
    assert_eq!(ids(&file, USER), sim.read(|state| user_ids(&state.members)));
}

#[tokio::test]
async fn who_comes_after_the_members_were_read_is_looked_up() {
    let sim = simulate(small()).await;
    let newcomer = sim.change(|state| state.remove_member(0)).unwrap();
    let (member, user) = (newcomer.id.clone(), newcomer.person.user_id.clone());
    let group = sim.change(|state| {
        let group = &mut state.user_groups[0];
        group.members.push(GroupMembership {
            member_id: member,
            created_at: "2026-11-23T00:00:00Z".to_owned(),
        });
        group.id.clone()
    });
    sim.after(When::call(1).of("/accounts/*/iam/user_groups"), move |state| {
        state.insert_member(0, newcomer);
    });
    let file = sync(&connector(&sim)).await.unwrap();
    assert!(ids(&file, USER).contains(&user));
    let grant = format!("user_group:{group}:member:user:{user}");
    assert!(file.rows().grants.keys().any(|id| id.as_str() == grant));
    assert_eq!(file.dangling(), [""; 0]);
}

#[tokio::test]
async fn of_many_unknown_members_some_are_looked_up_and_the_rest_is_named() {
    let sim = simulate(small()).await;
    let late: Vec<Member> = sim.change(|state| {
        let late: Vec<Member> = (0..14).filter_map(|_| state.remove_member(0)).collect();
        let joined = late.iter().map(|member| GroupMembership {
            member_id: member.id.clone(),
            created_at: "2026-11-23T00:00:00Z".to_owned(),
        });
        state.user_groups[0].members.extend(joined);
        late
    });
    sim.after(When::call(1).of("/accounts/*/iam/user_groups"), move |state| {
        for member in late {
            state.insert_member(0, member);
        }
    });
    let file = sync(&connector(&sim)).await.unwrap();
    let notes = noted(&file.rows().notes, "unknown-group-member");
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].severity, Severity::Warning);
    assert_eq!(sim.journal().count(cloudflare_sim::Endpoint::Member), 10);
    assert_eq!(file.dangling(), [""; 0]);
}

#[tokio::test]
async fn who_is_invited_to_a_group_holds_nothing_of_it() {
    let sim = simulate(small()).await;
    sim.change(|state| {
        let invited = state.members.iter().find(|member| member.is_pending()).unwrap();
        state.user_groups[0].members.push(GroupMembership {
            member_id: invited.id.clone(),
            created_at: "2026-11-23T00:00:00Z".to_owned(),
        });
    });
    let file = sync(&connector(&sim)).await.unwrap();
    assert_eq!(noted(&file.rows().notes, "invited-to-group").len(), 1);
    let invitations = ids(&file, INVITATION);
    let rows = file.rows();
    assert!(rows.grants.values().all(|grant| {
        grant.principal.resource_type.as_str() != INVITATION
            && !invitations.contains(&grant.principal.object.to_string())
    }));
}

#[tokio::test]
async fn a_group_removed_before_its_members_were_read_stops_nothing() {
    let sim = simulate(small()).await;
    let name = sim.read(|state| state.user_groups[0].name.clone());
    sim.after(When::call(1).of("/accounts/*/iam/user_groups"), |state| {
        state.user_groups.remove(0);
    });
    let file = sync(&connector(&sim)).await.unwrap();
    let notes = noted(&file.rows().notes, "group-removed");
    assert_eq!(notes.len(), 1);
    assert!(notes[0].message.contains(&name));
    assert_eq!(file.dangling(), [""; 0]);
}
