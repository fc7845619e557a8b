//! The sync engine: a pure step machine, an executor, grant expansion, progress.
