//! What the engine does with what feeds tell it.

use connector::{Feed, Record, RowCursor, Severity};
use model::ResourceTypeId;

use super::Engine;
use super::feed::{Message, Page, Said};
use crate::step::{self, Decision, Origin};
use crate::{Event, SyncError};

/// Resources in one answer to a feed that looks up what was read before.
const PAGE: u32 = 1_000;

impl Engine {
    /// Deals with one message.
    pub(super) async fn take(&mut self, message: Message) -> Result<Vec<Decision>, SyncError> {
        match message {
            Message::Records(feed, records) => {
                self.take_records(&feed, records)?;
                Ok(Vec::new())
            }
            Message::Said(feed, said) => Ok(self.take_event(&feed, said)),
            Message::Known {
                resource_type,
                cursor,
                reply,
            } => {
                let page = self.look_up(resource_type, cursor).await?;
                // A feed that no longer waits for its answer has ended.
                let _ = reply.send(page);
                Ok(Vec::new())
            }
        }
    }

    fn take_records(&mut self, feed: &Feed, records: Vec<Record>) -> Result<(), SyncError> {
        let dropped = self.dropped.entry(feed.id.clone()).or_default();
        let kept = self.parts.sieve.sort(records, dropped)?;
        self.pending.keep(kept);
        Ok(())
    }

    fn take_event(&mut self, feed: &Feed, said: Said) -> Vec<Decision> {
        let (id, title) = (feed.id.clone(), feed.title.clone());
        match said {
            Said::Restarted => {
                self.dropped.remove(&feed.id);
                self.parts.progress.event(&Event::FeedRestarted {
                    feed: id.clone(),
                    title,
                });
                self.advance(step::Event::Restarted(id))
            }
            Said::Found(found) if self.parts.sieve.needs(&found) => {
                self.advance(step::Event::Found { by: id, feed: found })
            }
            Said::Found(_) => Vec::new(),
            Said::Noted(note) => {
                if note.severity == Severity::Warning {
                    self.parts.progress.event(&Event::FeedWarned {
                        feed: id.clone(),
                        title,
                    });
                }
                self.note(Origin::Feed(id), note);
                Vec::new()
            }
            Said::Finished => self.finish(feed),
            Said::Failed(error) => self.advance(step::Event::Failed(id, error)),
        }
    }

    fn finish(&mut self, feed: &Feed) -> Vec<Decision> {
        let dropped = self.dropped.remove(&feed.id).unwrap_or_default();
        for note in dropped.notes(&feed.title) {
            self.note(Origin::Feed(feed.id.clone()), note);
        }
        let (id, title) = (feed.id.clone(), feed.title.clone());
        self.parts.progress.event(&Event::FeedFinished {
            feed: id.clone(),
            title,
        });
        self.advance(step::Event::Finished(id))
    }

    /// Reads a page of the draft, with everything in it that was handed over before; the last one is empty.
    async fn look_up(
        &mut self,
        resource_type: ResourceTypeId,
        cursor: Option<RowCursor>,
    ) -> Result<Page, SyncError> {
        self.commit().await?;
        let after = cursor.map_or(0, |cursor| cursor.0);
        let rows = self
            .parts
            .store
            .with(move |draft| draft.resources(&resource_type, after, PAGE))
            .await?;
        let next = rows.last().map(|(row, _)| RowCursor(*row));
        Ok((rows.into_iter().map(|(_, resource)| resource).collect(), next))
    }
}
