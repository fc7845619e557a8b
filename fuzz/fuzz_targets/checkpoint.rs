//! Any text as a checkpoint: it is continued from or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|token: &str| {
    // Most inputs should get past the outer shape.
    let ours = format!(r#"{{"version":1,"rollcall":{token}}}"#);
    let _ = sync::fuzzing::is_checkpoint(token);
    let _ = sync::fuzzing::is_checkpoint(&ours);
});
