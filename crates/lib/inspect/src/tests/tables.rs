use c1z::SyncKind;
use insta::assert_snapshot;

use super::*;
use crate::fixture::Records;
use crate::fixture::file::{forget_the_end, sync_id};
use crate::{Held, Sides};

fn of_company(topic: Topic) -> String {
    ask(&File::of_company().path(), topic).whole()
}

fn held_on_scopes() -> Held {
    Held {
        resource_type: Some("resource_group".into()),
        ..Held::default()
    }
}

#[test]
fn resource_types() {
    assert_snapshot!(of_company(Topic::ResourceTypes));
}

#[test]
fn resources() {
    assert_snapshot!("resources_all", of_company(Topic::Resources(None)));
    for kind in ["user", "invitation", "role", "api_token", "user_group", "nothing"] {
        assert_snapshot!(
            format!("resources_{kind}"),
            of_company(Topic::Resources(Some(kind.into())))
        );
    }
}

#[test]
fn entitlements() {
    assert_snapshot!(of_company(Topic::Entitlements(None)));
}

#[test]
fn grants() {
    assert_snapshot!(of_company(Topic::Grants(Held::default())));
}

#[test]
fn grants_on_scopes_in_a_pipe() {
    let file = File::of_company();
    let said = put(
        &question(&file.path(), Topic::Grants(held_on_scopes())),
        Look::PLAIN,
    );
    assert_snapshot!(said.whole());
}

#[test]
fn who_has_a_roles_rights_through_a_group_is_not_left_out() {
    let file = File::new().with(&SyncKind::Full, &Records::company().with_dns_through_platform());
    let roles = ask(&file.path(), Topic::Resources(Some("role".into()))).whole();
    let dns = Held {
        resource: Some(model::ResourceId::new("role", "r-dns")),
        ..Held::default()
    };
    let grants = ask(&file.path(), Topic::Grants(dns.clone())).whole();
    let people = ask(&file.path(), Topic::Principals(dns)).whole();
    assert_snapshot!(format!("{roles}\n{grants}\n{people}"));
}

#[test]
fn a_slip_of_the_fingers_is_not_nobody() {
    let file = File::of_company();
    let entitlement = Held {
        entitlement: Some("nope".into()),
        ..Held::default()
    };
    let resource = Held {
        resource: Some(model::ResourceId::new("role", "nope")),
        ..Held::default()
    };
    let kind = Held {
        resource_type: Some("usr".into()),
        ..Held::default()
    };
    let slips = [
        Topic::Resources(Some("usr".into())),
        Topic::Entitlements(Some("usr".into())),
        Topic::Grants(kind),
        Topic::Grants(resource),
        Topic::Principals(entitlement),
    ];
    let mut told = String::new();
    for slip in slips {
        let said = ask(&file.path(), slip);
        told += &said.whole();
        assert_eq!(said.result.unwrap_err().exit_code(), 5);
    }
    assert_snapshot!(told);
}

#[test]
fn principals() {
    assert_snapshot!(of_company(Topic::Principals(held_on_scopes())));
}

#[test]
fn access() {
    let asked = [
        ("person_by_part_of_a_name", "carol"),
        ("person_with_a_denial", "Dan"),
        ("person_by_typed_id", "user:ada"),
        ("person_with_nothing", "Erin Oduya"),
        ("group", "user_group:g-platform"),
        ("invitation_by_address", "FRANK@example.com"),
        ("token", "terraform"),
    ];
    for (name, who) in asked {
        assert_snapshot!(
            format!("access_{name}"),
            of_company(Topic::Access(who.to_owned()))
        );
    }
}

#[test]
fn access_of_nobody_and_of_several() {
    assert_snapshot!("access_nobody", of_company(Topic::Access("mallory".to_owned())));
    assert_snapshot!(
        "access_several",
        of_company(Topic::Access("@example.com".to_owned()))
    );
    let nobody = ask(&File::of_company().path(), Topic::Access("mallory".to_owned()));
    assert_eq!(nobody.result.unwrap_err().exit_code(), 5);
}

#[test]
fn stats_syncs_and_check() {
    assert_snapshot!("stats", of_company(Topic::Stats));
    assert_snapshot!("syncs", of_company(Topic::Syncs));
    assert_snapshot!("check", of_company(Topic::Check));
}

#[test]
fn a_dangling_grant_is_found_and_shown() {
    let mut records = Records::company();
    records
        .resources
        .retain(|resource| resource.id.object.as_str() != "yuki");
    records
        .entitlements
        .retain(|entitlement| entitlement.slug != "pg-dns");
    let file = File::new().with(&SyncKind::Full, &records);
    assert_snapshot!("dangling_check", ask(&file.path(), Topic::Check).whole());
    assert_snapshot!(
        "dangling_grants",
        ask(&file.path(), Topic::Grants(Held::default())).whole()
    );
}

#[test]
fn a_run_of_some_types_says_so() {
    let token =
        r#"{"rollcall":{"request":{"source":"s","scope":{"types":["user","role"]},"resources_only":false}}}"#;
    let mut records = Records::company();
    records
        .resources
        .retain(|resource| resource.id.resource_type.as_str() != "user_group");
    let file = File::new().with_token(&SyncKind::Full, &records, token);
    for (name, topic) in [
        ("stats", Topic::Stats),
        ("syncs", Topic::Syncs),
        ("check", Topic::Check),
        ("access", Topic::Access("erin".into())),
    ] {
        assert_snapshot!(format!("some_types_{name}"), ask(&file.path(), topic).whole());
    }
    let said = "note: this run did not read everything: only user, role\n";
    let other = File::of_company();
    let sides = Sides {
        other: Some(other.path()),
        ..Sides::default()
    };
    for topic in [Topic::Findings, Topic::Diff(sides)] {
        assert_eq!(ask(&file.path(), topic).remarks, said);
    }
}

#[test]
fn findings() {
    assert_snapshot!(of_company(Topic::Findings));
}

#[test]
fn the_page_of_the_demo() {
    for width in [80, 140] {
        let look = Look {
            width: Some(width),
            ..TERMINAL
        };
        assert_snapshot!(format!("overview_{width}"), overview(&File::of_company(), look));
    }
}

#[test]
fn the_page_of_the_demo_in_colour() {
    let look = Look {
        colour: true,
        ..TERMINAL
    };
    assert_snapshot!(overview(&File::of_company(), look).replace('\u{1b}', "␛"));
}

#[test]
fn differences() {
    let mut later = Records::company();
    later
        .resources
        .retain(|resource| resource.id.object.as_str() != "erin");
    later
        .grants
        .retain(|grant| grant.principal.object.as_str() != "bob");
    for resource in &mut later.resources {
        if resource.id.object.as_str() == "carol" {
            resource.display_name = "Carol Berg".to_owned();
        }
    }
    let file = File::of_company().with(&SyncKind::Full, &later);
    assert_snapshot!(
        "differences",
        ask(&file.path(), Topic::Diff(Sides::default())).whole()
    );
    let backwards = Sides {
        from: Some(sync_id(2)),
        to: Some(sync_id(1)),
        other: None,
    };
    assert_snapshot!(
        "differences_backwards",
        ask(&file.path(), Topic::Diff(backwards)).whole()
    );
}

#[test]
fn two_files_without_differences() {
    let (one, other) = (File::of_company(), File::of_company());
    let sides = Sides {
        other: Some(other.path()),
        ..Sides::default()
    };
    assert_snapshot!(ask(&one.path(), Topic::Diff(sides)).whole());
}

#[test]
fn one_sync_has_nothing_to_compare_with() {
    assert_snapshot!(of_company(Topic::Diff(Sides::default())));
}

#[test]
fn grants_come_from_the_newest_full_sync() {
    let mut bare = Records::company();
    bare.entitlements.clear();
    bare.grants.clear();
    let file = File::of_company().with(&SyncKind::ResourcesOnly, &bare);
    let grants = ask(&file.path(), Topic::Grants(held_on_scopes()));
    assert!(grants.out.contains("Domain DNS on Production zones"));
    assert_snapshot!("remark_on_fallback", grants.remarks);
    assert_snapshot!("stats_of_resources_only", ask(&file.path(), Topic::Stats).whole());
    let alone = File::new().with(&SyncKind::ResourcesOnly, &bare);
    assert_snapshot!(
        "grants_of_resources_only",
        ask(&alone.path(), Topic::Grants(Held::default())).whole()
    );
}

#[test]
fn an_unfinished_sync_is_said_to_be_one() {
    let file = File::of_company();
    forget_the_end(&file.path());
    assert_snapshot!("unfinished_stats", ask(&file.path(), Topic::Stats).whole());
    assert_snapshot!("unfinished_check", ask(&file.path(), Topic::Check).whole());
    assert_snapshot!("unfinished_syncs", ask(&file.path(), Topic::Syncs).whole());
}

#[test]
fn an_unknown_sync_is_an_error_of_its_own() {
    let file = File::of_company();
    let question = Question {
        sync: Some("nope".into()),
        ..question(&file.path(), Topic::Stats)
    };
    let said = put(&question, TERMINAL);
    assert_snapshot!(said.whole());
    assert_eq!(said.result.unwrap_err().exit_code(), 5);
}

#[test]
fn a_file_that_is_not_there() {
    let said = ask(Path::new("nowhere.c1z"), Topic::Stats);
    assert_snapshot!(said.whole());
    assert_eq!(said.result.unwrap_err().exit_code(), 2);
}
