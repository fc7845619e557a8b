//! Any bytes as Cloudflare's answer: it is understood or refused with a text.
#![no_main]

use bytes::Bytes;
use cloudflare::AccountId;
use cloudflare::endpoint::{AccountTokens, Members, ResourceGroups, UserGroups, VerifyUserToken};
use cloudflare::fuzzing::{object, page};
use http::Response;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (status, body) = input;
    // Successes are the longer way: make them likely.
    let status = if status % 2 == 0 { 200 } else { status % 500 + 100 };
    let Ok(response) = Response::builder().status(status).body(Bytes::copy_from_slice(body)) else { return };
    let account = || AccountId::new("bd4a016a06b15839978fe790cd939c3e");
    let refusals = [
        page(&Members { account: account() }, &response),
        page(&AccountTokens { account: account() }, &response),
        page(&ResourceGroups { account: account() }, &response),
        page(&UserGroups { account: account() }, &response),
        object(&VerifyUserToken, &response),
    ];
    assert!(refusals.into_iter().flatten().all(|refusal| !refusal.to_string().is_empty()));
});
