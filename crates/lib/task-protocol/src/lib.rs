//! How a connector and its control plane talk: client ids and secrets, signed assertions, message rules.
