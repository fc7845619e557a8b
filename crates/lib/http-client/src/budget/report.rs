//! What a server says about the budget, in the `Ratelimit` and `Ratelimit-Policy` headers.

use std::time::Duration;

use http::HeaderMap;

use crate::retry::LONGEST_TOLD;

/// A server's own count, of the policy that leaves the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServerReport {
    /// Calls left.
    pub(crate) left: u32,
    /// Time until the count starts again.
    pub(crate) reset_in: Duration,
    /// Calls that the policy allows in all, where the server says so.
    pub(crate) quota: Option<u32>,
}

impl ServerReport {
    /// Reads `"default";r=50;t=30` and the like. Several policies are separated by commas; whatever cannot be read
    /// is passed over.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        items(headers, "ratelimit")
            .filter_map(|item| {
                let left = u32::try_from(number(item, "r")?).unwrap_or(u32::MAX);
                let reset_in = Duration::from_secs(number(item, "t")?).min(LONGEST_TOLD);
                Some(Self {
                    left,
                    reset_in,
                    quota: quota_of(headers, name(item)),
                })
            })
            .min_by_key(|report| (report.left, std::cmp::Reverse(report.reset_in)))
    }
}

fn quota_of(headers: &HeaderMap, policy: &str) -> Option<u32> {
    let item = items(headers, "ratelimit-policy").find(|item| name(item) == policy)?;
    u32::try_from(number(item, "q")?).ok()
}

fn items<'a>(headers: &'a HeaderMap, header: &'static str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
}

fn name(item: &str) -> &str {
    item.split(';').next().unwrap_or_default().trim()
}

fn number(item: &str, key: &str) -> Option<u64> {
    item.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case(key)
            .then(|| value.trim().trim_matches('"').parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(ratelimit: &str, policy: &str) -> Option<(u32, u64, Option<u32>)> {
        let mut headers = HeaderMap::new();
        headers.insert("Ratelimit", ratelimit.parse().unwrap());
        headers.insert("Ratelimit-Policy", policy.parse().unwrap());
        ServerReport::read(&headers).map(|r| (r.left, r.reset_in.as_secs(), r.quota))
    }

    #[test]
    fn reads_what_cloudflare_documents() {
        assert_eq!(
            report(r#""default";r=50;t=30"#, r#""default";q=1200;w=300"#),
            Some((50, 30, Some(1200)))
        );
    }

    #[test]
    fn takes_the_tightest_of_several_policies() {
        let two = r#""default";r=900;t=250, "burst";r=3;t=7"#;
        assert_eq!(
            report(two, r#""burst";q=100;w=60,"default";q=1200;w=300"#),
            Some((3, 7, Some(100)))
        );
    }

    #[test]
    fn reads_leniently_and_passes_over_the_rest() {
        assert_eq!(report("default; R = 5 ; t=6", ""), Some((5, 6, None)));
        assert_eq!(report(r#""a";r=x;t=1, "b";r=2;t=3"#, "b;q=9"), Some((2, 3, None)));
        assert_eq!(report("limited", ""), None);
        assert_eq!(ServerReport::read(&HeaderMap::new()), None);
    }
}
