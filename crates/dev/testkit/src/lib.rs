//! Shared pieces of tests: golden builders, canonical file contents.
