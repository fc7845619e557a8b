//! The company of the demo, read into a file before anything is changed.

use std::fmt::Write as _;
use std::process::Command;

use cloudflare_sim::Options;
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::world::{Run, World};

/// An account that was read, and the program.
pub(super) struct Company {
    pub(super) world: World,
    file: Vec<u8>,
    content: Value,
}

/// How a run ended, and what it did to the account.
pub(super) struct Deed {
    pub(super) run: Run,
    pub(super) writes: Vec<String>,
    pub(super) differs: Vec<String>,
}

impl Company {
    pub(super) fn new() -> Self {
        Self::with(Options::unlimited())
    }

    pub(super) fn with(options: Options) -> Self {
        Self::of(World::with(options))
    }

    pub(super) fn of(world: World) -> Self {
        let run = world.run(&[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let path = world.path("sync.c1z");
        Self {
            file: std::fs::read(&path).unwrap(),
            content: testkit::canonical(&path).unwrap(),
            world,
        }
    }

    /// The ids of what has that name, in the order of the file.
    fn ids(&self, list: &str, name: &str) -> Vec<&Value> {
        let all = self.content[list].as_array().unwrap().iter();
        all.filter(|one| one["displayName"] == name)
            .map(|one| &one["id"])
            .collect()
    }

    /// The object of the only resource with that name.
    pub(super) fn object(&self, name: &str) -> String {
        let found = self.ids("resources", name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0]["resource"].as_str().unwrap().to_owned()
    }

    /// The id of the only entitlement with that name.
    pub(super) fn entitlement(&self, name: &str) -> String {
        let found = self.ids("entitlements", name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0].as_str().unwrap().to_owned()
    }

    /// The id of the grant of an entitlement to a user.
    pub(super) fn grant(&self, entitlement: &str, person: &str) -> String {
        let id = format!("{}:user:{}", self.entitlement(entitlement), self.object(person));
        let all = self.content["grants"].as_array().unwrap();
        assert!(all.iter().any(|one| one["grant"]["id"] == id.as_str()), "{id}");
        id
    }

    /// Runs the program, and looks at what it wrote. The file and the folder stay as they are, and no secret is said.
    pub(super) fn deed(&self, arguments: &[&str]) -> Deed {
        self.deed_of(self.world.command().args(arguments))
    }

    pub(super) fn deed_of(&self, command: &mut Command) -> Deed {
        self.watch(|| Run::of(command))
    }

    pub(super) fn watch(&self, run: impl FnOnce() -> Run) -> Deed {
        let sim = &self.world.sim;
        let before = sim.picture();
        sim.journal().clear();
        let run = run();
        self.check(&run);
        let writes = sim.journal().writes();
        Deed {
            run,
            writes: writes
                .iter()
                .map(|call| format!("{} {}", call.method, call.path))
                .collect(),
            differs: before.difference(&sim.picture()),
        }
    }

    fn check(&self, run: &Run) {
        let file = std::fs::read(self.world.path("sync.c1z")).unwrap();
        assert!(file == self.file, "a change never touches the file");
        assert_eq!(self.world.names(), ["sync.c1z"]);
        let secrets = self.world.sim.read(|state| {
            let all = state.credentials.iter();
            all.map(|one| one.secret.expose_secret().to_owned())
                .collect::<Vec<_>>()
        });
        for secret in secrets {
            assert!(!run.stdout.contains(&secret) && !run.stderr.contains(&secret));
        }
    }

    /// A change: first only told, then made, then asked for once more. The middle part is what is shown.
    pub(super) fn story(&self, arguments: &[&str]) -> String {
        let planned = self.deed(&[arguments, &["--dry-run"]].concat());
        assert_eq!(planned.effect(), "planned", "{}", planned.run.stderr);
        assert!(planned.changed_nothing());
        let made = self.deed(arguments);
        assert_eq!(made.effect(), "made", "{}", made.run.stderr);
        assert_eq!(made.writes.len(), 1);
        let told = |deed: &Deed| ["title", "before", "after"].map(|key| deed.json()["change"][key].clone());
        assert_eq!(
            told(&planned),
            told(&made),
            "it was told right before it was made"
        );
        let again = self.deed(arguments);
        assert_eq!(again.effect(), "already_so", "{}", again.run.stderr);
        assert!(again.differs.is_empty());
        format!(
            "{}\n{}again: {}",
            asked(arguments),
            made.shown(),
            without_ids(&again.run.stdout)
        )
    }
}

impl Deed {
    pub(super) fn json(&self) -> Value {
        let end = self.run.end();
        assert_eq!(self.run.code, Some(0), "{end}");
        serde_json::from_str(&self.run.stdout).unwrap()
    }

    pub(super) fn effect(&self) -> String {
        self.json()["effect"].as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn changed_nothing(&self) -> bool {
        self.writes.is_empty() && self.differs.is_empty()
    }

    /// Everything, with ids replaced.
    pub(super) fn shown(&self) -> String {
        let mut text = format!("{}\n{}", self.run.end(), self.run.stdout);
        for write in &self.writes {
            writeln!(text, "  {write}").unwrap();
        }
        for line in &self.differs {
            writeln!(text, "  {line}").unwrap();
        }
        without_ids(&text)
    }
}

/// The words of a command, with ids replaced.
pub(super) fn asked(arguments: &[&str]) -> String {
    without_ids(&format!("$ {}", arguments.join(" ")))
}

/// Ids are 32 or more hexadecimal digits.
pub(super) fn without_ids(text: &str) -> String {
    let words = text.split(|letter: char| !matches!(letter, '0'..='9' | 'a'..='f'));
    let ids = words.filter(|word| word.len() >= 32);
    ids.fold(text.to_owned(), |text, id| text.replace(id, "[id]"))
}
