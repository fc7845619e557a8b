use chrono::SecondsFormat;
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> String {
    parse(text).to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[test]
fn writes_the_documented_form() {
    let moment = |nanos| format(DateTime::from_timestamp(1_795_444_777, nanos).unwrap());
    assert_eq!(moment(962_026_165), "2026-11-23 14:39:37.962026165");
    assert_eq!(moment(962_000_000), "2026-11-23 14:39:37.962");
    assert_eq!(moment(0), "2026-11-23 14:39:37");
    let even = DateTime::from_timestamp(1_795_442_400, 0).unwrap();
    assert_eq!(format(even), "2026-11-23 14:00:00");
}

#[test]
fn reads_what_other_writers_wrote() {
    assert_eq!(
        read("2026-11-23 12:39:37.962026165"),
        "2026-11-23T12:39:37.962026165Z"
    );
    assert_eq!(read("2026-11-23 12:39:37"), "2026-11-23T12:39:37Z");
    assert_eq!(read("2026-11-23T12:39:37Z"), "2026-11-23T12:39:37Z");
    assert_eq!(read("2026-11-23T12:39:37.5"), "2026-11-23T12:39:37.500Z");
    assert_eq!(read("2026-11-23 12:39:37.5+00:00"), "2026-11-23T12:39:37.500Z");
    assert_eq!(read("2026-11-23T14:39:37+02:00"), "2026-11-23T12:39:37Z");
    assert_eq!(read("yesterday"), "0001-01-01T00:00:00Z");
    assert_eq!(read(""), "0001-01-01T00:00:00Z");
}

proptest! {
    #[test]
    fn what_is_written_is_read(seconds in 0_i64..4_000_000_000, nanos in 0_u32..1_000_000_000) {
        let moment = DateTime::from_timestamp(seconds, nanos).unwrap();
        prop_assert_eq!(parse(&format(moment)), moment);
    }
}
