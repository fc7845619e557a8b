//! The control plane's domain.
