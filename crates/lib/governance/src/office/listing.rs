//! Lists that somebody brings: of people, and of apps. What each line would do is told before anything is done; then all
//! of it is done, or nothing.

use std::collections::BTreeSet;
use std::fmt;

use super::{Office, OfficeError};
use crate::repository::{Versioned, Write, Written};
use crate::{
    Action, Actor, App, AppId, AppName, AppSource, AppState, AuditAction, Email, Operator, OperatorId,
    OperatorSource, OperatorStatus, Role, Roles, SignIn, TokenHash,
};

use super::directory::Plan;

/// A line of a list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    /// Which line it is, counted from one.
    pub line: u64,
    /// How they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their roles, as somebody wrote them.
    pub roles: String,
}

/// A line of a list of apps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedApp {
    /// Which line it is, counted from one.
    pub line: u64,
    /// How it is called.
    pub name: String,
    /// The addresses of its owners, as somebody wrote them.
    pub owners: String,
}

/// What a line would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is added.
    New,
    /// It is there, as the line says.
    Known,
    /// It is there, and becomes otherwise: so.
    Changed(String),
    /// It cannot be done: for this reason.
    Refused(String),
}

/// What becomes of a list: what each line would do, in order.
#[derive(Debug)]
pub struct Fates {
    /// By the number of the line.
    pub lines: Vec<(u64, Fate)>,
    plan: Plan,
    invited: Vec<Operator>,
    changed: Vec<(Operator, Operator)>,
}

impl Fates {
    fn none() -> Self {
        Self {
            lines: Vec::new(),
            plan: Plan::default(),
            invited: Vec::new(),
            changed: Vec::new(),
        }
    }

    /// Whether a line cannot be done, so that nothing is.
    pub fn is_refused(&self) -> bool {
        self.lines
            .iter()
            .any(|(_, fate)| matches!(fate, Fate::Refused(_)))
    }

    /// How many people are new.
    pub fn invited(&self) -> usize {
        self.invited.len()
    }

    /// The kinds of what would be done, a letter for each line: by which it is told that it has become otherwise.
    pub fn seal(&self) -> String {
        let letter = |(_, fate): &(u64, Fate)| match fate {
            Fate::New => 'n',
            Fate::Known => 'k',
            Fate::Changed(_) => 'c',
            Fate::Refused(_) => 'r',
        };
        self.lines.iter().map(letter).collect()
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("Is added"),
            Self::Known => f.write_str("Is there already"),
            Self::Changed(how) => write!(f, "Is changed: {how}"),
            Self::Refused(why) => write!(f, "Cannot be done: {why}"),
        }
    }
}

impl Office {
    /// What a list of people would do.
    ///
    /// # Errors
    /// When the actor may not, or when the store fails.
    pub async fn judge_people(&self, actor: &Actor, list: &[ListedPerson]) -> Result<Fates, OfficeError> {
        actor.may(Action::ManageOperators)?;
        let mut fates = Fates::none();
        let mut seen = BTreeSet::new();
        for one in list {
            let fate = match self.listed(one, &mut seen) {
                Ok(new) => self.person_fate(actor, new, &mut fates).await?,
                Err(error) => Fate::Refused(error.to_string()),
            };
            fates.lines.push((one.line, fate));
        }
        Ok(fates)
    }

    /// Somebody as a line says.
    fn listed(&self, one: &ListedPerson, seen: &mut BTreeSet<String>) -> Result<Operator, OfficeError> {
        let roles = roles(&one.roles).ok_or(OfficeError::Conflict("there is no such role"))?;
        let new = self.new_operator(&one.name, &one.email, roles, OperatorStatus::Invited)?;
        let is_first = seen.insert(new.email.to_string());
        let twice = OfficeError::Conflict("an earlier line has this address");
        is_first.then_some(new).ok_or(twice)
    }

    async fn person_fate(
        &self,
        actor: &Actor,
        new: Operator,
        fates: &mut Fates,
    ) -> Result<Fate, OfficeError> {
        let Some(found) = self.store.operator_with(&new.email).await? else {
            let entry = self
                .draft(actor, AuditAction::OperatorAdded, new.object())
                .change("roles", None, Some(new.roles.to_string()))
                .change("email", None, Some(new.email.to_string()));
            fates.plan.entries.push(entry.because("from a list"));
            fates.plan.writes.push(Write::AddOperator(new.clone()));
            fates
                .plan
                .writes
                .push(Write::PutSignIn(SignIn::none(new.id.clone())));
            fates.invited.push(new);
            return Ok(Fate::New);
        };
        let before = &found.value;
        let after = Operator {
            name: new.name,
            roles: new.roles,
            ..before.clone()
        };
        if after == *before {
            return Ok(Fate::Known);
        }
        if let Some(why) = not_by_a_list(before) {
            return Ok(Fate::Refused(why.to_owned()));
        }
        let fate = Fate::Changed(in_words(before, &after));
        self.change_by_list(actor, &found, after, fates);
        Ok(fate)
    }

    fn change_by_list(&self, actor: &Actor, found: &Versioned<Operator>, after: Operator, fates: &mut Fates) {
        let before = &found.value;
        let entry = self.draft(actor, AuditAction::OperatorChanged, before.object());
        let entry = super::operators::changes(entry, before, &after).because("from a list");
        fates.plan.entries.push(entry);
        fates
            .plan
            .writes
            .push(Write::ReplaceOperator(found.with(after.clone())));
        fates.changed.push((before.clone(), after));
    }

    /// Does what was judged, all of it or nothing. Whoever is new gets a letter with one of the links, if there are any.
    ///
    /// # Errors
    /// When the actor may not, when a line is refused, when nobody would be left who may do everything, when somebody
    /// else was quicker, or when the store fails.
    pub async fn import_people(
        &self,
        actor: &Actor,
        fates: Fates,
        links: Vec<(TokenHash, String)>,
    ) -> Result<(), OfficeError> {
        actor.may(Action::ManageOperators)?;
        must_not_be_refused(&fates)?;
        let mut plan = fates.plan;
        for (one, (token, link)) in fates.invited.iter().zip(&links) {
            plan.writes.extend(self.welcome(&actor.name, one, (*token, link)));
        }
        let changed: Vec<_> = fates
            .changed
            .iter()
            .map(|(before, after)| (before, after))
            .collect();
        self.guard_the_last(&mut plan, &changed).await?;
        self.commit_new(&plan.writes, &plan.entries).await
    }

    /// What a list of apps would do. Those that are new are unmanaged.
    ///
    /// # Errors
    /// When the actor may not, or when the store fails.
    pub async fn judge_apps(&self, actor: &Actor, list: &[ListedApp]) -> Result<Fates, OfficeError> {
        actor.may(Action::AddApp)?;
        let mut fates = Fates::none();
        let mut seen = BTreeSet::new();
        for one in list {
            let fate = match AppName::parse(&one.name) {
                Err(error) => Fate::Refused(error.to_string()),
                Ok(name) if !seen.insert(name.clone()) => {
                    Fate::Refused("an earlier line has this name".to_owned())
                }
                Ok(name) => match self.owners(&one.owners).await? {
                    Err(why) => Fate::Refused(why),
                    Ok(owners) => self.app_fate(actor, name, owners, &mut fates).await?,
                },
            };
            fates.lines.push((one.line, fate));
        }
        Ok(fates)
    }

    /// Who has these addresses, or which of them is nobody's.
    async fn owners(&self, text: &str) -> Result<Result<Vec<OperatorId>, String>, OfficeError> {
        let mut owners = Vec::new();
        for word in words(text) {
            let Ok(email) = Email::parse(word) else {
                return Ok(Err(format!("`{word}` is no e-mail address")));
            };
            let found = self.store.operator_with(&email).await?;
            let able = found.filter(|one| !matches!(one.value.status, OperatorStatus::Deactivated { .. }));
            match able {
                Some(one) if owners.contains(&one.value.id) => {}
                Some(one) => owners.push(one.value.id),
                None => return Ok(Err(format!("nobody who can sign in has the address {email}"))),
            }
        }
        Ok(Ok(owners))
    }

    async fn app_fate(
        &self,
        actor: &Actor,
        name: AppName,
        owners: Vec<OperatorId>,
        fates: &mut Fates,
    ) -> Result<Fate, OfficeError> {
        let Some(found) = self.store.app_named(&name).await? else {
            let (now, bytes) = self.fresh();
            let app = App {
                id: AppId::new(now, bytes),
                name,
                state: AppState::Unmanaged,
                source: AppSource::List,
                owners,
                created_at: now,
            };
            fates
                .plan
                .entries
                .push(self.draft(actor, AuditAction::AppAdded, app.object()));
            fates.plan.writes.push(Write::AddApp(app));
            return Ok(Fate::New);
        };
        let before = &found.value;
        if owners.is_empty() || owners == before.owners {
            return Ok(Fate::Known);
        }
        if let Err(denied) = actor.may(Action::ManageApp(before)) {
            return Ok(Fate::Refused(denied.to_string()));
        }
        let after = App {
            owners,
            ..before.clone()
        };
        fates
            .plan
            .entries
            .push(self.otherwise(actor, AuditAction::AppChanged, before, &after));
        fates.plan.writes.push(Write::ReplaceApp(found.with(after)));
        Ok(Fate::Changed("other owners".to_owned()))
    }

    /// Does what was judged, all of it or nothing.
    ///
    /// # Errors
    /// When the actor may not, when a line is refused, when somebody else was quicker, or when the store fails.
    pub async fn import_apps(&self, actor: &Actor, fates: Fates) -> Result<(), OfficeError> {
        actor.may(Action::AddApp)?;
        must_not_be_refused(&fates)?;
        match self.commit(&fates.plan.writes, &fates.plan.entries).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(OfficeError::Contended),
        }
    }
}

fn must_not_be_refused(fates: &Fates) -> Result<(), OfficeError> {
    const REFUSED: OfficeError = OfficeError::Conflict("a line of this list cannot be done, so nothing is");
    (!fates.is_refused()).then_some(()).ok_or(REFUSED)
}

/// Why a list does not change somebody.
fn not_by_a_list(one: &Operator) -> Option<&'static str> {
    if let OperatorStatus::Deactivated { .. } = one.status {
        return Some("whoever has this address is deactivated: let them in again first");
    }
    match one.source {
        OperatorSource::Directory { .. } => Some("a directory says what whoever has this address is"),
        OperatorSource::Local | OperatorSource::Invited | OperatorSource::OpenId { .. } => None,
    }
}

fn in_words(before: &Operator, after: &Operator) -> String {
    let name = (before.name != after.name).then(|| format!("called {}", after.name));
    let roles = (before.roles != after.roles).then(|| format!("{} instead of {}", after.roles, before.roles));
    name.into_iter().chain(roles).collect::<Vec<_>>().join(", ")
}

/// Words with commas, semicolons, bars or plus signs between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split([',', ';', '|', '+', '\n']).map(str::trim);
    all.filter(|word| !word.is_empty())
}

/// The roles that somebody wrote, in the words of people or of the API; whoever has none named is a user.
fn roles(text: &str) -> Option<Roles> {
    let role = |word: &str| {
        let letters = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
        Role::ALL
            .into_iter()
            .find(|role| letters(role.as_str()) == letters(word))
    };
    let named = words(text).map(role).collect::<Option<Vec<_>>>()?;
    let named = if named.is_empty() { vec![Role::User] } else { named };
    Some(named.into_iter().collect())
}
