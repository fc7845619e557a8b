//! What access the account gives, written down so that two moments can be compared.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value, json};

use super::{Effect, Member, Policy, ResourceGroup, ScopeShape, State, Token, UserGroup};

/// The access that an account gives: a line per fact, order and policy ids left out. Two accounts with equal
/// pictures give the same people the same.
///
/// Facts are members (address and status), their policies, user groups with policies and members, account-owned
/// tokens with status, secret, limits and policies, and resource groups with what they reach.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture(BTreeMap<String, usize>);

impl State {
    /// The access that the account gives at this moment.
    pub fn picture(&self) -> Picture {
        let mut lines = Vec::new();
        for member in &self.members {
            self.draw_member(member, &mut lines);
        }
        for group in &self.user_groups {
            self.draw_group(group, &mut lines);
        }
        for token in &self.tokens {
            draw_token(token, &mut lines);
        }
        lines.extend(self.resource_groups.iter().map(|place| reach(place)));
        let mut picture = BTreeMap::new();
        for line in lines {
            *picture.entry(line).or_default() += 1;
        }
        Picture(picture)
    }

    fn draw_member(&self, member: &Member, lines: &mut Vec<String>) {
        let name = format!("member {}", member.person.email);
        lines.push(format!("{name}: {}", member.status_name()));
        let held = member.policies.iter().flat_map(|policy| self.words(policy));
        lines.extend(held.map(|words| format!("{name}: {words}")));
    }

    fn draw_group(&self, group: &UserGroup, lines: &mut Vec<String>) {
        let name = format!("group {}", group.name);
        lines.push(name.clone());
        let held = group.policies.iter().flat_map(|policy| self.words(policy));
        lines.extend(held.map(|words| format!("{name}: {words}")));
        for membership in &group.members {
            let member = self.member(&membership.member_id);
            let who = member.map_or(&membership.member_id, |member| &member.person.email);
            lines.push(format!("{name}: has {who}"));
        }
    }

    /// `allow Administrator` for the whole account, `allow Domain DNS @ Production domains` elsewhere. A policy over
    /// several things says as many: how they are split into policies gives nobody more.
    fn words<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = String> + 'a {
        let everywhere = self.resource_groups.first().map(|place| name_of(place));
        let place = move |place: &ResourceGroup| match name_of(place) {
            name if Some(&name) == everywhere.as_ref() => String::new(),
            name => format!(" @ {name}"),
        };
        let places: Vec<String> = policy.resource_groups.iter().map(|group| place(group)).collect();
        let (access, more) = (effect(policy.access), extra(&policy.extra));
        policy.permission_groups.iter().flat_map(move |group| {
            let words = |place: &String| format!("{access} {}{place}{more}", group.name);
            places.iter().map(words).collect::<Vec<_>>()
        })
    }
}

fn draw_token(token: &Token, lines: &mut Vec<String>) {
    let name = format!("token {} ({})", token.name, token.id);
    let (status, secret) = (json!(token.status), token.secret_generation);
    let status = status.as_str().unwrap_or_default();
    lines.push(format!("{name}: {status}, secret {secret}"));
    let limits = [
        ("not before", token.not_before.clone()),
        ("expires", token.expires_on.clone()),
        ("only from", token.condition.as_ref().map(Value::to_string)),
    ];
    let limits = limits
        .into_iter()
        .filter_map(|(word, value)| Some((word, value?)));
    lines.extend(limits.map(|(word, value)| format!("{name}: {word} {value}")));
    for policy in &token.policies {
        let groups = sorted(policy.permission_groups.iter().map(|group| group.name.clone()));
        let (access, resources) = (effect(policy.effect), &policy.resources);
        let more = extra(&policy.extra);
        lines.push(format!("{name}: {access} {groups} @ {resources}{more}"));
    }
}

fn reach(place: &ResourceGroup) -> String {
    let scopes = match &place.scope {
        ScopeShape::Object(scope) => std::slice::from_ref(scope),
        ScopeShape::Array(scopes) => scopes,
    };
    let reach = scopes.iter().map(|scope| {
        let objects = sorted(scope.objects.iter().map(|object| object.key.clone()));
        format!("{}: {objects}", scope.key)
    });
    let name = place.name.as_deref().unwrap_or("without a name");
    format!("resource group {name} ({}): {}", place.id, sorted(reach))
}

fn name_of(place: &ResourceGroup) -> String {
    place.name.clone().unwrap_or_else(|| place.id.clone())
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "allow",
        Effect::Deny => "deny",
    }
}

fn extra(fields: &Map<String, Value>) -> String {
    if fields.is_empty() {
        String::new()
    } else {
        format!(" with {}", json!(fields))
    }
}

fn sorted(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<_> = words.collect();
    words.sort();
    words.join(" + ")
}

impl Picture {
    /// What differs in `later`: `- ` before lines that are gone, `+ ` before new ones.
    pub fn difference(&self, later: &Self) -> Vec<String> {
        let lines = self
            .0
            .keys()
            .chain(later.0.keys().filter(|line| !self.0.contains_key(*line)));
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
            .into_iter()
            .flat_map(|line| self.change(later, line))
            .collect()
    }

    fn change(&self, later: &Self, line: &str) -> Vec<String> {
        let count = |picture: &Self| picture.0.get(line).copied().unwrap_or_default();
        let (before, after) = (count(self), count(later));
        let sign = if before > after { '-' } else { '+' };
        vec![format!("{sign} {line}"); before.abs_diff(after)]
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (line, count) in &self.0 {
            for _ in 0..*count {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
