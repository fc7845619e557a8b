//! Changes between two calls, the journal, starting and stopping.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use cloudflare_sim::{Endpoint, Options, Running, Sim, Spec, When, state::MemberStatus};

use crate::client::{account, bearer, call, get};

async fn start(members: usize) -> Running {
    Sim::new(Spec::with_members(members), Options::default())
        .start()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_member_removed_between_two_pages_shifts_the_listing() {
    let sim = start(12).await;
    let before: Vec<_> = sim.read(|state| state.members.iter().map(|m| m.id.clone()).collect());
    sim.after(When::call(1).of("/accounts/*/members"), |state| {
        state.remove_member(2);
    });
    let first = account(&sim, "/members?per_page=5").await;
    let second = account(&sim, "/members?per_page=5&page=2").await;
    assert_eq!(first.json()["result_info"]["total_count"], 12);
    assert_eq!(second.json()["result_info"]["total_count"], 11);
    assert_eq!(first.list()[4]["id"], before[4]);
    assert_eq!(
        second.list()[0]["id"],
        before[6],
        "the sixth member moved to the first page"
    );
}

#[tokio::test]
async fn members_can_be_added_and_accept_between_calls() {
    let sim = start(12).await;
    sim.after(When::call(1), |state| {
        let mut copy = state.members[1].clone();
        copy.id = "f".repeat(32);
        state.insert_member(0, copy);
    });
    sim.after(When::call(2), |state| state.accept_member(8));
    account(&sim, "/members").await;
    let after = account(&sim, "/members").await.list();
    assert_eq!((after.len(), &after[0]["id"]), (13, &"f".repeat(32).into()));
    assert_eq!(after[8]["status"], "pending");
    let accepted = account(&sim, "/members").await.list()[8].clone();
    assert_eq!(accepted["status"], "accepted");
    assert_eq!(accepted["user"]["id"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn a_removed_member_leaves_its_groups() {
    let sim = start(40).await;
    let group = sim.read(|state| state.user_groups[0].clone());
    let gone = group.members[0].member_id.clone();
    let path = format!("/iam/user_groups/{}/members", group.id);
    assert_eq!(account(&sim, &path).await.list()[0]["id"], gone);
    sim.change(|state| {
        let index = state.members.iter().position(|member| member.id == gone).unwrap();
        state.remove_member(index)
    });
    let left = account(&sim, &path).await.list();
    assert_eq!(left.len(), group.members.len() - 1);
    assert!(left.iter().all(|member| member["id"] != gone));
}

#[tokio::test]
async fn the_journal_holds_calls_in_order_and_no_secrets() {
    let sim = start(5).await;
    account(&sim, "/members?page=2&per_page=5").await;
    get(&sim, "/user").await;
    call(&sim, "/nowhere", &[]).await.unwrap();
    bearer(&sim, "/user", "wrong").await;
    let calls = sim.journal().calls();
    let shown: Vec<_> = calls
        .iter()
        .map(|c| (c.number, c.query.as_str(), c.endpoint(), c.status))
        .collect();
    assert_eq!(
        shown,
        [
            (1, "page=2&per_page=5", Some(Endpoint::Members), Some(200)),
            (2, "", Some(Endpoint::User), Some(200)),
            (3, "", None, Some(400)),
            (4, "", Some(Endpoint::User), Some(400)),
        ]
    );
    assert_eq!((sim.journal().count(Endpoint::User), sim.journal().len()), (2, 4));
    assert!(!format!("{calls:?}").contains(&sim.token()));
    sim.journal().clear();
    assert!(sim.journal().is_empty());
}

/// A file in memory.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_journal_is_written_as_lines() {
    let sim = start(5).await;
    let sink = Sink::default();
    sim.journal().write_to(sink.clone());
    get(&sim, "/user?x=1").await;
    let written = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    assert_eq!(
        written,
        "{\"number\":1,\"method\":\"GET\",\"path\":\"/user\",\"query\":\"x=1\",\"status\":200}\n"
    );
}

#[tokio::test]
async fn it_stops_when_told_and_when_dropped() {
    let sim = start(3).await;
    let address = sim.address();
    sim.stop().await;
    let again = Sim::new(Spec::with_members(3), Options::default())
        .start_at(address)
        .await
        .unwrap();
    assert_eq!(get(&again, "/user").await.status, 200);
    assert!(
        Sim::new(Spec::with_members(3), Options::default())
            .start_at(address)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn pending_members_come_in_all_forms() {
    let sim = start(200).await;
    let pending: Vec<_> = sim.read(|state| {
        state
            .members
            .iter()
            .map(|m| m.status)
            .filter(|s| *s != MemberStatus::Accepted)
            .collect()
    });
    assert_eq!(pending.len(), 4);
    let served = account(&sim, "/members?status=pending").await.list();
    let zeros = "0".repeat(32);
    let forms: Vec<_> = served
        .iter()
        .map(|m| {
            (
                m["user"].get("id").cloned(),
                m.get("email").is_some(),
                m["user"].get("email").is_some(),
            )
        })
        .collect();
    assert_eq!(
        forms,
        [
            (Some(serde_json::Value::Null), true, true),
            (Some(zeros.into()), true, true),
            (None, false, true),
            (None, true, false),
        ]
    );
}
