//! From settings to a connector.

use std::sync::Arc;

use cloudflare::{AccountId, Client, Credential, DEFAULT_BASE_URL};
use connector::{ConnectorError, ErrorKind};
use connector_cloudflare::{CloudflareConnector, Rules};
use http_client::{Jitter, Options, RateLimit, WaitReason};
use runner::{Connect, Connected, Group, Problem, Setup, Values, Wait};
use url::{Host, Url};

use crate::credential;

/// What the settings come to.
struct Target {
    account: AccountId,
    credential: Credential,
    base: Url,
    rate_limit: RateLimit,
    rules: Rules,
}

/// Checks the settings; all mistakes together.
pub(crate) fn prepare(values: &Values, group: Option<&Group>) -> Result<Connect, Vec<Problem>> {
    let (account, credential) = (account(values), credential::read(values, group));
    let (base, rate_limit) = (base(values), rate_limit(values));
    match (account, credential, base, rate_limit) {
        (Ok(account), Ok(credential), Ok(base), Ok(rate_limit)) => {
            let target = Target {
                account,
                credential,
                base,
                rate_limit,
                rules: rules(values),
            };
            Ok(Box::new(move |setup| connect(target, setup)))
        }
        (account, credential, base, rate_limit) => {
            let problems = [account.err(), credential.err(), base.err(), rate_limit.err()];
            Err(problems.into_iter().flatten().collect())
        }
    }
}

/// An account id that is not given is reported by the program itself.
fn account(values: &Values) -> Result<AccountId, Problem> {
    let text = values.text("account-id").trim();
    if text.is_empty() {
        return Ok(AccountId::new(""));
    }
    AccountId::parse(text).map_err(|error| {
        Problem::new(error.to_string())
            .given_by(values.origin("account-id"))
            .hint(error.hint())
    })
}

fn base(values: &Values) -> Result<Url, Problem> {
    let given = Some(values.text("base-url")).filter(|text| !text.is_empty());
    let problem = |text| Problem::new(text).given_by(values.origin("base-url"));
    let url = Url::parse(given.unwrap_or(DEFAULT_BASE_URL)).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| {
        problem("base-url is not an address of an API")
            .hint("write it with its version, such as http://127.0.0.1:8787/client/v4")
    })?;
    if url.scheme() == "http" && !is_this_machine(&url) {
        return Err(
            problem("base-url would send the credential unencrypted to another machine")
                .hint("use https; http is for a simulator on this machine"),
        );
    }
    Ok(url)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What the person decides about changes.
fn rules(values: &Values) -> Rules {
    Rules {
        protected: values.list("protect-member").to_vec(),
        remove_member_on_last_role: values.switch("remove-member-on-last-role"),
        allow_one_super_administrator: values.switch("allow-one-super-administrator"),
        ..Rules::default()
    }
}

fn rate_limit(values: &Values) -> Result<RateLimit, Problem> {
    RateLimit::parse(values.text("rate-limit"))
        .map_err(|error| Problem::new(format!("rate-limit: {error}")).given_by(values.origin("rate-limit")))
}

fn connect(target: Target, setup: Setup) -> Result<Connected, ConnectorError> {
    let (waiting, rate_limit) = (setup.waiting, target.rate_limit);
    let http = http_client::Client::new(Options {
        user_agent: setup.user_agent,
        timeout: setup.timeout,
        rate_limit,
        jitter: Jitter::seeded(setup.seed),
        observer: Some(Arc::new(move |wait: &http_client::Wait| {
            waiting(&told(wait, rate_limit));
        })),
        ..Options::default()
    })
    .map_err(unusable)?;
    let client = Client::new(http, target.base, target.credential).map_err(|error| {
        ConnectorError::new(ErrorKind::InvalidArgument, error.to_string())
            .with_hint("copy the credential again")
    })?;
    let calls = client.clone();
    let connector = Arc::new(CloudflareConnector::with_rules(
        client,
        target.account,
        target.rules,
    ));
    Ok(Connected {
        syncer: connector.clone(),
        provisioner: connector.clone(),
        actions: connector.clone(),
        events: connector,
        calls: Arc::new(move || calls.calls()),
    })
}

fn unusable(error: http_client::Error) -> ConnectorError {
    ConnectorError::new(ErrorKind::FailedPrecondition, error.to_string())
        .with_hint(error.hint())
        .with_source(error)
}

/// A wait in words.
fn told(wait: &http_client::Wait, limit: RateLimit) -> Wait {
    let reason = match &wait.reason {
        WaitReason::Throttled => "Cloudflare asks to wait".to_owned(),
        WaitReason::OwnBudget => format!("{} used up; going on in", budget(limit)),
        WaitReason::SharedBudget => {
            "other programs, or an earlier run, used up the rate limit; going on in".to_owned()
        }
        WaitReason::Retry { cause, .. } => format!("a call failed ({cause}); trying again in"),
    };
    Wait {
        reason,
        duration: wait.duration,
    }
}

fn budget(limit: RateLimit) -> String {
    match limit {
        RateLimit::Quota { calls, window } => format!("{calls} calls in {} s are", window.as_secs()),
        RateLimit::Off => "the rate limit is".to_owned(),
    }
}
