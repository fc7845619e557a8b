//! The typed Cloudflare v4 API: requests as values, types, paging, errors with code and hint.
