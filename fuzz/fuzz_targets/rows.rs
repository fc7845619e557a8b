//! Any bytes as a row: decoding answers or refuses, and what was understood can be written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prost::Message;
use proto::connector_v2 as wire;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(row) = wire::Resource::decode(bytes) {
        let _ = proto::json::to_json(&row);
        if let Ok(resource) = model::Resource::try_from(row) {
            let again = model::Resource::try_from(wire::Resource::from(&resource));
            assert!(again.is_ok(), "a resource that was read cannot be read again");
        }
    }
    if let Ok(row) = wire::Entitlement::decode(bytes) {
        let _ = model::Entitlement::try_from(row);
    }
    if let Ok(row) = wire::Grant::decode(bytes) {
        let _ = model::Grant::try_from(row);
    }
});
