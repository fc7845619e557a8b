//! The commands for people, with names.

use insta::assert_snapshot;

use super::company::Company;

#[test]
fn people_give_and_take() {
    let company = Company::new();
    let stories = [
        &["grant", "jonas.becker@example.com", "Billing"][..],
        &["revoke", "Nadia Kovalenko", "turnstile"],
        &[
            "grant",
            "valentina.rossi@example.com",
            "Domain DNS",
            "--on",
            "Production domains",
        ],
        &[
            "revoke",
            "valentina.rossi@example.com",
            "Domain DNS on Production domains",
        ],
        &["grant", "Arjun Mehta", "Incident response"],
        &["revoke", "zoe.vandenberg@example.com", "Storefront developers"],
    ]
    .map(|arguments| company.story(arguments));
    assert_snapshot!(stories.join("\n"));
}

#[test]
fn people_invite_and_remove() {
    let company = Company::new();
    let stories = [
        &["invite", "edith@example.com", "--roles", "Billing,DNS"][..],
        &[
            "invite",
            "hedy@example.com",
            "--policies",
            "Domain DNS on Production domains",
        ],
        &["remove", "amara.diallo@example.com"],
        &["remove", "lena.fischer@example.com"],
        &["remove", "hackathon 2024"],
    ]
    .map(|arguments| company.story(arguments));
    assert_snapshot!(stories.join("\n"));
}

#[test]
fn an_id_from_another_program_is_understood_as_well() {
    let company = Company::new();
    let user = company.object("Valentina Rossi");
    let deeds = [format!("user:{user}"), format!("bid:r:user/{user}"), user.clone()].map(|who| {
        let deed = company.deed(&[
            "grant",
            &who,
            &company.entitlement("DNS Member Role"),
            "--dry-run",
        ]);
        assert!(deed.changed_nothing());
        deed.run.stdout
    });
    assert!(deeds.iter().all(|told| *told == deeds[0]), "{deeds:?}");
}

#[test]
fn what_is_not_clear_is_not_done() {
    let company = Company::new();
    let ends = [
        &["grant", "nobody@example.com", "Billing"][..],
        &["grant", "arjun.mehta@example.com", "Biling"],
        &[
            "grant",
            "arjun.mehta@example.com",
            "Domain DMS",
            "--on",
            "Production domains",
        ],
        &["grant", "noor.janssen@example.com", "Billing"],
        &["grant", "DNS operators", "Billing"],
        &["remove", "Billing"],
        &["grant", "arjun.mehta@example.com"],
        &["grant", "Arjun", "Mehta", "Billing"],
    ]
    .map(|arguments| {
        let deed = company.deed(arguments);
        assert!(deed.changed_nothing());
        format!("{}\n{}", super::company::asked(arguments), deed.shown())
    });
    assert_snapshot!(ends.join("\n"));
}
