//! What the person who runs the connector decides about changes.

use std::time::Duration;

/// What changes may and may not do, beyond what is never allowed.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Members that nothing is changed about: addresses, user ids or member ids.
    pub protected: Vec<String>,
    /// Whether taking the last role of a member removes the member, which Cloudflare does not do by itself.
    pub remove_member_on_last_role: bool,
    /// Whether a single Super Administrator may be left. None is never left.
    pub allow_one_super_administrator: bool,
    /// The pause before something that did not come out as it should is looked at or tried again.
    pub pause: Duration,
}

impl Default for Rules {
    /// Nobody is protected, nothing is removed that was not asked for, two Super Administrators stay.
    fn default() -> Self {
        Self {
            protected: Vec::new(),
            remove_member_on_last_role: false,
            allow_one_super_administrator: false,
            pause: Duration::from_secs(1),
        }
    }
}

impl Rules {
    /// Whether one of these names of a member is protected.
    pub(crate) fn protect<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        let mut names = names.into_iter().filter(|name| !name.is_empty());
        names.any(|name| {
            let mut protected = self.protected.iter();
            protected.any(|entry| entry.trim().eq_ignore_ascii_case(name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_protected_by_any_of_its_names() {
        let rules = Rules {
            protected: vec![" Ada@example.com ".to_owned(), "0f0f".to_owned(), String::new()],
            ..Rules::default()
        };
        assert!(rules.protect(["ada@EXAMPLE.com", "", "m1"]));
        assert!(rules.protect(["", "0F0F"]));
        assert!(!rules.protect(["grace@example.com", "", "m1"]));
    }
}
