//! Every operation on a member of every shape: exactly what was asked for, or nothing and an error that says why.

use std::fmt::Write;

use connector::{Changed, ConnectorError, DeleteRequest, Effect, Mode, Provisioner};

use super::world::{EVERYBODY, GROUP, World, word};

/// Something that is asked for about a member.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Grant(&'static str),
    Revoke(&'static str),
    Remove,
}

const OPERATIONS: [Operation; 15] = [
    Operation::Grant("Billing"),
    Operation::Grant("Cache Purge"),
    Operation::Grant("Super Administrator - All Privileges"),
    Operation::Grant("Domain DNS on PLACE"),
    Operation::Grant("Domain Waiting Room Read on PLACE"),
    Operation::Grant(GROUP),
    Operation::Revoke("Billing"),
    Operation::Revoke("DNS"),
    Operation::Revoke("Cache Purge"),
    Operation::Revoke("Super Administrator - All Privileges"),
    Operation::Revoke("Domain DNS on PLACE"),
    Operation::Revoke("Domain Page Shield on PLACE"),
    Operation::Revoke("Denied: Domain API Gateway on OTHER"),
    Operation::Revoke(GROUP),
    Operation::Remove,
];

impl Operation {
    async fn run(self, world: &World, local: &str) -> Result<Changed, ConnectorError> {
        match self {
            Self::Grant(title) => world.grant(&world.titled(title), local).await,
            Self::Revoke(title) => world.revoke(&world.titled(title), local).await,
            Self::Remove => {
                let resource = world.principal(local).id;
                let mode = Mode::Make;
                world.connector.delete(&DeleteRequest { resource, mode }).await
            }
        }
    }

    /// The lines by which the account differs afterwards.
    fn difference(self, world: &World, local: &str) -> Vec<String> {
        let member = format!("member {local}@example.com");
        match self {
            Self::Grant(GROUP) => vec![format!("+ group {GROUP}: has {local}@example.com")],
            Self::Revoke(GROUP) => vec![format!("- group {GROUP}: has {local}@example.com")],
            Self::Grant(title) => vec![format!("+ {member}: {}", world.held(title))],
            Self::Revoke(title) => vec![format!("- {member}: {}", world.held(title))],
            Self::Remove => {
                let all = world.picture().to_string();
                let mine = |line: &&str| {
                    line.starts_with(&format!("{member}: "))
                        || line.ends_with(&format!(" has {local}@example.com"))
                };
                all.lines().filter(mine).map(|line| format!("- {line}")).collect()
            }
        }
    }
}

impl World {
    /// The title with the names of places filled in.
    fn titled(&self, title: &str) -> String {
        let (place, other) = self.places();
        title.replace("PLACE", &place).replace("OTHER", &other)
    }

    fn places(&self) -> (String, String) {
        self.sim.read(|state| {
            let name = |index: usize| state.resource_groups[index].name.clone().unwrap();
            (name(1), name(2))
        })
    }

    /// An entitlement as the picture of an account shows that it is held.
    fn held(&self, title: &str) -> String {
        let title = self.titled(title);
        match title.strip_prefix("Denied: ") {
            Some(denied) => {
                let denied = denied.replace(" on ", " @ ");
                format!(
                    "deny {denied} with {}",
                    serde_json::json!({ "later": { "kept": [1, null] } })
                )
            }
            None => format!("allow {}", title.replace(" on ", " @ ")),
        }
    }
}

async fn try_out(operation: Operation, local: &str) -> String {
    let world = World::new().await;
    let (before, expected) = (world.picture(), operation.difference(&world, local));
    let end = operation.run(&world, local).await;
    let difference = before.difference(&world.picture());
    match &end {
        Ok(changed) if changed.effect == Effect::Made => {
            assert_eq!(difference, expected, "{operation:?} {local}");
            assert!(!changed.change.calls.is_empty());
            assert_ne!(
                changed.change.before, changed.change.after,
                "{operation:?} {local}"
            );
        }
        Ok(changed) => {
            assert_eq!(difference, [""; 0], "{operation:?} {local}");
            assert_eq!(changed.change.before, changed.change.after);
        }
        Err(error) => {
            assert_eq!(difference, [""; 0], "{operation:?} {local}");
            assert!(!error.code.is_empty() && !error.hint.is_empty(), "{error:?}");
        }
    }
    word(&end)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_on_every_shape() {
    let mut table = String::new();
    for operation in OPERATIONS {
        writeln!(table, "{operation:?}").unwrap();
        let runs = EVERYBODY.map(|local| async move { (local, try_out(operation, local).await) });
        for run in runs {
            let (local, word) = run.await;
            writeln!(table, "    {local:<10} {word}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
