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
    /// Control planes.
    pub(crate) mod connectorapi {
        /// Service mode.
        pub(crate) mod baton {
            /// Tasks, and the service that hands them out.
            pub mod v1 {
                include!("generated/c1.connectorapi.baton.v1.rs");
            }
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

/// Messages that the whole gRPC world shares.
pub(crate) mod google {
    /// How calls end.
    pub mod rpc {
        include!("generated/google.rpc.rs");
    }
}
