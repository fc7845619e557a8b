//! Who could own something, as choices of a form.

use governance::{OfficeError, Operator, OperatorId, OperatorStatus};
use ui::Choice;

use crate::Inner;
use crate::web::{Failed, Signed};

/// Everybody who could own it, and whoever does; for somebody who may not see who there is, whoever owns it now.
pub(super) async fn possible(
    inner: &Inner,
    signed: &Signed,
    owners: &[OperatorId],
) -> Result<Vec<Operator>, Failed> {
    let all = match inner.office.operators(&signed.actor).await {
        Ok(all) => all,
        Err(OfficeError::Denied(_)) => inner.office.named(owners).await?,
        Err(error) => return Err(error.into()),
    };
    let is_able = |one: &Operator| {
        owners.contains(&one.id) || !matches!(one.status, OperatorStatus::Deactivated { .. })
    };
    Ok(all.into_iter().filter(is_able).collect())
}

/// The same as cards, oneself first.
pub(super) fn choices(
    people: &[Operator],
    signed: &Signed,
    is_chosen: impl Fn(&Operator) -> bool,
) -> Vec<Choice> {
    let own = &signed.whose.operator.id;
    let mut people: Vec<&Operator> = people.iter().collect();
    people.sort_by_key(|one| one.id != *own);
    let choice = |one: &Operator| {
        let name = if one.id == *own {
            format!("{} (you)", one.name)
        } else {
            one.name.clone()
        };
        let choice = Choice::new(one.id.as_str(), name, one.email.as_str());
        if is_chosen(one) { choice.checked() } else { choice }
    };
    people.into_iter().map(choice).collect()
}
