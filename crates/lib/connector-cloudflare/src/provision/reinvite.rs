//! Inviting somebody again whose invitation has gone stale: the API has no way to send it once more.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudflare::MemberId;
use cloudflare::types::{Member, MemberStatus};
use connector::{Account, Change, Changed, ConnectorError, Effect, Mode};
use tokio::time::Instant;

use super::holdings::Wish;
use super::member::Task;
use super::offer::Offer;
use super::people::Place;
use super::{Provisioning, refusal, told, who};

/// How long a begun re-invitation is remembered: long enough for a repeat, too short to bring back somebody who left.
const REMEMBERED: Duration = Duration::from_hours(1);

/// Invitations that are being cancelled and were not sent again yet, by address: a repeat goes on with these.
#[derive(Debug, Default)]
pub(super) struct Begun(Mutex<HashMap<String, (Instant, Offer)>>);

impl Begun {
    fn put(&self, email: &str, offer: Offer) {
        self.all().insert(email.to_lowercase(), (Instant::now(), offer));
    }

    fn get(&self, email: &str) -> Option<Offer> {
        let mut all = self.all();
        all.retain(|_, (begun, _)| begun.elapsed() < REMEMBERED);
        all.get(&email.to_lowercase()).map(|(_, offer)| offer.clone())
    }

    fn over(&self, email: &str) {
        self.all().remove(&email.to_lowercase());
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, (Instant, Offer)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Provisioning {
    /// Cancels the invitation of an address and sends a new one that offers the same.
    pub(crate) async fn invite_again(&self, email: &str, mode: Mode) -> Result<Account, ConnectorError> {
        let title = format!("Invite {email} again");
        let _turn = self.locks.turn(&email.to_lowercase()).await;
        let listed = self
            .listed(&title, |member| member.email.eq_ignore_ascii_case(email))
            .await?;
        match (listed, self.begun.get(email)) {
            (Some(member), _) if member.status != MemberStatus::Pending => {
                self.begun.over(email);
                Err(refusal::invitation_accepted(who::name(&member)))
            }
            (Some(member), _) => self.replace(email, &member, &title, mode).await,
            (None, Some(offer)) => self.send_again(email, &offer, &title, mode).await,
            (None, None) => Err(refusal::no_such_invitation(email)),
        }
    }

    async fn replace(
        &self,
        email: &str,
        member: &Member,
        title: &str,
        mode: Mode,
    ) -> Result<Account, ConnectorError> {
        let offer = Offer::of(member, &self.account).ok_or_else(|| refusal::policies_not_shown(email))?;
        if mode == Mode::Make {
            self.begun.put(email, offer.clone());
        }
        let cancelled = self.cancel(member.id.clone(), title, mode).await;
        let cancelled = cancelled.inspect_err(|error| {
            if error.code != refusal::OUTCOME_UNKNOWN {
                self.begun.over(email);
            }
        })?;
        if cancelled.effect == Effect::AlreadySo {
            // Somebody else cancelled it just now, and may have meant it.
            self.begun.over(email);
            return Err(refusal::no_such_invitation(email));
        }
        let mut account = self.send_again(email, &offer, title, mode).await?;
        let change = &mut account.changed.change;
        change.before = cancelled.change.before;
        change.calls.splice(0..0, cancelled.change.calls);
        Ok(account)
    }

    /// Cancels an invitation.
    pub(crate) async fn cancel(
        &self,
        member: MemberId,
        title: &str,
        mode: Mode,
    ) -> Result<Changed, ConnectorError> {
        let task = Task {
            wish: Wish::Leave,
            mode,
            title: title.to_owned(),
        };
        self.change(Place::Invitation(member), &task).await
    }

    async fn send_again(
        &self,
        email: &str,
        offer: &Offer,
        title: &str,
        mode: Mode,
    ) -> Result<Account, ConnectorError> {
        if mode == Mode::DryRun {
            return Ok(Account {
                outcome: connector::AccountOutcome::Planned,
                changed: Changed::new(Effect::Planned, self.planned(email, offer, title)),
            });
        }
        let sent = self.send_invitation(email, offer, mode).await;
        let mut account = sent.map_err(|error| refusal::cancelled_only(email, &offer.lines, error))?;
        if account.changed.effect != Effect::Made {
            return Err(refusal::cancelled_and_taken(email, &offer.lines));
        }
        self.begun.over(email);
        title.clone_into(&mut account.changed.change.title);
        Ok(account)
    }

    fn planned(&self, email: &str, offer: &Offer, title: &str) -> Change {
        let invite = self.invitation(email, offer);
        Change {
            title: title.to_owned(),
            before: Vec::new(),
            after: offer.lines.clone(),
            calls: vec![told::call(&invite)],
        }
    }
}
