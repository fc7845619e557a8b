//! Any text as what a directory asks and says: it is understood or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scim::filter::Filter;
use scim::patch::assignments;
use scim::path::Path;

fuzz_target!(|text: &str| {
    let _ = Filter::parse(text);
    let _ = Path::parse(text);
    if let Ok(body) = serde_json::from_str(text) {
        let _ = assignments(&body);
    }
});
