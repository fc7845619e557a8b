//! How a connector runs: flags and configuration, one-shot tasks, progress, exit codes.
