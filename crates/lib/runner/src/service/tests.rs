//! A service with a control plane that keeps to the protocol's rules, in the same process, on a clock that is moved.

mod cancel;
mod finishing;
mod hello;
#[expect(
    clippy::default_trait_access,
    reason = "most fields of most messages are left as they are"
)]
mod kinds;
mod pace;
mod stopping;
mod support;
mod tokens;
mod uploads;
