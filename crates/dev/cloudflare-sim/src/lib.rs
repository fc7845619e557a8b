//! A faithful in-memory Cloudflare v4 API with rate limits and fault switches.
