//! Whole listings: every item, once, in exactly as many calls as there are pages.

use std::collections::HashSet;

use cloudflare::endpoint::{
    AccessGroups, AccessIdentityProviders, AccountTokens, GetAccessOrganization, GetAccount, GetUser,
    ListAccounts, Members, Memberships, Paged, PermissionGroups, ResourceGroups, Roles, UserGroupMembers,
    UserGroups, Zones,
};
use cloudflare::listing::{Batch, Outcome};
use cloudflare::types::Member;
use cloudflare::{Client, ErrorKind, Permission, UserGroupId};
use cloudflare_sim::state::{Credential, Grants};
use cloudflare_sim::{
    Endpoint, Options, ResourceGroupPages, ResultInfoForm, RolesEndpoint, Running, Spec, When,
};

use crate::setup::{account, client, client_with, simulator, token};

async fn count<E: Paged>(client: &Client, endpoint: E) -> usize {
    let (items, outcome) = client.list(endpoint).collect().await.unwrap();
    assert!(outcome.settled, "{outcome:?}");
    assert_eq!(outcome.passes, 1);
    items.len()
}

fn spec() -> Spec {
    Spec {
        members: 1234,
        roles: 60,
        permission_groups: 120,
        tokens: 51,
        user_groups: 7,
        group_members: 620,
        resource_groups: 70,
        zones: 100,
        ..Spec::default()
    }
}

#[tokio::test]
async fn every_listing_is_whole_in_one_call_per_page() {
    let sim = simulator(spec(), Options::unlimited()).await;
    let (client, account) = (client(&sim), account(&sim));
    let have = |look: fn(&cloudflare_sim::State) -> usize| sim.read(look);
    let a = || account.clone();

    assert_eq!(count(&client, Members { account: a() }).await, 1234);
    assert_eq!(
        count(&client, Roles { account: a() }).await,
        have(|s| s.roles.len())
    );
    assert_eq!(
        count(&client, PermissionGroups { account: a() }).await,
        have(|s| s.permission_groups.len())
    );
    assert_eq!(
        count(&client, ResourceGroups { account: a() }).await,
        have(|s| s.resource_groups.len())
    );
    assert_eq!(count(&client, UserGroups { account: a() }).await, 7);
    let group = UserGroupId::new(sim.read(|s| s.user_groups[0].id.clone()));
    assert_eq!(
        count(&client, UserGroupMembers { account: a(), group }).await,
        620
    );
    assert_eq!(count(&client, AccountTokens { account: a() }).await, 51);
    assert_eq!(count(&client, Zones { account: a() }).await, 100);
    assert_eq!(count(&client, AccessGroups { account: a() }).await, 2);
    assert_eq!(count(&client, AccessIdentityProviders { account: a() }).await, 2);
    assert_eq!(count(&client, ListAccounts).await, 2);
    assert_eq!(count(&client, Memberships).await, 2);

    let pages = |count: usize, size: usize| count.div_ceil(size);
    for (endpoint, calls) in [
        (Endpoint::Members, 25),
        (Endpoint::Roles, pages(have(|s| s.roles.len()), 50)),
        (
            Endpoint::PermissionGroups,
            pages(have(|s| s.permission_groups.len()), 50),
        ),
        (Endpoint::ResourceGroups, 1),
        (Endpoint::UserGroups, 1),
        (Endpoint::UserGroupMembers, 2),
        (Endpoint::AccountTokens, 2),
        (Endpoint::Zones, 2),
        (Endpoint::AccessGroups, 1),
        (Endpoint::AccessIdentityProviders, 1),
        (Endpoint::Accounts, 1),
        (Endpoint::Memberships, 1),
    ] {
        assert_eq!(sim.journal().count(endpoint), calls, "{endpoint:?}");
    }
    assert_eq!(client.calls(), sim.journal().len() as u64);
}

#[tokio::test]
async fn single_things_take_one_call() {
    let sim = simulator(Spec::with_members(3), Options::unlimited()).await;
    let (client, account) = (client(&sim), account(&sim));
    assert_eq!(
        client
            .call(&GetAccount {
                account: account.clone()
            })
            .await
            .unwrap()
            .id,
        account
    );
    let user = client.call(&GetUser).await.unwrap();
    assert_eq!(user.email, sim.read(|state| state.user.email.clone()));
    assert!(
        client
            .call(&GetAccessOrganization { account })
            .await
            .unwrap()
            .auth_domain
            .is_some()
    );
    assert_eq!(sim.journal().len(), 3);
}

#[tokio::test]
async fn listings_that_tell_less_about_themselves_are_whole_too() {
    for (result_info, resource_groups, calls) in [
        (
            ResultInfoForm::WithoutTotalPages,
            ResourceGroupPages::Paged,
            [3, 2, 1],
        ),
        (ResultInfoForm::AbsentOnIam, ResourceGroupPages::Paged, [3, 2, 1]),
        (ResultInfoForm::AbsentOnIam, ResourceGroupPages::Single, [3, 1, 1]),
    ] {
        let options = Options {
            result_info,
            resource_groups,
            ..Options::unlimited()
        };
        let sim = simulator(spec(), options).await;
        let (client, account) = (client(&sim), account(&sim));
        let groups = sim.read(|state| (state.permission_groups.len(), state.resource_groups.len()));
        assert_eq!(
            count(
                &client,
                PermissionGroups {
                    account: account.clone()
                }
            )
            .await,
            groups.0
        );
        assert_eq!(
            count(
                &client,
                ResourceGroups {
                    account: account.clone()
                }
            )
            .await,
            groups.1
        );
        assert_eq!(count(&client, UserGroups { account }).await, 7);
        let asked = [
            Endpoint::PermissionGroups,
            Endpoint::ResourceGroups,
            Endpoint::UserGroups,
        ];
        assert_eq!(
            asked.map(|endpoint| sim.journal().count(endpoint)),
            calls,
            "{result_info:?}"
        );
    }
}

#[tokio::test]
async fn an_account_without_anything_takes_one_call_per_listing() {
    let empty = Spec {
        members: 0,
        tokens: 0,
        user_groups: 0,
        zones: 0,
        ..Spec::default()
    };
    let sim = simulator(empty, Options::unlimited()).await;
    let (client, account) = (client(&sim), account(&sim));
    assert_eq!(
        count(
            &client,
            Members {
                account: account.clone()
            }
        )
        .await,
        0
    );
    assert_eq!(
        count(
            &client,
            UserGroups {
                account: account.clone()
            }
        )
        .await,
        0
    );
    assert_eq!(count(&client, Zones { account }).await, 0);
    assert_eq!(sim.journal().len(), 3);
}

/// Reads the members as a consumer does who forgets on a restart.
async fn held(client: &Client, sim: &Running) -> (Vec<Member>, Outcome, u32) {
    let mut pages = client.list(Members {
        account: account(sim),
    });
    let (mut held, mut restarts) = (Vec::new(), 0);
    loop {
        match pages.next().await.unwrap() {
            Some(Batch::Page(items, progress)) => {
                held.extend(items);
                assert_eq!(progress.done, held.len() as u64);
            }
            Some(Batch::Restart) => {
                held.clear();
                restarts += 1;
            }
            Some(Batch::End(outcome)) => {
                assert_eq!(pages.next().await.unwrap(), None);
                return (held, outcome, restarts);
            }
            None => panic!("the end was not told"),
        }
    }
}

#[tokio::test]
async fn a_member_removed_between_two_pages_hides_nobody() {
    let sim = simulator(Spec::with_members(500), Options::unlimited()).await;
    sim.after(When::call(1).of("/accounts/*/members"), |state| {
        let first = state
            .members
            .iter()
            .enumerate()
            .min_by_key(|(_, member)| member.person.email.clone());
        let first = first.map(|(index, _)| index).unwrap();
        state.remove_member(first);
    });
    let (held, outcome, restarts) = held(&client(&sim), &sim).await;
    let ids: HashSet<_> = held.iter().map(|member| member.id.to_string()).collect();
    let stayed = sim.read(|state| state.members.iter().map(|m| m.id.clone()).collect::<HashSet<_>>());
    assert_eq!(ids, stayed);
    assert_eq!(held.len(), 499);
    assert_eq!(
        (restarts, outcome),
        (
            1,
            Outcome {
                count: 499,
                total: Some(499),
                passes: 2,
                settled: true
            }
        )
    );
}

#[tokio::test]
async fn a_member_added_between_two_pages_makes_nobody_twice() {
    let sim = simulator(Spec::with_members(500), Options::unlimited()).await;
    let newcomer = Spec {
        seed: 2,
        ..Spec::with_members(3)
    }
    .build()
    .members
    .remove(2);
    sim.after(When::call(1).of("/accounts/*/members"), |state| {
        state.insert_member(0, newcomer);
    });
    let (held, outcome, _) = held(&client(&sim), &sim).await;
    let ids: HashSet<_> = held.iter().map(|member| member.id.to_string()).collect();
    assert_eq!((held.len(), ids.len()), (501, 501));
    assert!(outcome.settled);
}

#[tokio::test]
async fn a_listing_that_never_holds_still_ends_and_says_so() {
    let sim = simulator(Spec::with_members(500), Options::unlimited()).await;
    for call in 1..100 {
        sim.after(When::call(call).of("/accounts/*/members"), |state| {
            state.remove_member(0);
        });
    }
    let (held, outcome, restarts) = held(&client(&sim), &sim).await;
    let ids: HashSet<_> = held.iter().map(|member| member.id.to_string()).collect();
    assert_eq!(ids.len(), held.len());
    assert_eq!((restarts, outcome.passes, outcome.settled), (2, 3, false));
}

#[tokio::test]
async fn a_missing_permission_is_named_as_the_dashboard_names_it() {
    let sim = simulator(Spec::with_members(3), Options::unlimited()).await;
    sim.accept(Credential::account_token(
        "t1",
        "cfat_settings",
        Grants::only(["Account Settings Read"]),
    ));
    let client = client_with(&sim, token("cfat_settings"), http_client::Options::default());
    let account = account(&sim);
    assert_eq!(
        count(
            &client,
            Members {
                account: account.clone()
            }
        )
        .await,
        3
    );

    let error = client
        .list(AccountTokens {
            account: account.clone(),
        })
        .collect()
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::NotPermitted {
            missing: vec![Permission::AccountApiTokensRead]
        }
    );
    insta::assert_snapshot!(error.hint(), @r#"give the token the permission "Account API Tokens: Read", which is needed to read the account API tokens; a user's token or key also needs that user to be an administrator of the account"#);
    let error = client.list(AccessGroups { account }).collect().await.unwrap_err();
    assert_eq!(
        error.kind(),
        ErrorKind::NotPermitted {
            missing: vec![Permission::AccessOrganizationsRead]
        }
    );
    insta::assert_snapshot!(error.hint(), @r#"give the token the permission "Access: Organizations, Identity Providers, and Groups: Read", which is needed to read the Access groups; a user's token or key also needs that user to be an administrator of the account"#);
}

#[tokio::test]
async fn the_roles_endpoint_may_be_gone() {
    for status in [404, 410] {
        let options = Options {
            roles: RolesEndpoint::Gone(status),
            ..Options::unlimited()
        };
        let sim = simulator(Spec::with_members(3), options).await;
        let error = client(&sim)
            .list(Roles {
                account: account(&sim),
            })
            .collect()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}
