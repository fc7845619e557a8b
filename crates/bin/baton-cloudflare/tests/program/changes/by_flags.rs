//! The flags of control planes, with ids.

use insta::assert_snapshot;

use super::company::Company;

#[test]
fn a_role() {
    let company = Company::new();
    let (role, user) = (
        company.entitlement("Billing Member Role"),
        company.object("Arjun Mehta"),
    );
    let grant = [
        "--grant-entitlement",
        &role,
        "--grant-principal",
        &user,
        "--grant-principal-type",
        "user",
    ];
    let revoke = company.grant("Analytics Member Role", "Valentina Rossi");
    let stories = [
        company.story(&grant),
        company.story(&[
            "--revoke-grant",
            &company.grant("Billing Member Role", "Samir Chowdhury"),
        ]),
    ];
    assert_snapshot!(stories.join("\n"));
    // All that somebody holds: refused, or the end of the membership.
    let refused = company.deed(&["--revoke-grant", &revoke]);
    assert!(refused.changed_nothing());
    assert_snapshot!("all_that_is_held", refused.shown());
    assert_snapshot!(
        "all_that_is_held_with_the_membership",
        company.story(&["--revoke-grant", &revoke, "--remove-member-on-last-role"])
    );
}

#[test]
fn a_scoped_permission() {
    let company = Company::new();
    let scoped = company.entitlement("Domain DNS on Production domains");
    let user = company.object("Olumide Adebayo");
    let stories = [
        company.story(&["--grant-entitlement", &scoped, "--grant-principal", &user]),
        company.story(&[
            "--revoke-grant",
            &company.grant("Domain DNS on Production domains", "Jonas Becker"),
        ]),
    ];
    assert_snapshot!(stories.join("\n"));
}

#[test]
fn a_user_group() {
    let company = Company::new();
    let group = company.entitlement("Incident response Group Member");
    let user = company.object("Yusuf Demir");
    let stories = [
        company.story(&["--grant-entitlement", &group, "--grant-principal", &user]),
        company.story(&[
            "--revoke-grant",
            &company.grant("DNS operators Group Member", "Jonas Becker"),
        ]),
    ];
    assert_snapshot!(stories.join("\n"));
}

#[test]
fn an_account() {
    let company = Company::new();
    let billing = company.object("Billing");
    let by_id = format!(
        r#"{{"first_name": "Edith", "last_name": "Clarke", "email": "edith@example.com", "roles": ["{billing}"]}}"#
    );
    let by_name = r#"{"roles": ["DNS"], "policies": ["Domain DNS on Staging domains"]}"#;
    let ends = [
        &["--create-account-profile", by_id.as_str()][..],
        &[
            "--create-account-email",
            "hedy@example.com",
            "--create-account-profile",
            by_name,
        ],
        &[
            "--create-account-login",
            "mary@example.com",
            "--create-account-profile",
            by_name,
        ],
    ]
    .map(|arguments| company.story(arguments));
    assert_snapshot!(ends.join("\n"));
}

#[test]
fn an_address_alone_offers_nothing() {
    let company = Company::new();
    let refused = company.deed(&["--create-account-email", "edith@example.com"]);
    assert!(refused.changed_nothing());
    assert_snapshot!(refused.shown(), @r"
    exit code 3
    error: at least one role is needed to invite somebody
    hint: give `roles` (ids or names) or `policies` (such as `Domain DNS on Production domains`) in the profile
    ");
}

#[test]
fn somebody_who_is_there() {
    let company = Company::new();
    let invite = |email| {
        let roles = r#"{"roles": ["Billing"]}"#;
        let deed = company.deed(&["--create-account-email", email, "--create-account-profile", roles]);
        assert_eq!(deed.effect(), "already_so");
        assert!(deed.differs.is_empty());
        deed.shown()
    };
    assert_snapshot!(
        [
            invite("arjun.mehta@example.com"),
            invite("intern.2026@example.com")
        ]
        .join("\n")
    );
}

#[test]
fn removals() {
    let company = Company::new();
    let remove = |kind: &str, name: &str| {
        company.story(&[
            "--delete-resource",
            &company.object(name),
            "--delete-resource-type",
            kind,
        ])
    };
    let stories = [
        remove("user", "Valentina Rossi"),
        remove("invitation", "noor.janssen@example.com"),
        remove("api_token", "old backup job"),
    ];
    assert_snapshot!(stories.join("\n"));
}
