//! The one outgoing HTTP client: auth, timeouts, retry, rate budget, redaction.
