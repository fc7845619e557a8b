//! What `cargo xtask codegen` makes of `proto/`, in modules that mirror the packages.

/// Packages of the ecosystem's owner.
pub(crate) mod c1 {
    /// What a file is made of.
    pub(crate) mod c1z {
        /// Annotations of requests to a reader.
        pub mod v1 {
            include!("generated/c1.c1z.v1.rs");
        }
        /// The header of version 3 files.
        pub mod v3 {
            include!("generated/c1.c1z.v3.rs");
        }
    }
    /// Settings.
    pub(crate) mod config {
        /// Settings.
        pub mod v1 {
            include!("generated/c1.config.v1.rs");
        }
    }
    /// Connectors.
    pub(crate) mod connector {
        /// The records.
        pub mod v2 {
            include!("generated/c1.connector.v2.rs");
        }
    }
    /// Readers of files.
    pub(crate) mod reader {
        /// Syncs of a file.
        pub mod v2 {
            include!("generated/c1.reader.v2.rs");
        }
    }
    /// Storage of version 3 files.
    pub(crate) mod storage {
        /// Statistics of syncs.
        pub mod v3 {
            include!("generated/c1.storage.v3.rs");
        }
    }
}

/// The explorer command.
pub(crate) mod baton {
    /// What it prints.
    pub mod v1 {
        include!("generated/baton.v1.rs");
    }
}
