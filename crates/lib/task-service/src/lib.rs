//! The service that connectors talk to.
