//! The .c1z file: envelope, SQLite schema, reader, writer, diff, validation.
