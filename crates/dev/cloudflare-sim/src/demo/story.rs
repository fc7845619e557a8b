//! What goes on at Example Retail while somebody looks on.

use super::{address, id};
use crate::state::{Member, Policy, State};

/// Something that changes the account.
pub type Event = fn(&mut State);

/// What happens, one thing after the other.
pub const STORY: [Event; 3] = [somebody_joins, somebody_gains, somebody_leaves];

/// Whoever was invited first accepts.
fn somebody_joins(state: &mut State) {
    if let Some(index) = state.members.iter().position(Member::is_pending) {
        state.accept_member(index);
    }
}

/// Ben, who has no second factor, may do everything from now on.
fn somebody_gains(state: &mut State) {
    let everything = policies_of(state, "tomas.herrera");
    let ben = address("ben.okafor");
    if let Some(ben) = state.members.iter_mut().find(|member| member.person.email == ben) {
        ben.policies.extend(everything);
    }
}

/// Farah is not in the company any more.
fn somebody_leaves(state: &mut State) {
    let farah = address("farah.haddad");
    if let Some(index) = state
        .members
        .iter()
        .position(|member| member.person.email == farah)
    {
        state.remove_member(index);
    }
}

/// What somebody has, under ids of their own.
fn policies_of(state: &State, local: &str) -> Vec<Policy> {
    let email = address(local);
    let holder = state.members.iter().find(|member| member.person.email == email);
    let mut policies = holder.map(|member| member.policies.clone()).unwrap_or_default();
    for policy in &mut policies {
        policy.id = id(&format!("more {}", policy.id));
    }
    policies
}

#[cfg(test)]
mod tests {
    use super::STORY;
    use crate::demo::example_retail;

    #[test]
    fn everything_that_happens_changes_who_may_do_what() {
        let mut state = example_retail("2026-11-25T08:00:00Z".parse().unwrap());
        for event in STORY {
            let before = state.picture();
            event(&mut state);
            assert_ne!(before.difference(&state.picture()), Vec::<String>::new());
        }
    }
}
