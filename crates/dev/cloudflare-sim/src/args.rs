//! The command line.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use chrono::{DateTime, Utc};
use clap::Parser;
use cloudflare_sim::{
    Options, PageSize, RateLimit, RolesEndpoint, Spec, State, SuperAdministrator, demo::example_retail,
};

/// What the demo decides itself.
const SIZES: [&str; 9] = [
    "members",
    "roles",
    "permission_groups",
    "tokens",
    "user_groups",
    "group_members",
    "resource_groups",
    "zones",
    "seed",
];

/// A simulated Cloudflare account: the v4 API of an invented company, in memory, for tests and for looking.
///
/// The same sizes and seed make the same account every time. The printed secrets are no secrets.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Args {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:18080", value_name = "ADDRESS:PORT")]
    pub(crate) listen: SocketAddr,

    /// Serve "Example Retail", the small company of the demo; sizes and seed do not apply
    #[arg(long, conflicts_with_all = SIZES)]
    demo: bool,

    /// Members of the account, pending ones included
    #[arg(long, default_value_t = 500, value_name = "N", help_heading = "Sizes")]
    members: usize,

    /// Account-wide roles, Super Administrator first
    #[arg(long, default_value_t = 40, value_name = "N", help_heading = "Sizes")]
    roles: usize,

    /// Permission groups; at least one per role, one for zones and one for Workers
    #[arg(long, default_value_t = 50, value_name = "N", help_heading = "Sizes")]
    permission_groups: usize,

    /// Account-owned tokens
    #[arg(long, default_value_t = 5, value_name = "N", help_heading = "Sizes")]
    tokens: usize,

    /// User groups, the last one empty
    #[arg(long, default_value_t = 4, value_name = "N", help_heading = "Sizes")]
    user_groups: usize,

    /// Members of each user group
    #[arg(long, default_value_t = 12, value_name = "N", help_heading = "Sizes")]
    group_members: usize,

    /// Resource groups, the account-wide one included
    #[arg(long, default_value_t = 8, value_name = "N", help_heading = "Sizes")]
    resource_groups: usize,

    /// Zones
    #[arg(long, default_value_t = 6, value_name = "N", help_heading = "Sizes")]
    zones: usize,

    /// Decides names, ids and everything else that the sizes leave open
    #[arg(long, default_value_t = 1, value_name = "N", help_heading = "Sizes")]
    seed: u64,

    /// What the dates of the demo are counted back from
    #[arg(long, default_value = "2026-10-01T00:00:00Z", value_name = "RFC 3339")]
    now: DateTime<Utc>,

    /// Time that every call takes at least (50ms, 1s)
    #[arg(long, default_value = "0ms", value_parser = duration, value_name = "TIME", help_heading = "Behaviour")]
    latency: Duration,

    /// Calls per seconds of each user or account-owned token, then five minutes of 429; or off
    #[arg(long, default_value = "1200/300", value_parser = rate_limit, value_name = "CALLS/SECONDS|off", help_heading = "Behaviour")]
    rate_limit: RateLimit,

    /// Answer the deprecated roles endpoint with this status (404 or 410)
    #[arg(long, value_name = "STATUS", help_heading = "Behaviour")]
    roles_gone: Option<u16>,

    /// Leave Super Administrator out of the roles list
    #[arg(long, help_heading = "Behaviour")]
    unlisted_super_administrator: bool,

    /// Refuse page sizes outside the limits instead of using the nearest
    #[arg(long, help_heading = "Behaviour")]
    strict_page_size: bool,

    /// Write every call as a line of JSON to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
}

impl Args {
    /// The account to serve.
    pub(crate) fn state(&self) -> State {
        if self.demo {
            example_retail(self.now)
        } else {
            self.spec().build()
        }
    }

    fn spec(&self) -> Spec {
        Spec {
            members: self.members,
            roles: self.roles,
            permission_groups: self.permission_groups,
            tokens: self.tokens,
            user_groups: self.user_groups,
            group_members: self.group_members,
            resource_groups: self.resource_groups,
            zones: self.zones,
            seed: self.seed,
            now: self.now,
            ..Spec::default()
        }
    }

    /// How to behave.
    pub(crate) fn options(&self) -> Options {
        Options {
            rate_limit: self.rate_limit,
            latency: self.latency,
            roles: self.roles_gone.map_or(RolesEndpoint::Served, RolesEndpoint::Gone),
            super_administrator: if self.unlisted_super_administrator {
                SuperAdministrator::Unlisted
            } else {
                SuperAdministrator::Listed
            },
            page_size: if self.strict_page_size {
                PageSize::Refuse
            } else {
                PageSize::Clamp
            },
            ..Options::default()
        }
    }
}

/// `50ms` or `2s`.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, millis) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1),
        (None, Some(number)) => (number, 1000),
        (None, None) => return Err("give a time with its unit, such as 50ms or 2s".to_owned()),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| format!("'{number}' is not a whole number"))?;
    Ok(Duration::from_millis(number.saturating_mul(millis)))
}

/// `1200/300` or `off`.
fn rate_limit(text: &str) -> Result<RateLimit, String> {
    if text == "off" {
        return Ok(RateLimit::Off);
    }
    let parsed = text.split_once('/').and_then(|(calls, seconds)| {
        Some((
            calls.parse().ok().filter(|calls| *calls > 0)?,
            seconds.parse().ok().filter(|s| *s > 0)?,
        ))
    });
    let (calls, seconds) = parsed.ok_or("give calls and seconds, such as 1200/300, or off")?;
    Ok(RateLimit::new(calls, Duration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::CommandFactory;
    use cloudflare_sim::RateLimit;

    use super::{Args, duration, rate_limit};

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn times_need_a_unit() {
        assert_eq!(duration("50ms"), Ok(Duration::from_millis(50)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(
            duration("50"),
            Err("give a time with its unit, such as 50ms or 2s".to_owned())
        );
        assert_eq!(duration("xs"), Err("'x' is not a whole number".to_owned()));
    }

    #[test]
    fn rate_limits_are_calls_and_seconds_or_off() {
        assert_eq!(
            rate_limit("10/60"),
            Ok(RateLimit::new(10, Duration::from_mins(1)))
        );
        assert_eq!(rate_limit("off"), Ok(RateLimit::Off));
        for wrong in ["0/60", "10/0", "10", "ten/60"] {
            assert!(rate_limit(wrong).is_err(), "{wrong}");
        }
    }
}
