//! Inviting, cancelling, inviting again.

use std::fmt::Write;

use cloudflare_sim::{Endpoint, Fault, Options, When};
use connector::{Account, AccountOutcome, AccountRequest, Actions, DeleteRequest, Effect, Mode, Provisioner};
use model::{Profile, ProfileValue, ResourceId};

use super::world::{World, rules, said, state};

const MEMBERS: &str = "/accounts/*/members";

fn profile(roles: &[&str], policies: &[&str]) -> Profile {
    Profile::from([
        ("first_name".to_owned(), "Ada".into()),
        ("last_name".to_owned(), "Example".into()),
        ("roles".to_owned(), ProfileValue::texts(roles.iter().copied())),
        (
            "policies".to_owned(),
            ProfileValue::texts(policies.iter().copied()),
        ),
    ])
}

fn asked(email: &str, profile: Profile) -> AccountRequest {
    AccountRequest {
        email: email.to_owned(),
        login: String::new(),
        profile,
        mode: Mode::Make,
    }
}

fn invitation(account: &Account) -> &model::Resource {
    match &account.outcome {
        AccountOutcome::ActionRequired { resource, .. } => resource,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn roles_are_invited_to_by_id_or_by_name() {
    let world = World::new().await;
    let billing = world.entitlement("Billing").resource.id.object.to_string();
    for (email, role) in [
        ("by.id@example.com", billing.as_str()),
        ("by.name@example.com", "billing"),
    ] {
        let before = world.picture();
        let account = world
            .connector
            .create_account(&asked(email, profile(&[role], &[])))
            .await
            .unwrap();
        assert_eq!(account.changed.effect, Effect::Made);
        let resource = invitation(&account);
        assert_eq!(resource.id.resource_type.as_str(), "invitation");
        assert_eq!(resource.profile_text("first_name"), Some("Ada"));
        assert_eq!(
            before.difference(&world.picture()),
            [
                format!("+ member {email}: allow Billing"),
                format!("+ member {email}: pending")
            ]
        );
    }
}

#[tokio::test]
async fn scoped_permissions_are_invited_to_and_roles_join_them() {
    let world = World::new().await;
    let place = world
        .sim
        .read(|state| state.resource_groups[1].name.clone().unwrap());
    let policy = format!("Domain DNS on {place}");
    let request = asked("ada@example.com", profile(&["Billing"], &[&policy]));
    let before = world.picture();
    world.connector.create_account(&request).await.unwrap();
    assert_eq!(
        before.difference(&world.picture()),
        [
            "+ member ada@example.com: allow Billing".to_owned(),
            format!("+ member ada@example.com: allow Domain DNS @ {place}"),
            "+ member ada@example.com: pending".to_owned(),
        ]
    );
}

#[tokio::test]
async fn who_is_there_already_is_said_to_be() {
    let world = World::new().await;
    let before = world.picture();
    for (email, kind) in [("Roles@example.com", "user"), ("null@example.com", "invitation")] {
        let account = world
            .connector
            .create_account(&asked(email, profile(&["Billing"], &[])))
            .await
            .unwrap();
        let AccountOutcome::AlreadyExists(Some(resource)) = &account.outcome else {
            panic!("{account:?}")
        };
        assert_eq!(
            (resource.id.resource_type.as_str(), account.changed.effect),
            (kind, Effect::AlreadySo)
        );
    }
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn an_expired_invitation_that_lingers_is_told() {
    let world = World::new().await;
    world
        .sim
        .change(|state| state.expired_invitations.insert("gone@example.com".to_owned()));
    let request = asked("gone@example.com", profile(&["Billing"], &[]));
    let account = world.connector.create_account(&request).await.unwrap();
    assert_eq!(account.outcome, AccountOutcome::AlreadyExists(None));
    insta::assert_snapshot!(account.changed.notes[0].message, @"Cloudflare says that gone@example.com is invited already, but does not list the invitation");
}

#[tokio::test]
async fn a_lost_answer_never_invites_twice() {
    for fault in [
        Fault::status(500),
        Fault::edge(),
        Fault::Reset,
        Fault::Garbage,
        Fault::Truncated,
    ] {
        for after_effect in [false, true] {
            let world = World::new().await;
            let before = world.picture();
            let when = || When::call(1).of(MEMBERS).method("POST");
            if after_effect {
                world.sim.faults().add_after_effect(when(), fault.clone());
            } else {
                world.sim.faults().add(when(), fault.clone());
            }
            let request = asked("ada@example.com", profile(&["Billing"], &[]));
            let account = world.connector.create_account(&request).await.unwrap();
            assert_eq!(account.changed.effect, Effect::Made, "{fault:?} {after_effect}");
            invitation(&account);
            assert_eq!(
                before.difference(&world.picture()),
                [
                    "+ member ada@example.com: allow Billing",
                    "+ member ada@example.com: pending"
                ]
            );
            let posts = world.sim.journal().count_by_method(Endpoint::Members, "POST");
            let applied = after_effect || fault == Fault::Truncated;
            assert_eq!(posts, if applied { 1 } else { 2 }, "{fault:?} {after_effect}");
        }
    }
}

#[tokio::test]
async fn what_no_invitation_can_be_made_of_is_refused_before_anything_is_sent() {
    let world = World::new().await;
    let before = world.sim.journal().len();
    let mut words = String::new();
    for (email, profile) in [
        ("", profile(&["Billing"], &[])),
        ("no address", profile(&["Billing"], &[])),
        ("ada@example.com", profile(&[], &[])),
        ("ada@example.com", profile(&[""], &["Domain DNS"])),
    ] {
        let error = world
            .connector
            .create_account(&asked(email, profile))
            .await
            .unwrap_err();
        write!(words, "{}\n\n", said(&error)).unwrap();
    }
    assert_eq!(world.sim.journal().len(), before);
    for (roles, policies) in [
        (&["Nonsense"][..], &[][..]),
        (&[][..], &["Nonsense on Nowhere"][..]),
    ] {
        let request = asked("ada@example.com", profile(roles, policies));
        let error = world.connector.create_account(&request).await.unwrap_err();
        write!(words, "{}\n\n", said(&error)).unwrap();
    }
    insta::assert_snapshot!(words, @r"
    no-address
    an e-mail address is needed to invite somebody
    give one address of at most 90 characters, such as ada@example.com

    no-address
    `no address` is no e-mail address that Cloudflare takes
    give one address of at most 90 characters, such as ada@example.com

    no-role
    at least one role is needed to invite somebody
    give `roles` (ids or names) or `policies` (such as `Domain DNS on Production domains`) in the profile

    no-scope
    `Domain DNS` does not say on which scope
    write a permission and a scope, by name or id, such as `Domain DNS on Production domains`

    role-not-offered
    the account does not have the role Nonsense
    which roles there are depends on the account's plan: read the account again and choose one of its roles

    not-one-named
    the account does not have just one permission group named `Nonsense`
    give its id instead: it is in the file that a sync writes
    ");
}

#[tokio::test]
async fn a_dry_run_of_an_invitation_sends_none() {
    let world = World::new().await;
    let before = world.picture();
    let request = AccountRequest {
        mode: Mode::DryRun,
        ..asked("ada@example.com", profile(&["Billing"], &[]))
    };
    let account = world.connector.create_account(&request).await.unwrap();
    assert_eq!(
        (account.outcome, account.changed.effect),
        (AccountOutcome::Planned, Effect::Planned)
    );
    assert_eq!(account.changed.change.after, ["Billing"]);
    let known = AccountRequest {
        email: "null@example.com".to_owned(),
        ..request
    };
    let account = world.connector.create_account(&known).await.unwrap();
    assert_eq!(account.changed.effect, Effect::AlreadySo);
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn a_stale_invitation_is_replaced_by_one_that_offers_the_same() {
    let world = World::new().await;
    let (before, id) = (world.picture(), world.member_id("null"));
    let arguments = Profile::from([("email".to_owned(), "null@example.com".into())]);
    let result = world.connector.invoke("reinvite", &arguments).await.unwrap();
    assert_eq!(before, world.picture());
    let new = result["invitation"].as_text().unwrap();
    assert_eq!(new, world.member_id("null"));
    assert_ne!(new, id);
    let old = DeleteRequest {
        resource: ResourceId::new("invitation", id.as_str()),
        mode: Mode::Make,
    };
    assert_eq!(
        world.connector.delete(&old).await.unwrap().effect,
        Effect::AlreadySo
    );
}

#[tokio::test]
async fn an_invitation_that_was_only_cancelled_is_reported_and_a_repeat_sends_it() {
    let world = World::new().await;
    let before = world.picture();
    for call in 1..=4 {
        let when = When::call(call).of(MEMBERS).method("POST");
        world.sim.faults().add(when, Fault::status(500));
    }
    let arguments = Profile::from([("email".to_owned(), "null@example.com".into())]);
    let error = world.connector.invoke("reinvite", &arguments).await.unwrap_err();
    insta::assert_snapshot!(said(&error), @r"
    cancelled-only
    the invitation of null@example.com was cancelled, but the new one was not sent: Invite null@example.com: not done: Cloudflare cannot give the members at the moment: fault switch (status 500, code 1000)
    ask for the same again, or invite null@example.com with: Billing, DNS
    ");
    world.sim.faults().clear();
    world.connector.invoke("reinvite", &arguments).await.unwrap();
    assert_eq!(before, world.picture());
    // Now there is nothing begun any more, and somebody else has nothing to be sent.
    let nobody = Profile::from([("email".to_owned(), "nobody@example.com".into())]);
    insta::assert_snapshot!(said(&world.connector.invoke("reinvite", &nobody).await.unwrap_err()), @r"
    no-such-invitation
    nobody@example.com is not invited to the account
    invite the person: create an account with this address and its roles
    ");
    let member = Profile::from([("email".to_owned(), "roles@example.com".into())]);
    let error = world.connector.invoke("reinvite", &member).await.unwrap_err();
    assert_eq!(error.code, "invitation-accepted");
}

#[tokio::test]
async fn other_forms_of_a_duplicate_are_known_too() {
    let options = Options {
        duplicate_member: cloudflare_sim::DuplicateMember::Conflict,
        ..Options::unlimited()
    };
    let world = World::of(state(), rules(), options).await;
    let request = asked("roles@example.com", profile(&["Billing"], &[]));
    let account = world.connector.create_account(&request).await.unwrap();
    assert_eq!(account.changed.effect, Effect::AlreadySo);
}
