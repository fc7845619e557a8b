//! Cloudflare as a connector: pure mappers and thin syncers.
