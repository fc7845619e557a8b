//! Connectors that run beside the service: real processes of this program, a real service, a simulated Cloudflare.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

#[path = "../../src/hosting/mod.rs"]
mod hosting;
mod killed;
mod lives;
mod processes;
mod restarted;
mod work;
mod world;
