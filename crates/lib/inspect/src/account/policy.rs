//! A token's policies, which a file holds as sentences.

/// A policy, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Policy<'a> {
    denies: bool,
    what: &'a str,
    place: &'a str,
}

impl<'a> Policy<'a> {
    /// Reads `allow DNS Write, Zone Read on all zones of the account`; other sentences are all permission.
    pub(super) fn parse(sentence: &'a str) -> Self {
        let denied = sentence.strip_prefix("deny ");
        let rest = denied
            .or_else(|| sentence.strip_prefix("allow "))
            .unwrap_or(sentence);
        let (what, place) = rest.rsplit_once(" on ").unwrap_or((rest, ""));
        Self {
            denies: denied.is_some(),
            what,
            place,
        }
    }

    /// Whether it allows the permission of this name.
    pub(super) fn allows(self, permission: &str) -> bool {
        !self.denies && self.what.split(", ").any(|name| name == permission)
    }
}

/// All policies in a phrase, each place once.
pub(super) fn summary(sentences: &[String]) -> String {
    let mut places: Vec<(Policy<'_>, Vec<&str>)> = Vec::new();
    for policy in sentences.iter().map(|sentence| Policy::parse(sentence)) {
        let same = |(known, _): &&mut (Policy<'_>, Vec<&str>)| {
            (known.denies, known.place) == (policy.denies, policy.place)
        };
        match places.iter_mut().find(same) {
            Some((_, permissions)) => permissions.push(policy.what),
            None => places.push((policy, vec![policy.what])),
        }
    }
    let phrases = places
        .into_iter()
        .map(|(policy, permissions)| phrase(policy, &permissions.join(", ")));
    phrases.collect::<Vec<_>>().join("; ")
}

fn phrase(policy: Policy<'_>, permissions: &str) -> String {
    let lead = if policy.denies { "not " } else { "" };
    match policy.place {
        "" => format!("{lead}{permissions}"),
        place => format!("{lead}{permissions} on {place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_gathered_by_place() {
        let sentences = [
            "allow DNS Read on the whole account",
            "deny DNS Read on the zone a.example.com",
            "allow Zone Read, Logs Read on the whole account",
            "something else",
        ];
        assert_eq!(
            summary(&sentences.map(str::to_owned)),
            "DNS Read, Zone Read, Logs Read on the whole account; not DNS Read on the zone a.example.com; something else"
        );
    }

    #[test]
    fn a_denied_permission_is_not_allowed() {
        assert!(Policy::parse("allow Zone Read, DNS Write on all zones").allows("DNS Write"));
        assert!(!Policy::parse("deny DNS Write on all zones").allows("DNS Write"));
        assert!(!Policy::parse("allow DNS Write on all zones").allows("DNS"));
    }
}
