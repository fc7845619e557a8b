//! What access should be, in plain sets, and what the rules make of an operation.

use std::collections::{BTreeMap, BTreeSet};

use super::super::world::line;
use super::{Act, DENIED, GROUP, KEEPERS, Operation, SUPER, Setting};

/// A membership of somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership {
    /// Counts all that there ever were.
    pub(super) number: u32,
    pub(super) accepted: bool,
}

/// What access should be.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    pub(super) members: BTreeMap<String, Membership>,
    /// What somebody holds or is in, and who.
    pub(super) held: BTreeSet<(String, String)>,
    memberships: u32,
}

/// The account after an operation; none when all is so already. Or the code of the refusal.
pub(super) type After = Result<Option<Access>, &'static str>;

impl Access {
    /// What the picture's lines say.
    pub(super) fn of(lines: &BTreeSet<String>) -> Self {
        let mut access = Self::default();
        for (who, fact) in lines.iter().filter_map(|line| line.split_once(": ")) {
            match (who.split_once(' '), fact.split_once(' ')) {
                (Some(("member", email)), None) => access.join(local(email), fact == "accepted"),
                (Some(("member", email)), Some(_)) => access.held.extend([pair(&title(fact), local(email))]),
                (Some(("group", group)), Some(("has", email))) => {
                    access.held.extend([pair(group, local(email))]);
                }
                _ => {}
            }
        }
        access
    }

    pub(super) fn lines(&self) -> BTreeSet<String> {
        let status = |member: &Membership| if member.accepted { "accepted" } else { "pending" };
        let members = self.members.iter();
        let members =
            members.map(|(local, member)| format!("member {local}@example.com: {}", status(member)));
        let held = self.held.iter().map(|(title, local)| line(title, local));
        members.chain(held).collect()
    }

    fn join(&mut self, local: &str, accepted: bool) {
        self.memberships += 1;
        let number = self.memberships;
        self.members
            .insert(local.to_owned(), Membership { number, accepted });
    }

    fn invited(&self, local: &str, titles: &[&str]) -> Self {
        let mut after = self.clone();
        after.join(local, false);
        after.held.extend(titles.iter().map(|title| pair(title, local)));
        after
    }

    fn without(&self, local: &str) -> Self {
        let mut after = self.clone();
        after.members.remove(local);
        after.held.retain(|(_, holder)| holder != local);
        after
    }

    /// What is held by somebody, in groups or directly.
    fn count(&self, local: &str, in_groups: bool) -> usize {
        let own = |(title, holder): &&(String, String)| holder == local && is_group(title) == in_groups;
        self.held.iter().filter(own).count()
    }

    /// Who is a Super Administrator, and by what.
    fn powers(&self) -> BTreeSet<(&str, &str)> {
        let powers = self.held.iter().filter(|(title, local)| {
            let member = self.members.get(local);
            (title == SUPER || title == KEEPERS) && member.is_some_and(|member| member.accepted)
        });
        powers
            .map(|(title, local)| (local.as_str(), title.as_str()))
            .collect()
    }
}

fn pair(title: &str, local: &str) -> (String, String) {
    (title.to_owned(), local.to_owned())
}

fn is_group(title: &str) -> bool {
    [GROUP, KEEPERS].contains(&title)
}

pub(super) fn local(email: &str) -> &str {
    email.trim_end_matches("@example.com")
}

/// A held thing's title, from how a picture says it.
fn title(fact: &str) -> String {
    let fact = fact.replace(" @ ", " on ");
    match fact.split_once(' ').unwrap() {
        ("deny", denied) => format!("Denied: {denied}"),
        (_, given) => given.to_owned(),
    }
}

impl Setting {
    /// What the rules make of an operation that names somebody as this.
    pub(super) fn after(&self, before: &Access, operation: &Operation, named: Membership) -> After {
        let local = operation.local;
        let member = before.members.get(local).filter(|member| {
            // A user is known by the user's id, an invitation by its own.
            if named.accepted {
                member.accepted
            } else {
                member.number == named.number
            }
        });
        let holds = |title: &str| member.is_some() && before.held.contains(&pair(title, local));
        match &operation.act {
            Act::Grant(_) | Act::Revoke(_) if !named.accepted => Err("member-pending"),
            Act::Grant(title) if holds(title) => Ok(None),
            Act::Revoke(title) if !holds(title) => Ok(None),
            Act::Grant(_) if member.is_none() => Err("no-such-member"),
            Act::Grant(title) => self.give(before, local, title),
            Act::Revoke(title) => self.take(before, local, title),
            Act::Remove => match member {
                None => Ok(None),
                Some(member) if member.accepted && !named.accepted => Err("invitation-accepted"),
                Some(_) => self.guarded(before, local, before.without(local)),
            },
            Act::Invite(_) if before.members.contains_key(local) => Ok(None),
            Act::Invite(titles) => Ok(Some(before.invited(local, titles))),
            Act::Accept | Act::Read | Act::Lose(_) => Ok(None),
        }
    }

    fn give(&self, before: &Access, local: &str, title: &str) -> After {
        if self.protected.contains(&local) {
            return Err("member-protected");
        }
        if title == DENIED {
            return Err("denial-not-granted");
        }
        let mut after = before.clone();
        after.held.insert(pair(title, local));
        Ok(Some(after))
    }

    fn take(&self, before: &Access, local: &str, title: &str) -> After {
        let mut after = before.clone();
        after.held.remove(&pair(title, local));
        if is_group(title) || after.count(local, false) > 0 {
            return self.guarded(before, local, after);
        }
        let may_go = self.remove_member_on_last_role && title != DENIED;
        if !may_go || (before.count(local, true) > 0 && !self.protected.contains(&local)) {
            return Err("last-role");
        }
        self.guarded(before, local, before.without(local))
    }

    fn guarded(&self, before: &Access, local: &str, after: Access) -> After {
        let left: BTreeSet<&str> = after.powers().into_iter().map(|(local, _)| local).collect();
        if self.protected.contains(&local) {
            Err("member-protected")
        } else if local == "self" && !self.owned {
            Err("own-identity")
        } else if after.powers() == before.powers() {
            Ok(Some(after))
        } else if left.is_empty() {
            Err("last-super-administrator")
        } else if left.len() == 1 && !self.allow_one_super_administrator {
            Err("last-but-one-super-administrator")
        } else {
            Ok(Some(after))
        }
    }
}
