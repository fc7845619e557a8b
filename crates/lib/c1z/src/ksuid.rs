//! Ids of syncs: KSUIDs.

use chrono::{DateTime, Utc};
use model::SyncId;

/// A new sync id from the time and sixteen bytes of an id source.
pub fn new_sync_id(now: DateTime<Utc>, bytes: [u8; 16]) -> SyncId {
    SyncId::new(model::ksuid(now, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_documented_form() {
        let now = DateTime::from_timestamp(1_795_394_377, 0).unwrap();
        let id = new_sync_id(now, [7; 16]);
        assert_eq!(id.as_str().len(), 27);
        assert!(id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_eq!(id, new_sync_id(now, [7; 16]));
        assert!(new_sync_id(now + chrono::TimeDelta::seconds(1), [0; 16]) > id);
    }

    #[test]
    fn a_time_before_the_epoch_still_gives_an_id() {
        let id = new_sync_id(DateTime::UNIX_EPOCH, [0; 16]);
        assert_eq!(id.as_str(), "000000000000000000000000000");
    }
}
