//! What the guards refuse, and what the person can do about it.

use insta::assert_snapshot;

use cloudflare_sim::State;
use cloudflare_sim::demo;

use super::company::{Company, Deed, asked};
use crate::world::World;

fn refused(company: &Company, arguments: &[&str]) -> String {
    let deed = company.deed(arguments);
    assert_eq!(deed.run.code, Some(9), "{}", deed.run.stderr);
    assert!(deed.changed_nothing());
    let planned = company.deed(&[arguments, &["--dry-run"]].concat());
    assert_eq!(
        planned.run.end(),
        deed.run.end(),
        "a dry run meets the same guards"
    );
    format!("{}\n{}\ncode {}\n", asked(arguments), deed.shown(), code(&deed))
}

/// The word for machines, which the log has.
fn code(deed: &Deed) -> String {
    deed.run.log().last().unwrap()["code"].to_string()
}

/// Like the demo, with one that is a Super Administrator and more.
fn company(change: impl FnOnce(&mut State)) -> Company {
    let mut state = demo::example_retail("2026-10-01T00:00:00Z".parse().unwrap());
    change(&mut state);
    Company::of(World::of(state, cloudflare_sim::Options::unlimited()))
}

/// Gives what somebody holds to somebody else as well.
fn also(state: &mut State, from: &str, to: &str) {
    let of = |state: &State, local: &str| {
        let email = format!("{local}@example.com");
        state
            .members
            .iter()
            .position(|member| member.person.email == email)
            .unwrap()
    };
    let given = state.members[of(state, from)].policies.clone();
    let place = of(state, to);
    state.members[place].policies.extend(given);
}

#[test]
fn super_administrators() {
    let company = company(|_| {});
    let tomas = ["remove", "tomas.herrera@example.com"];
    let ends = [
        refused(&company, &["remove", "ada.moreau@example.com"]),
        refused(&company, &tomas),
    ];
    assert_snapshot!(ends.join("\n"));
    let allowed = company.deed(&[&tomas[..], &["--allow-one-super-administrator"]].concat());
    assert_eq!(allowed.effect(), "made");
    assert_snapshot!(allowed.differs.join("\n"), @r"
    - member tomas.herrera@example.com: accepted
    - member tomas.herrera@example.com: allow Super Administrator - All Privileges
    ");
}

#[test]
fn the_last_super_administrator_stays_whatever_is_allowed() {
    let company = company(|state| {
        also(state, "ben.okafor", "tomas.herrera");
        state
            .members
            .retain(|member| member.person.email != "ada.moreau@example.com");
    });
    let role = "Super Administrator - All Privileges";
    let end = refused(
        &company,
        &[
            "revoke",
            "tomas.herrera@example.com",
            role,
            "--allow-one-super-administrator",
        ],
    );
    assert_snapshot!(end);
}

#[test]
fn protected_members() {
    let company = Company::new();
    let grant = ["grant", "arjun.mehta@example.com", "Billing"];
    let mut command = company.world.command();
    command.env("BATON_PROTECT_MEMBER", "ops@example.com,ARJUN.MEHTA@example.com");
    let deed = company.deed_of(command.args(grant));
    assert!(deed.changed_nothing());
    assert_snapshot!(deed.shown(), @r"
    exit code 9
    error: arjun.mehta@example.com is protected: nothing is changed about this member
    hint: make the change in the dashboard, or take the member off --protect-member
    ");
    let ends = [
        refused(
            &company,
            &[
                "remove",
                "arjun.mehta@example.com",
                "--protect-member",
                "arjun.mehta@example.com",
            ],
        ),
        refused(
            &company,
            &[
                "revoke",
                "arjun.mehta@example.com",
                "Storefront developers",
                "--protect-member",
                "arjun.mehta@example.com",
            ],
        ),
    ];
    assert_snapshot!(ends.join("\n"));
    assert_eq!(company.deed(&grant).effect(), "made");
}

#[test]
fn everything_else_that_is_refused() {
    let company = Company::new();
    let ends = [
        refused(&company, &["revoke", "valentina.rossi@example.com", "Analytics"]),
        refused(
            &company,
            &[
                "revoke",
                "ruth.goldberg@example.com",
                "Billing",
                "--remove-member-on-last-role",
            ],
        ),
        refused(
            &company,
            &[
                "--grant-entitlement",
                &company.entitlement("Billing Member Role"),
                "--grant-principal",
                &company.object("noor.janssen@example.com"),
                "--grant-principal-type",
                "invitation",
            ],
        ),
        refused(
            &company,
            &[
                "--revoke-grant",
                &company.grant("Audit Logs Viewer on the whole account", "Farah Haddad"),
            ],
        ),
    ];
    assert_snapshot!(ends.join("\n"));
}
