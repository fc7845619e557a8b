//! What whoever runs the tests tells them.

/// The value of an environment variable, if it has one.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests names servers and programs"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
