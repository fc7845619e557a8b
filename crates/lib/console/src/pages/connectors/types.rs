//! What a connector reads: everything, or some types.

use std::collections::BTreeSet;

use governance::{Installation, Readable};
use model::ResourceTypeId;
use ui::{Choice, Field};

use crate::web::{Fields, Trouble};

/// The choice, once it is known what there is to choose from.
pub(super) fn field(readable: &[Readable], place: &Installation, trouble: &Trouble) -> Option<Field> {
    if readable.is_empty() {
        return None;
    }
    let everything = Choice::new(
        "everything",
        "Everything",
        "Also what the connector learns to read later.",
    );
    let some = Choice::new(
        "some",
        "Only some types",
        "The next sync leaves out the others, and what was read of them is no longer shown.",
    )
    .field(
        Field::check_cards("type", "Which types?", cards(readable, place))
            .error(trouble.at("type"))
            .required(),
    );
    let choices = if place.types.is_empty() && trouble.at("type").is_none() {
        vec![everything.checked(), some]
    } else {
        vec![everything, some.checked()]
    };
    Some(Field::cards("types", "What is read", choices).required())
}

fn cards(readable: &[Readable], place: &Installation) -> Vec<Choice> {
    let card = |one: &Readable| {
        let card = Choice::new(one.id.as_str(), one.name.as_str(), one.about);
        if place.types.is_empty() || place.types.contains(&one.id) {
            card.checked()
        } else {
            card
        }
    };
    readable.iter().map(card).collect()
}

/// What a form says is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing of it: it had no such field.
    Unsaid,
    /// Everything.
    Everything,
    /// Only this.
    Only(BTreeSet<ResourceTypeId>),
}

impl Wanted {
    pub(super) fn of(fields: &Fields) -> Self {
        match fields.text("types") {
            "everything" => Self::Everything,
            "some" => Self::Only(fields.all("type").map(ResourceTypeId::from).collect()),
            _ => Self::Unsaid,
        }
    }

    /// The types, unless it is not some only.
    pub(super) fn only(&self) -> Option<&BTreeSet<ResourceTypeId>> {
        match self {
            Self::Unsaid | Self::Everything => None,
            Self::Only(types) => Some(types),
        }
    }
}

/// What is read, in words.
pub(super) fn words(readable: &[Readable], types: &BTreeSet<ResourceTypeId>) -> String {
    if types.is_empty() {
        return "Everything".to_owned();
    }
    let known = readable.iter().filter(|one| types.contains(&one.id));
    let known: Vec<_> = known.map(|one| one.name.as_str()).collect();
    known.join(", ")
}
