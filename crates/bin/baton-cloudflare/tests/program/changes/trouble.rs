//! Cloudflare does not answer, or the program is asked to stop.

use std::process::Command;
use std::time::Duration;

use cloudflare_sim::state::Grants;
use cloudflare_sim::{Fault, Options, When};
use insta::assert_snapshot;

use super::company::Company;
use crate::world::Run;

const GRANT: [&str; 3] = ["grant", "arjun.mehta@example.com", "Billing"];

#[test]
fn nobody_is_there() {
    let company = Company::new();
    let mut command = company.world.command();
    command.env("BATON_BASE_URL", "http://127.0.0.1:9/client/v4");
    let deed = company.deed_of(command.args(GRANT));
    assert!(deed.changed_nothing());
    assert_eq!(deed.run.code, Some(14), "{}", deed.run.stderr);
    assert!(deed.run.last_words().contains("not done"), "{}", deed.run.stderr);
}

#[test]
fn a_token_that_is_not_accepted_or_may_only_read() {
    let company = Company::new();
    let mut command = company.world.command();
    command.env(
        "BATON_API_TOKEN",
        "cfut_0000000000000000000000000000000000000000unknown",
    );
    let unknown = company.deed_of(command.args(GRANT));
    company.world.sim.change(|state| {
        state.credentials[0].grants = Grants::only(["Account Settings Read", "User Details Read"]);
    });
    let reads = company.deed(&GRANT);
    assert_eq!((unknown.run.code, reads.run.code), (Some(16), Some(7)));
    assert!(unknown.changed_nothing() && reads.differs.is_empty());
    assert_snapshot!(
        company
            .world
            .plain(&without_ray(&[unknown.shown(), reads.shown()].join("\n")))
    );
}

#[test]
fn an_answer_that_is_lost() {
    let company = Company::new();
    let put = || When::call(1).method("PUT");
    company.world.sim.faults().add_after_effect(put(), Fault::Reset);
    let lost = company.deed(&GRANT);
    assert_eq!((lost.effect().as_str(), lost.writes.len()), ("made", 1));
    company
        .world
        .sim
        .faults()
        .add(When::every().method("PUT"), Fault::status(503));
    let refused = company.deed(&["grant", "arjun.mehta@example.com", "DNS"]);
    assert_eq!(refused.run.code, Some(14), "{}", refused.run.stderr);
    assert!(refused.differs.is_empty());
    company.world.sim.faults().clear();
    assert_eq!(
        company
            .deed(&["grant", "arjun.mehta@example.com", "DNS"])
            .effect(),
        "made"
    );
}

#[cfg(unix)]
#[test]
fn a_write_that_is_under_way_is_brought_to_its_end() {
    let company = Company::with(Options {
        latency: Duration::from_millis(300),
        ..Options::unlimited()
    });
    let deed = company.watch(|| {
        let mut child = company.world.spawn(&GRANT);
        while company.world.sim.journal().writes().is_empty() {
            assert!(child.try_wait().unwrap().is_none());
            company.world.pause(Duration::from_millis(1));
        }
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        Run::from(child.wait_with_output().unwrap())
    });
    assert_eq!(deed.effect(), "made");
    assert_eq!(deed.writes.len(), 1);
    assert!(
        deed.run
            .said("the change under way is brought to its end; a second signal stops at once")
    );
}

/// The number of an exchange is another one each time.
fn without_ray(text: &str) -> String {
    let mut parts = text.split(", ray ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.split_once(')').map_or("", |(_, rest)| rest);
        format!("{text}){rest}")
    })
}
