//! Somebody who was invited and has not accepted yet.

use chrono::{DateTime, Utc};
use model::{Profile, ProfileValue, Resource, ResourceId};

use super::person::email;
use crate::rights::{Holding, display_name, spoken};

/// Somebody who was invited and has not accepted yet.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    /// Its identity.
    pub(crate) id: ResourceId,
    /// Whom it was sent to.
    pub(crate) email: String,
    /// When; `None` when not known.
    pub(crate) since: Option<DateTime<Utc>>,
    /// What waits for them, by name.
    pub(crate) offers: Vec<String>,
}

impl Invitation {
    /// The invitation that a resource stands for.
    pub(crate) fn of(resource: &Resource) -> Self {
        let address = Some(email(resource)).filter(|address| !address.is_empty());
        Self {
            id: resource.id.clone(),
            email: address.unwrap_or_else(|| display_name(resource)).to_owned(),
            since: resource.created_at,
            offers: ["roles", "policies"]
                .into_iter()
                .flat_map(|key| texts(resource.profile.as_ref(), key))
                .map(|offer| spoken(&offer).to_owned())
                .collect(),
        }
    }

    pub(super) fn offer(&mut self, holding: &Holding) {
        let offered = holding.right.phrase();
        if !self.offers.contains(&offered) {
            self.offers.push(offered);
        }
    }
}

/// The texts in a list of a profile.
pub(super) fn texts(profile: Option<&Profile>, key: &str) -> Vec<String> {
    match profile.and_then(|profile| profile.get(key)) {
        Some(ProfileValue::List(items)) => items
            .iter()
            .filter_map(ProfileValue::as_text)
            .map(str::to_owned)
            .collect(),
        Some(ProfileValue::Text(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}
