//! KSUIDs: 27 letters and digits that sort by the second they were made in. The ecosystem's files and tasks have them.

use chrono::{DateTime, Utc};
use svix_ksuid::{Ksuid, KsuidLike as _};

/// The second from which KSUIDs count, as Unix time.
const EPOCH: i64 = 1_400_000_000;

/// A new one from the time and sixteen bytes of an id source.
pub fn ksuid(now: DateTime<Utc>, bytes: [u8; 16]) -> String {
    let seconds = u32::try_from(now.timestamp() - EPOCH).unwrap_or(0);
    Ksuid::new_raw(seconds, Some(&bytes)).to_base62()
}
