//! What is not as it was, in words.

use model::Lifecycle;
use serde_json::{Map, Value};

use super::{AccessEntitlement, AccessResource};

/// The most characters of a value: what is longer is told by its beginning.
const LONGEST: usize = 80;
/// The most attributes that are told of.
const MOST: usize = 5;

/// Fields that differ, each with what it was and is.
#[derive(Debug, Default)]
struct Words(Vec<String>);

impl Words {
    fn note(&mut self, field: &str, before: &str, after: &str) {
        if before != after {
            self.0
                .push(format!("{field}: {} → {}", short(before), short(after)));
        }
    }

    /// All of it, or a word for what nobody can put into words.
    fn told(self) -> String {
        if self.0.is_empty() {
            return "details".to_owned();
        }
        self.0.join("; ")
    }
}

fn short(value: &str) -> String {
    if value.is_empty() {
        return "nothing".to_owned();
    }
    let mut short: String = value.chars().take(LONGEST).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

impl AccessResource {
    /// What is not as it was: `status: Pending → Accepted; second factor: off → on`.
    pub fn altered_since(&self, before: &Self) -> String {
        let mut words = Words::default();
        words.note("name", &before.name, &self.name);
        words.note("e-mail", &before.email, &self.email);
        words.note("status", before.state(), self.state());
        words.note("second factor", before.factor(), self.factor());
        words.note("description", &before.description, &self.description);
        let parent = |one: &Self| one.parent.as_ref().map(ToString::to_string).unwrap_or_default();
        words.note("belongs to", &parent(before), &parent(self));
        let moment = |at: Option<chrono::DateTime<chrono::Utc>>| {
            at.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string())
                .unwrap_or_default()
        };
        words.note("since", &moment(before.created_at), &moment(self.created_at));
        words.note("expires", &moment(before.expires_at), &moment(self.expires_at));
        // Attributes repeat most of what stands above.
        if words.0.is_empty() {
            note_attributes(&mut words, &before.profile, &self.profile);
        }
        words.told()
    }

    fn state(&self) -> &str {
        match self.lifecycle {
            _ if !self.status.is_empty() => &self.status,
            Lifecycle::Enabled => "Active",
            Lifecycle::Disabled => "Disabled",
            Lifecycle::Deleted => "Deleted",
            Lifecycle::Unspecified | Lifecycle::Other(_) => "",
        }
    }

    fn factor(&self) -> &'static str {
        match self.second_factor {
            Some(true) => "on",
            Some(false) => "off",
            None => "not known",
        }
    }
}

fn note_attributes(words: &mut Words, before: &str, after: &str) {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let (before, after) = (read(before), read(after));
    let value = |of: &Map<String, Value>, key: &str| match of.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let new = after.keys().filter(|key| !before.contains_key(*key));
    for key in before.keys().chain(new) {
        words.note(key, &value(&before, key), &value(&after, key));
        if words.0.len() == MOST {
            return;
        }
    }
}

impl AccessEntitlement {
    /// What is not as it was: `name: Admin → Administrator`.
    pub fn altered_since(&self, before: &Self) -> String {
        let mut words = Words::default();
        words.note("name", &before.name, &self.name);
        words.note("description", &before.description, &self.description);
        words.note("on", &before.resource.to_string(), &self.resource.to_string());
        let fixed = |one: &Self| if one.immutable { "no" } else { "yes" };
        words.note("can be granted", fixed(before), fixed(self));
        words.told()
    }
}

/// How a grant is held: directly, or through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldHow {
    /// Whether it was given to the holder itself.
    pub direct: bool,
    /// The names of what else leads to it.
    pub through: Vec<String>,
}

impl HeldHow {
    /// What is not as it was: `held: through Platform → directly`.
    pub fn altered_since(&self, before: &Self) -> String {
        let mut words = Words::default();
        words.note("held", &before.in_words(), &self.in_words());
        words.told()
    }

    fn in_words(&self) -> String {
        let through = format!("through {}", self.through.join(", "));
        match (self.direct, self.through.is_empty()) {
            (_, true) => "directly".to_owned(),
            (true, false) => format!("directly and {through}"),
            (false, false) => through,
        }
    }
}

#[cfg(test)]
mod tests {
    use model::ResourceId;

    use super::super::{Fingerprint, ResourceKind};
    use super::*;

    fn ada() -> AccessResource {
        AccessResource {
            id: ResourceId::new("user", "u1"),
            parent: None,
            kind: ResourceKind::User,
            name: "Ada Lovelace".to_owned(),
            description: String::new(),
            email: "ada@example.com".to_owned(),
            lifecycle: Lifecycle::Enabled,
            status: "Pending".to_owned(),
            second_factor: Some(false),
            last_used_at: None,
            created_at: None,
            expires_at: None,
            profile: r#"{"team": "Engines", "floor": 2}"#.to_owned(),
            fingerprint: Fingerprint(1),
        }
    }

    #[test]
    fn each_field_is_told_with_what_it_was() {
        let after = AccessResource {
            status: "Accepted".to_owned(),
            second_factor: Some(true),
            email: String::new(),
            profile: "{}".to_owned(),
            ..ada()
        };
        assert_eq!(
            after.altered_since(&ada()),
            "e-mail: ada@example.com → nothing; status: Pending → Accepted; second factor: off → on"
        );
    }

    #[test]
    fn attributes_are_told_when_nothing_else_differs() {
        let after = AccessResource {
            profile: r#"{"team": "Programs", "floor": 2, "desk": "4b"}"#.to_owned(),
            ..ada()
        };
        assert_eq!(
            after.altered_since(&ada()),
            "team: Engines → Programs; desk: nothing → 4b"
        );
        assert_eq!(ada().altered_since(&ada()), "details");
    }

    #[test]
    fn a_long_value_is_told_by_its_beginning() {
        let after = AccessResource {
            description: "ä".repeat(1000),
            ..ada()
        };
        let told = after.altered_since(&ada());
        assert_eq!(told, format!("description: nothing → {}…", "ä".repeat(LONGEST)));
    }

    #[test]
    fn ways_to_hold_something_are_told_apart() {
        let [directly, through, both] =
            [(true, ""), (false, "Platform"), (true, "Platform")].map(|(direct, through)| HeldHow {
                direct,
                through: Some(through.to_owned())
                    .filter(|name| !name.is_empty())
                    .into_iter()
                    .collect(),
            });
        assert_eq!(
            directly.altered_since(&through),
            "held: through Platform → directly"
        );
        assert_eq!(
            both.altered_since(&directly),
            "held: directly → directly and through Platform"
        );
    }
}
