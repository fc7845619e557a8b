//! What a connector author sees: small traits, capabilities, errors.
