//! Lists, page by page.

use std::collections::BTreeSet;

use governance::{KeyScope, Role};
use serde_json::{Value, json};

use crate::world::World;

/// All of a list, in pages of so many.
async fn all(world: &World, key: &str, path: &str, limit: u64) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = world.get(key, &format!("{path}limit={limit}{next}")).await.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() as u64 <= limit);
        found.extend(items.clone());
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_have_everything_once() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&ada, KeyScope::Everything).await;
    let list: Vec<String> = (0..25).map(|number| format!("App {number:02}")).collect();
    let imported = world.post(&key, "/apps/import", json!({ "names": list })).await;
    assert_eq!(imported.json()["added"], 25);
    let again = world.post(&key, "/apps/import", json!({ "names": list })).await;
    assert_eq!(again.json()["added"], 0);
    for limit in [1, 7, 24, 25, 200] {
        assert_eq!(names(&all(&world, &key, "/apps?", limit).await), list);
    }
    let some = all(&world, &key, "/apps?search=APP%201&", 3).await;
    assert_eq!(names(&some), list[10..20]);
    assert_eq!(
        all(&world, &key, "/apps?state=managed&", 3).await,
        [] as [Value; 0]
    );
}

/// What is added while somebody turns pages neither hides anything nor shows it twice.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_meanwhile_moves_nothing() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&ada, KeyScope::Everything).await;
    let first = world.post(&key, "/apps/import", json!({ "names": ["B", "C", "D"] }));
    first.await;
    let page = world.get(&key, "/apps?limit=2").await.json();
    world.post(&key, "/apps/import", json!({ "names": ["A"] })).await;
    let next = page["next"].as_str().unwrap();
    let rest = world
        .get(&key, &format!("/apps?limit=2&cursor={next}"))
        .await
        .json();
    assert_eq!(names(rest["items"].as_array().unwrap()), ["D"]);
    // The same of the trail, which grows at the end that is shown first.
    let page = world.get(&key, "/audit?limit=2").await.json();
    world.post(&key, "/apps/import", json!({ "names": ["E"] })).await;
    let next = page["next"].as_str().unwrap();
    let rest = world
        .get(&key, &format!("/audit?limit=200&cursor={next}"))
        .await
        .json();
    let number = |page: &Value| -> Vec<i64> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|entry| entry["number"].as_i64().unwrap()).collect()
    };
    let (seen, rest) = (number(&page), number(&rest));
    assert_eq!(*rest.first().unwrap(), seen.last().unwrap() - 1);
    assert_eq!(rest.last(), Some(&1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_read_to_its_beginning() {
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&ada, KeyScope::Everything).await;
    let list: Vec<String> = (0..9).map(|number| format!("App {number}")).collect();
    world.post(&key, "/apps/import", json!({ "names": list })).await;
    for limit in [1, 3, 10, 50] {
        let entries = all(&world, &key, "/audit?", limit).await;
        let numbers: BTreeSet<i64> = entries
            .iter()
            .map(|one| one["number"].as_i64().unwrap())
            .collect();
        assert_eq!((entries.len(), numbers.len()), (10, 10), "the key and nine apps");
    }
    let of_keys = all(&world, &key, "/audit?about=api-key&", 5).await;
    assert_eq!(of_keys.len(), 1);
    assert_eq!(of_keys[0]["action"], "api-key.added");
}
