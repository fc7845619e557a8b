//! Pictures of an account: what they show, and what they leave out.

use cloudflare_sim::{
    Options, Spec,
    state::{Effect, State},
};

use crate::world::retail;

/// What becomes of the picture of a small account.
fn difference(change: impl FnOnce(&mut State)) -> Vec<String> {
    let mut state = Spec::with_members(12).build();
    let before = state.picture();
    change(&mut state);
    before.difference(&state.picture())
}

#[tokio::test]
async fn a_picture_tells_access_in_words() {
    let sim = retail(Options::default()).await;
    let picture = sim.picture().to_string();
    for line in [
        "member petra.horvathova@example.com: accepted\n",
        "member petra.horvathova@example.com: allow Domain Administrator @ Production domains\n",
        "group Platform admins: allow Domain Administrator @ Staging domains\n",
        "group Platform admins: has priya.raghavan@example.com\n",
        "): active, secret 1\n",
    ] {
        assert!(picture.contains(line), "{line}");
    }
    assert!(!picture.contains(&sim.account_token()));
}

#[test]
fn order_and_policy_ids_do_not_matter() {
    let changed = difference(|state| {
        state.members.reverse();
        state.user_groups[0].members.reverse();
        for member in &mut state.members {
            member.policies.reverse();
            member.policies[0].id = "0".repeat(32);
        }
        state.audit_log.clear();
    });
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn whatever_gives_access_does() {
    let changes: [fn(&mut State); 9] = [
        |state| state.members[3].policies[0].access = Effect::Deny,
        |state| state.members[3].policies.clear(),
        |state| state.members[3].policies[0].extra = [("until".to_owned(), 3.into())].into_iter().collect(),
        |state| {
            let twice = state.members[3].policies[0].clone();
            state.members[3].policies.push(twice);
        },
        |state| state.accept_member(7),
        |state| state.user_groups[0].members.truncate(1),
        |state| state.tokens[0].secret_generation += 1,
        |state| state.tokens[0].expires_on = None,
        |state| state.resource_groups.truncate(2),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        assert!(!difference(change).is_empty(), "change {number}");
    }
}
