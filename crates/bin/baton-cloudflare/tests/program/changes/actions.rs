//! Actions, by flag and by command.

use insta::assert_snapshot;
use serde_json::Value;

use super::company::{Company, Deed, asked, without_ids};

/// Runs an action by its flag.
fn invoke(company: &Company, name: &str, arguments: &Value) -> Deed {
    company.deed(&[
        "--invoke-action",
        name,
        "--invoke-action-args",
        &arguments.to_string(),
    ])
}

fn effect(deed: &Deed) -> String {
    deed.json()["response"]["response"]["effect"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Like [`Company::story`], for actions with the argument `dry_run`.
fn story(company: &Company, name: &str, key: &str, value: &str) -> String {
    let planned = invoke(company, name, &serde_json::json!({ key: value, "dry_run": true }));
    assert_eq!(effect(&planned), "planned");
    assert!(planned.changed_nothing());
    let made = invoke(company, name, &serde_json::json!({ key: value }));
    assert_eq!(effect(&made), "made");
    format!("{name}\n{}", made.shown())
}

#[test]
fn the_list() {
    let company = Company::new();
    let by_flag = company.deed(&["--list-action-schemas"]);
    let by_command = company.deed(&["actions"]);
    assert_eq!(by_flag.run.stdout, by_command.run.stdout);
    let listed = by_flag.json()["response"]["schemas"].clone();
    let lines: Vec<String> = listed.as_array().unwrap().iter().map(Value::to_string).collect();
    assert_snapshot!(lines.join("\n"));
    let on_users = company.deed(&["--list-resource-actions", "user"]);
    assert_eq!(
        on_users.run.stdout,
        company.deed(&["actions", "--type", "user"]).run.stdout
    );
    let schemas = on_users.json()["response"]["schemas"].clone();
    let names: Vec<&Value> = schemas
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["dry_run_grant", "dry_run_revoke"]);
}

#[test]
fn tokens_and_invitations() {
    let company = Company::new();
    let token = company.object("terraform");
    let stories = [
        story(&company, "disable_token", "token_id", &token),
        story(&company, "enable_token", "token_id", &token),
        story(&company, "reinvite", "email", "intern.2026@example.com"),
    ];
    assert_snapshot!(stories.join("\n"));
    let again = invoke(
        &company,
        "enable_token",
        &serde_json::json!({ "token_id": token }),
    );
    assert_eq!(effect(&again), "already_so");
    assert!(again.changed_nothing());
}

#[test]
fn dry_runs() {
    let company = Company::new();
    let (role, user) = (
        company.entitlement("Billing Member Role"),
        company.object("Samir Chowdhury"),
    );
    let scoped = company.entitlement("Domain DNS on Staging domains");
    let deeds = [("dry_run_grant", scoped), ("dry_run_revoke", role)].map(|(name, entitlement)| {
        let arguments = [format!("entitlement_id={entitlement}"), format!("user_id={user}")];
        let asked_for = ["run", name, &arguments[0], &arguments[1]];
        let deed = company.deed(&asked_for);
        assert!(deed.changed_nothing());
        let by_flag = invoke(
            &company,
            name,
            &serde_json::json!({ "entitlement_id": entitlement, "user_id": user }),
        );
        assert_eq!(
            by_flag.json()["response"]["response"],
            deed.json()["response"]["response"]
        );
        format!("{}\n{}", asked(&asked_for), deed.shown())
    });
    assert_snapshot!(deeds.join("\n"));
}

#[test]
fn mistakes() {
    let company = Company::new();
    let ends = [
        &["run", "no_such_action"][..],
        &["run", "disable_token"],
        &[
            "run",
            "disable_token",
            "token_id=00000000000000000000000000000000",
        ],
        &["run", "disable_token", "token_id=x", "dry_run=perhaps"],
        &["run", "disable_token", "token_id=x", "--dry-run"],
        &["run", "reinvite", "email=nobody@example.com"],
        &["--invoke-action", "disable_token", "--invoke-action-args", "{"],
    ]
    .map(|arguments| {
        let deed = company.deed(arguments);
        assert!(deed.changed_nothing());
        format!("{}\n{}", asked(arguments), without_ids(&deed.shown()))
    });
    assert_snapshot!(ends.join("\n"));
}
