//! The keys by which policies and tokens name places: the account, a zone, a Worker, a bucket.

use crate::names::Names;

const ACCOUNT_PREFIX: &str = "com.cloudflare.api.account.";
const USER_PREFIX: &str = "com.cloudflare.api.user.";
const BUCKET_PREFIX: &str = "com.cloudflare.edge.r2.bucket.";

/// The id that stands for all.
pub(crate) const ALL: &str = "*";

/// A place, as its key names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place<'a> {
    /// A whole account.
    Account(&'a str),
    /// Something within an account: its kind, such as `zone` or `worker`, and its id.
    Within(&'a str, &'a str),
    /// A person's own settings.
    User(&'a str),
    /// A bucket of R2.
    Bucket(&'a str),
    /// A key of a form that this version does not know.
    Other(&'a str),
}

impl<'a> Place<'a> {
    /// Reads a key.
    pub(crate) fn parse(key: &'a str) -> Self {
        if let Some(rest) = key.strip_prefix(ACCOUNT_PREFIX) {
            return match rest.split_once('.') {
                Some((kind, id)) => Self::Within(kind, id),
                None => Self::Account(rest),
            };
        }
        let user = key.strip_prefix(USER_PREFIX).map(Self::User);
        let bucket = || key.strip_prefix(BUCKET_PREFIX).map(Self::Bucket);
        user.or_else(bucket).unwrap_or(Self::Other(key))
    }

    /// The kind of place in a word, as permission groups name it after `com.cloudflare.api.`.
    pub(crate) fn kind(self) -> &'a str {
        match self {
            Self::Account(_) => "account",
            Self::Within(kind, _) => kind,
            Self::User(_) => "user",
            Self::Bucket(_) => "bucket",
            Self::Other(_) => "other",
        }
    }

    /// Whether the place is a single zone, which has a name of its own.
    pub(crate) fn is_zone(self) -> bool {
        matches!(self, Self::Within("zone", id) if id != ALL)
    }

    /// The name of the thing alone.
    pub(crate) fn name(self, names: &'a Names) -> &'a str {
        match self {
            Self::Within("zone", id) => names.zone(id),
            Self::Account(id) | Self::Within(_, id) | Self::User(id) | Self::Bucket(id) | Self::Other(id) => {
                id
            }
        }
    }

    /// In words, within a sentence.
    pub(crate) fn describe(self, names: &Names) -> String {
        match self {
            Self::Account(ALL) => "all accounts".to_owned(),
            Self::Account(id) if id == names.account.as_str() => "the whole account".to_owned(),
            Self::Account(id) => format!("the account {id}"),
            Self::Within(kind, ALL) => format!("all {kind}s"),
            Self::Within(kind, _) => format!("the {kind} {}", self.name(names)),
            Self::User(id) => format!("the user {id}"),
            Self::Bucket(id) => format!("the R2 bucket {id}"),
            Self::Other(key) => key.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read() {
        let cases = [
            ("com.cloudflare.api.account.a1", Place::Account("a1")),
            ("com.cloudflare.api.account.*", Place::Account("*")),
            ("com.cloudflare.api.account.zone.z1", Place::Within("zone", "z1")),
            ("com.cloudflare.api.account.zone.*", Place::Within("zone", "*")),
            (
                "com.cloudflare.api.account.worker.w1",
                Place::Within("worker", "w1"),
            ),
            ("com.cloudflare.api.user.u1", Place::User("u1")),
            (
                "com.cloudflare.edge.r2.bucket.a_default_b",
                Place::Bucket("a_default_b"),
            ),
            ("org.example.thing", Place::Other("org.example.thing")),
        ];
        for (key, place) in cases {
            assert_eq!(Place::parse(key), place);
        }
    }
}
