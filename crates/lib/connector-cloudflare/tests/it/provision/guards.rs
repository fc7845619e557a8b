//! Each guard has its own error, which says why and what to do instead.

use cloudflare::AccountId;
use cloudflare_sim::Options;
use cloudflare_sim::state::{Credential as Accepted, Effect, Grants, Policy, State};
use connector::{AccessRequest, DeleteRequest, Mode, Provisioner};
use connector_cloudflare::{CloudflareConnector, Rules};
use model::ResourceId;

use super::world::{GROUP, World, by_local, rules, said, state, word};
use crate::support::client;

const SUPER: &str = "Super Administrator - All Privileges";

/// Without the Super Administrators that are there beside `super` and `self`.
fn two_super_administrators() -> State {
    let mut state = state();
    state
        .members
        .retain(|member| member.person.email.ends_with("@example.com"));
    let kept = ["super@example.com", "self@example.com"];
    state.members.retain(|member| {
        let powerful = member.policies.iter().any(Policy::gives_super_administrator);
        !powerful || kept.contains(&member.person.email.as_str())
    });
    state
}

async fn two_left(rules: Rules) -> World {
    World::of(two_super_administrators(), rules, Options::unlimited()).await
}

#[tokio::test]
async fn two_super_administrators_stay_unless_told_so() {
    let world = two_left(rules()).await;
    let before = world.picture();
    let refused = world.revoke(SUPER, "super").await.unwrap_err();
    let removed = world
        .connector
        .delete(&removal(&world, "super"))
        .await
        .unwrap_err();
    assert_eq!(before, world.picture());
    assert_eq!(removed.code, refused.code);
    insta::assert_snapshot!(said(&refused), @r"
    last-but-one-super-administrator
    without super@example.com a single Super Administrator would be left, and nobody could help that one
    make somebody else a Super Administrator first, or allow it with --allow-one-super-administrator
    ");

    let allowed = Rules {
        allow_one_super_administrator: true,
        ..rules()
    };
    let world = two_left(allowed).await;
    assert_eq!(word(&world.revoke(SUPER, "super").await), "made");
}

#[tokio::test]
async fn the_last_super_administrator_stays_whatever_is_allowed() {
    let mut state = two_super_administrators();
    state
        .members
        .retain(|member| member.person.email != "self@example.com");
    let allowed = Rules {
        allow_one_super_administrator: true,
        remove_member_on_last_role: true,
        ..rules()
    };
    let world = World::of(state, allowed, Options::unlimited()).await;
    let before = world.picture();
    let refused = world.revoke(SUPER, "super").await.unwrap_err();
    let removed = world
        .connector
        .delete(&removal(&world, "super"))
        .await
        .unwrap_err();
    assert_eq!((before, removed.code), (world.picture(), refused.code));
    insta::assert_snapshot!(said(&refused), @r"
    last-super-administrator
    super@example.com is the last Super Administrator: without one nobody can manage the account
    make somebody else a Super Administrator first
    ");
}

#[tokio::test]
async fn super_administrators_through_a_group_count_and_are_counted() {
    let mut state = two_super_administrators();
    state
        .members
        .retain(|member| member.person.email != "self@example.com");
    let policy = by_local(&state, "super").policies[0].clone();
    assert_eq!(policy.access, Effect::Allow);
    state.user_groups[0].policies.push(policy);
    let world = World::of(state, rules(), Options::unlimited()).await;
    // `super` directly and `grouped` through the group: neither may go.
    for refused in [
        world.revoke(SUPER, "super").await,
        world.revoke(GROUP, "grouped").await,
        world.connector.delete(&removal(&world, "grouped")).await,
    ] {
        assert_eq!(word(&refused), "last-but-one-super-administrator");
    }
    // With a third, each may.
    assert_eq!(word(&world.grant(GROUP, "roles").await), "made");
    assert_eq!(word(&world.revoke(GROUP, "grouped").await), "made");
    assert_eq!(
        word(&world.revoke(GROUP, "roles").await),
        "last-but-one-super-administrator"
    );
}

#[tokio::test]
async fn nothing_is_changed_about_who_is_protected() {
    let named = |name: String| Rules {
        protected: vec![name],
        ..rules()
    };
    let probe = World::new().await;
    let user = probe.principal("roles").id.object.to_string();
    for name in ["Roles@Example.com".to_owned(), user, probe.member_id("roles")] {
        let world = World::with(named(name), Options::unlimited()).await;
        let before = world.picture();
        let refusals = [
            world.grant("Cache Purge", "roles").await.unwrap_err(),
            world.revoke("Billing", "roles").await.unwrap_err(),
            world.grant(GROUP, "roles").await.unwrap_err(),
            world
                .connector
                .delete(&removal(&world, "roles"))
                .await
                .unwrap_err(),
        ];
        assert!(
            refusals.iter().all(|error| error.code == "member-protected"),
            "{refusals:?}"
        );
        assert_eq!(word(&world.grant("Billing", "roles").await), "already so");
        assert_eq!(word(&world.revoke(GROUP, "roles").await), "already so");
        assert_eq!(before, world.picture());
        if refusals[0].message.contains("roles@") {
            insta::allow_duplicates! {
                insta::assert_snapshot!(said(&refusals[0]), @r"
                member-protected
                roles@example.com is protected: nothing is changed about this member
                make the change in the dashboard, or take the member off --protect-member
                ");
            }
        }
    }
}

#[tokio::test]
async fn who_we_are_is_found_out_for_each_kind_of_credential() {
    let world = World::new().await;
    let by_token = world.revoke("Billing", "self").await.unwrap_err();
    insta::assert_snapshot!(said(&by_token), @r"
    own-identity
    self@example.com is behind the credential that this connector uses: the change would lock it out
    use a token that the account owns, or make this change in the dashboard
    ");

    // The address of a global API key is known without asking.
    let account = AccountId::new(world.sim.account_id());
    let (email, key) = world.sim.key();
    assert_eq!(email, "self@example.com");
    let http = http_client::Client::new(http_client::Options::default()).unwrap();
    let base = world.sim.base_url().parse().unwrap();
    let credential = cloudflare::Credential::GlobalKey {
        email: email.clone(),
        key: key.into(),
    };
    world.sim.change(|state| {
        for accepted in &mut state.credentials {
            if let cloudflare_sim::state::Holder::Key { email } = &mut accepted.holder {
                "self@example.com".clone_into(email);
            }
        }
    });
    let with_key = cloudflare::Client::new(http, base, credential).unwrap();
    let with_key = CloudflareConnector::with_rules(with_key, account.clone(), rules());
    let request = world.request("Billing", "self", Mode::Make);
    assert_eq!(with_key.revoke(&request).await.unwrap_err().code, "own-identity");

    // A token that the account owns is nobody.
    let owned = client(&world.sim, &world.sim.account_token());
    let owned = CloudflareConnector::with_rules(owned, account, rules());
    assert_eq!(word(&owned.revoke(&request).await), "made");
}

/// A user's token that may not read whose it is.
fn hidden(world: &World) -> CloudflareConnector {
    let secret = "cfut_hidden0000000000000000000000000000000000000";
    let grants = Grants::only(["Account Settings Write"]);
    world.sim.accept(Accepted::user_token(
        "22222222222222222222222222222222",
        secret,
        grants,
    ));
    let account = AccountId::new(world.sim.account_id());
    CloudflareConnector::with_rules(client(&world.sim, secret), account, rules())
}

#[tokio::test]
async fn a_token_that_hides_whose_it_is_may_not_touch_super_administrators() {
    let world = World::new().await;
    let hidden = hidden(&world);
    let refused = hidden
        .revoke(&world.request(SUPER, "super", Mode::Make))
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&refused), @r#"
    own-identity-unknown
    super@example.com is a Super Administrator and may be the person behind the credential that this connector uses
    give the token the permission "User Details: Read", so that it can be told; or use a token that the account owns
    "#);
    // Nobody else can be behind it.
    assert_eq!(
        word(
            &hidden
                .revoke(&world.request("Billing", "roles", Mode::Make))
                .await
        ),
        "made"
    );
}

#[tokio::test]
async fn the_only_role_is_taken_by_removing_the_member_when_told_so() {
    let world = World::new().await;
    insta::assert_snapshot!(said(&world.revoke("Billing", "one-role").await.unwrap_err()), @r"
    last-role
    Billing is all that one-role@example.com holds directly, and Cloudflare keeps no member without access
    remove the member instead; --remove-member-on-last-role does that by itself
    ");

    let told = Rules {
        remove_member_on_last_role: true,
        ..rules()
    };
    let world = World::with(told, Options::unlimited()).await;
    let before = world.picture();
    let made = world.revoke("Billing", "one-role").await.unwrap();
    assert_eq!(made.change.calls[0].method, "DELETE");
    assert_eq!(
        before.difference(&world.picture()),
        [
            "- member one-role@example.com: accepted",
            "- member one-role@example.com: allow Billing"
        ]
    );
}

#[tokio::test]
async fn only_people_receive_access() {
    let world = World::new().await;
    let group = world.file.of_type("user_group").remove(0);
    let request = AccessRequest {
        principal: group,
        ..world.request("Billing", "roles", Mode::Make)
    };
    insta::assert_snapshot!(said(&world.connector.grant(&request).await.unwrap_err()), @r"
    principal-not-a-user
    only users can be given or lose access, and user_group:1828dee3f018d231f4c773a738fdf4d7 is not one
    what a user group holds is changed in the dashboard, because it changes everybody in the group; here members can be put into the group or taken out
    ");
    insta::assert_snapshot!(said(&world.grant("Billing", "null").await.unwrap_err()), @r"
    member-pending
    null@example.com has not accepted the invitation yet, so there is no access to change
    wait until it is accepted; or cancel it and invite again with other roles
    ");
}

#[tokio::test]
async fn a_role_that_the_account_does_not_have_is_not_tried_or_told_as_such() {
    let world = World::new().await;
    let mut request = world.request("Billing", "scoped", Mode::Make);
    // A sync of another day knew a role that this account no longer offers.
    let mut role = (*request.entitlement.resource).clone();
    role.id = ResourceId::new("role", "0123456789abcdef0123456789abcdef");
    "Retired".clone_into(&mut role.display_name);
    request.entitlement.resource = role.into();
    let before = world.picture();
    insta::assert_snapshot!(said(&world.connector.grant(&request).await.unwrap_err()), @r"
    would-flatten
    scoped@example.com holds scoped permissions, which writing roles would take away, and Cloudflare names no single permission group for the role Retired
    grant the role in the dashboard
    ");
    request.principal = world.principal("roles");
    insta::assert_snapshot!(said(&world.connector.grant(&request).await.unwrap_err()), @r"
    role-not-offered
    Grant Retired to roles@example.com: not done: Cloudflare refuses the request for the member: Invalid request: Invalid role assignments found (status 400, code 1001)
    the account does not have this role or permission: read the account again and choose one of its own
    ");
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn what_scim_manages_is_told_as_such() {
    let mut state = state();
    state.user_groups[0].managed_by_scim = true;
    for member in &mut state.members {
        member.managed_by_scim = true;
        member.lacks_domain_roles = member.person.email == "both@example.com";
    }
    let world = World::of(state, rules(), Options::unlimited()).await;
    let before = world.picture();
    insta::assert_snapshot!(said(&world.grant(GROUP, "roles").await.unwrap_err()), @r"
    managed-by-scim
    Add roles@example.com to the user group Night watch: not done: the credential may not change the members of the user group: User group is managed by SCIM (status 403, code 1011)
    SCIM manages this: change it in your identity provider
    ");
    assert_eq!(
        world.revoke(GROUP, "grouped").await.unwrap_err().code,
        "managed-by-scim"
    );
    let removed = world
        .connector
        .delete(&removal(&world, "roles"))
        .await
        .unwrap_err();
    assert_eq!(removed.code, "managed-by-scim");
    assert_eq!(before, world.picture());
    // Direct access stays ours to change.
    assert_eq!(word(&world.grant("Cache Purge", "roles").await), "made");
}

#[tokio::test]
async fn a_user_without_domain_scoped_roles_is_told_as_such() {
    let mut state = state();
    for member in &mut state.members {
        member.lacks_domain_roles = true;
    }
    let world = World::of(state, rules(), Options::unlimited()).await;
    insta::assert_snapshot!(said(&world.grant(GROUP, "roles").await.unwrap_err()), @r"
    domain-scoped-roles-off
    Add roles@example.com to the user group Night watch: not done: Cloudflare refuses the request for the members of the user group: members do not have DSR enabled (status 400, code 1000)
    the member's user has no support for domain-scoped roles, which user groups need: ask Cloudflare's support to enable it
    ");
}

#[tokio::test]
async fn an_invitation_that_was_accepted_meanwhile_is_not_cancelled() {
    let world = World::new().await;
    let removal = removal(&world, "null");
    world.sim.change(|state| {
        let index = state
            .members
            .iter()
            .position(|member| member.person.email == "null@example.com");
        state.accept_member(index.unwrap());
    });
    let before = world.picture();
    insta::assert_snapshot!(said(&world.connector.delete(&removal).await.unwrap_err()), @r"
    invitation-accepted
    null@example.com has accepted the invitation meanwhile and is a member now
    read the account again; to take the access away, remove the user
    ");
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn types_without_an_operation_say_so() {
    let world = World::new().await;
    let mode = Mode::Make;
    let role = ResourceId::new("role", "33666b9c79b9a5273fc7344ff42f953d");
    let deleted = world
        .connector
        .delete(&DeleteRequest { resource: role, mode })
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&deleted), @r"
    unimplemented
    resource type role does not have resource Delete() configured
    users, invitations and account API tokens can be removed
    ");
}

fn removal(world: &World, local: &str) -> DeleteRequest {
    DeleteRequest {
        resource: world.principal(local).id,
        mode: Mode::Make,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_changes_at_once_do_not_take_the_last_two() {
    let one_may_stay = Rules {
        allow_one_super_administrator: true,
        ..rules()
    };
    for _ in 0..20 {
        let mut state = two_super_administrators();
        // Neither is who we are, so that only the number of them stands in the way.
        "nobody@example.com".clone_into(&mut state.user.email);
        let world = World::of(state, one_may_stay.clone(), Options::unlimited()).await;
        let owned = client(&world.sim, &world.sim.account_token());
        let account = AccountId::new(world.sim.account_id());
        let connector = CloudflareConnector::with_rules(owned, account, one_may_stay.clone());
        let (one, other) = (removal(&world, "super"), world.request(SUPER, "self", Mode::Make));
        let ends = tokio::join!(connector.delete(&one), connector.revoke(&other));
        let mut words = [word(&ends.0), word(&ends.1)];
        words.sort();
        assert_eq!(words, ["last-super-administrator", "made"]);
        assert_eq!(world.sim.read(|state| state.super_administrators().len()), 1);
    }
}

#[tokio::test]
async fn a_denial_is_taken_but_never_given() {
    let world = World::new().await;
    let place = world
        .sim
        .read(|state| state.resource_groups[2].name.clone().unwrap());
    let title = format!("Denied: Domain API Gateway on {place}");
    let before = world.picture();
    insta::assert_snapshot!(said(&world.grant(&title, "roles").await.unwrap_err()), @r"
    denial-not-granted
    Denied: Domain API Gateway on Staging domains takes access away, and a grant only gives: denials are not granted here
    revoke what is to be taken away; or make the denial in the dashboard
    ");
    assert_eq!(before, world.picture());
    assert_eq!(word(&world.revoke(&title, "both").await), "made");
}

#[tokio::test]
async fn a_hidden_token_may_not_take_from_those_who_are_powerful_through_a_group() {
    let mut state = state();
    let policy = by_local(&state, "super").policies[0].clone();
    state.user_groups[0].policies.push(policy);
    let world = World::of(state, rules(), Options::unlimited()).await;
    let hidden = hidden(&world);
    let leave = hidden.revoke(&world.request(GROUP, "grouped", Mode::Make)).await;
    let removed = hidden.delete(&removal(&world, "grouped")).await;
    assert_eq!([word(&leave), word(&removed)], ["own-identity-unknown"; 2]);
}

#[tokio::test]
async fn a_record_without_an_address_is_looked_at_before_a_group_is_changed() {
    let protecting = Rules {
        protected: vec!["grouped@example.com".to_owned()],
        ..rules()
    };
    let world = World::with(protecting, Options::unlimited()).await;
    let full = world.request(GROUP, "grouped", Mode::Make);
    let bare = AccessRequest {
        principal: model::Resource::new(full.principal.id.clone(), ""),
        ..full
    };
    assert_eq!(word(&world.connector.revoke(&bare).await), "member-protected");
}

#[tokio::test]
async fn the_only_role_of_somebody_in_groups_does_not_take_these_along() {
    let told = Rules {
        remove_member_on_last_role: true,
        ..rules()
    };
    let world = World::with(told, Options::unlimited()).await;
    let before = world.picture();
    insta::assert_snapshot!(said(&world.revoke("Analytics", "grouped").await.unwrap_err()), @r"
    last-role
    Analytics is all that grouped@example.com holds directly, but not all: removing the member would take the access of these user groups too: Night watch
    take the member out of the groups first, or remove the member, if that is meant
    ");
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn a_list_that_shows_nobody_is_no_proof_that_somebody_is_gone() {
    let options = Options {
        empty_lists: [cloudflare_sim::Endpoint::Members].into(),
        ..Options::unlimited()
    };
    let full = World::new().await;
    let sim = crate::support::simulate_with(state(), options).await;
    let blind = client(&sim, &sim.token());
    let blind = CloudflareConnector::with_rules(blind, AccountId::new(sim.account_id()), rules());
    let error = blind.delete(&removal(&full, "roles")).await.unwrap_err();
    assert_eq!(error.kind, connector::ErrorKind::PermissionDenied, "{error:?}");
}
