//! The vocabulary: ids, resources, entitlements, grants, clock.
