//! Whether a snapshot has lost so much that a person should look at it first.
//!
//! A token that lost a permission, or a page that came back empty, looks like everybody leaving at once.

use std::fmt;

use super::{Difference, TypeChange};

/// How much may be gone from one snapshot to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LossRules {
    /// In a hundred: this share and more is suspicious.
    pub share: u64,
    /// Fewer than this many are not, whatever their share; unless all are gone.
    pub at_least: u64,
}

impl Default for LossRules {
    fn default() -> Self {
        Self {
            share: 25,
            at_least: 10,
        }
    }
}

/// Something of which much is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What, for people: the name of a type, or `grants`.
    pub of: String,
    /// How many are gone.
    pub removed: u64,
    /// Of how many.
    pub before: u64,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { of, removed, before } = self;
        if removed == before {
            write!(f, "{of}: all {before} are gone")
        } else {
            write!(f, "{of}: {removed} of {before} are gone")
        }
    }
}

impl LossRules {
    fn are_broken(&self, removed: u64, before: u64) -> bool {
        let large = removed.saturating_mul(100) >= before.saturating_mul(self.share);
        removed > 0 && large && (removed >= self.at_least || removed == before)
    }
}

impl Difference {
    /// What has lost a suspicious share. Types of which that is normal are left out.
    pub fn losses(&self, rules: &LossRules) -> Vec<Loss> {
        let types = self.types.iter().filter(|one| !one.of.volatile);
        let types = types.map(
            |TypeChange {
                 of, before, removed, ..
             }| (of.name.as_str(), *removed, *before),
        );
        let grants = ("grants", self.grants.removed.count, self.grants_before);
        types
            .chain([grants])
            .filter(|(_, removed, before)| rules.are_broken(*removed, *before))
            .map(|(of, removed, before)| Loss {
                of: of.to_owned(),
                removed,
                before,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AccessType, Changed, Changes, ResourceKind};
    use super::*;

    fn changes(removed: u64) -> Changes {
        let changed = |count| Changed {
            count,
            samples: Vec::new(),
        };
        Changes {
            added: changed(0),
            removed: changed(removed),
            altered: changed(0),
        }
    }

    fn lost(kinds: &[(&str, bool, u64, u64)], grants: (u64, u64)) -> Vec<String> {
        let of = |(name, volatile, removed, before): &(&str, bool, u64, u64)| TypeChange {
            of: AccessType {
                id: name.to_lowercase().into(),
                name: (*name).to_owned(),
                kind: ResourceKind::User,
                volatile: *volatile,
            },
            before: *before,
            added: 0,
            removed: *removed,
            altered: 0,
        };
        let difference = Difference {
            base: crate::UploadId::new(chrono::DateTime::UNIX_EPOCH, [0; 16]),
            types: kinds.iter().map(of).collect(),
            resources: changes(kinds.iter().map(|kind| kind.2).sum()),
            entitlements: Changes::default(),
            grants_before: grants.1,
            grants: changes(grants.0),
        };
        let losses = difference.losses(&LossRules::default());
        losses.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_large_share_is_suspicious() {
        assert_eq!(
            lost(&[("Users", false, 25, 100)], (60, 100)),
            ["Users: 25 of 100 are gone", "grants: 60 of 100 are gone"]
        );
    }

    #[test]
    fn a_small_share_or_a_few_are_not() {
        assert_eq!(lost(&[("Users", false, 24, 100)], (24, 100)), [""; 0]);
        assert_eq!(lost(&[("Roles", false, 9, 10)], (0, 0)), [""; 0]);
    }

    #[test]
    fn all_of_a_few_are() {
        assert_eq!(lost(&[("Roles", false, 2, 2)], (0, 0)), ["Roles: all 2 are gone"]);
    }

    #[test]
    fn some_types_come_and_go() {
        assert_eq!(lost(&[("Invitations", true, 40, 40)], (0, 40)), [""; 0]);
    }

    #[test]
    fn where_nothing_was_nothing_is_lost() {
        assert_eq!(lost(&[("Users", false, 0, 0)], (0, 0)), [""; 0]);
    }
}
