//! The transitions.

use connector::{Feed, FeedId};

use super::state::{Phase, Planned, Remark};
use super::{Decision, Event, Origin, Rules, State};
use crate::SyncError;

impl State {
    /// Takes an event and says what to do now.
    pub(crate) fn advance(&mut self, event: Event, rules: Rules) -> Vec<Decision> {
        match event {
            Event::Begun => self.begin(rules),
            Event::Found { by, feed } => {
                self.add(by, feed);
                Vec::new()
            }
            Event::Restarted(id) => self.abandon(&id),
            Event::Finished(id) => {
                self.reading.retain(|planned| planned.feed.id != id);
                self.done.insert(id);
                self.proceed(rules)
            }
            Event::Failed(feed, source) => {
                let (title, source) = (self.title(&feed), Box::new(source));
                vec![Decision::Stop(SyncError::Feed { feed, title, source })]
            }
            Event::Noted(origin, note) => {
                self.remarks.push(Remark { origin, note });
                Vec::new()
            }
            Event::Expanded => vec![self.seal()],
        }
    }

    /// Undoes what an interruption left half done, and goes on from there.
    fn begin(&mut self, rules: Rules) -> Vec<Decision> {
        self.drop_remarks(&Origin::Start);
        match self.phase {
            Phase::Reading => {
                let mut decisions = self.take_back();
                decisions.extend(self.proceed(rules));
                decisions
            }
            Phase::Expanding => {
                self.drop_remarks(&Origin::Expansion);
                vec![Decision::Expand]
            }
            Phase::Sealing => vec![Decision::Seal],
        }
    }

    /// Puts interrupted feeds back to the front, as if they had never been started.
    fn take_back(&mut self) -> Vec<Decision> {
        let mut decisions = Vec::new();
        for planned in std::mem::take(&mut self.reading).into_iter().rev() {
            decisions.extend(self.disown(&planned.feed));
            self.waiting.push_front(planned);
        }
        decisions
    }

    /// Plans a feed, or notes that one more feed brought it up.
    fn add(&mut self, by: FeedId, feed: Feed) {
        let waiting = self.waiting.iter_mut().find(|planned| planned.feed.id == feed.id);
        if let Some(planned) = waiting {
            if !planned.found_by.is_empty() {
                planned.found_by.insert(by);
            }
        } else if !self.knows(&feed.id) {
            self.waiting.push_back(Planned {
                feed,
                found_by: [by].into(),
            });
        }
    }

    /// A feed that is being read starts again.
    fn abandon(&mut self, id: &FeedId) -> Vec<Decision> {
        let feed = self
            .reading
            .iter()
            .find(|planned| planned.feed.id == *id)
            .map(|planned| planned.feed.clone());
        feed.map(|feed| self.disown(&feed)).unwrap_or_default()
    }

    /// Forgets what a feed wrote, said and found.
    fn disown(&mut self, feed: &Feed) -> Vec<Decision> {
        self.drop_remarks(&Origin::Feed(feed.id.clone()));
        self.waiting
            .retain_mut(|planned| !planned.found_by.remove(&feed.id) || !planned.found_by.is_empty());
        if feed.owns.is_empty() {
            Vec::new()
        } else {
            vec![Decision::Forget(feed.owns.clone())]
        }
    }

    fn drop_remarks(&mut self, origin: &Origin) {
        self.remarks.retain(|remark| remark.origin != *origin);
    }

    /// Starts what can be started, or leaves the phase when nothing is left.
    fn proceed(&mut self, rules: Rules) -> Vec<Decision> {
        let mut decisions = Vec::new();
        while self.reading.len() < rules.workers.max(1)
            && let Some(planned) = self.next_ready()
        {
            decisions.push(Decision::Read(planned.feed.clone()));
            self.reading.push(planned);
        }
        if self.reading.is_empty() {
            decisions.push(self.leave_reading(rules));
        }
        decisions
    }

    /// Takes the first waiting feed that waits for nothing.
    fn next_ready(&mut self) -> Option<Planned> {
        let position = self.waiting.iter().position(|planned| self.is_ready(planned))?;
        self.waiting.remove(position)
    }

    /// A feed that is not planned (left out by the selection, say) is not waited for.
    fn is_ready(&self, planned: &Planned) -> bool {
        !planned
            .feed
            .after
            .iter()
            .chain(&planned.found_by)
            .any(|id| self.is_open(id))
    }

    fn leave_reading(&mut self, rules: Rules) -> Decision {
        if !self.waiting.is_empty() {
            let waiting = self
                .waiting
                .iter()
                .map(|planned| planned.feed.id.clone())
                .collect();
            Decision::Stop(SyncError::Stuck { waiting })
        } else if rules.expands {
            self.phase = Phase::Expanding;
            Decision::Expand
        } else {
            self.seal()
        }
    }

    fn seal(&mut self) -> Decision {
        self.phase = Phase::Sealing;
        Decision::Seal
    }

    fn title(&self, id: &FeedId) -> String {
        let planned = self.reading.iter().find(|planned| planned.feed.id == *id);
        planned.map_or_else(|| id.to_string(), |planned| planned.feed.title.clone())
    }
}
