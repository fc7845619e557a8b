use super::*;

fn kind(status: u16, code: Option<i64>, message: &str) -> ErrorKind {
    classify(Symptoms {
        status,
        code,
        message,
        permission: Some(Permission::AccountApiTokensRead),
    })
}

fn refused() -> ErrorKind {
    ErrorKind::NotPermitted {
        missing: vec![Permission::AccountApiTokensRead],
    }
}

#[test]
fn refusals_are_told_apart_by_status_then_code_then_text() {
    let cases = [
        (401, Some(1000), "Invalid API Token", ErrorKind::BadCredential),
        (
            400,
            Some(6003),
            "Invalid request headers",
            ErrorKind::BadCredential,
        ),
        (400, Some(9106), "Authentication failed", ErrorKind::BadCredential),
        (
            400,
            Some(10001),
            "Unable to authenticate request",
            ErrorKind::BadCredential,
        ),
        (
            403,
            Some(9103),
            "Unknown X-Auth-Key or X-Auth-Email",
            ErrorKind::BadCredential,
        ),
        (403, Some(10000), "Authentication error", refused()),
        (403, None, "Forbidden", refused()),
        (
            200,
            Some(9109),
            "Unauthorized to access requested resource",
            refused(),
        ),
        (404, Some(1003), "gone", ErrorKind::NotFound),
        (410, None, "Gone", ErrorKind::NotFound),
        (400, Some(7003), "Could not route", ErrorKind::NotFound),
        (409, Some(1), "conflict", ErrorKind::AlreadyExists),
        (400, Some(1008), "x", ErrorKind::AlreadyExists),
        (
            400,
            Some(1),
            "Account member already exists for email address",
            ErrorKind::AlreadyExists,
        ),
        (
            400,
            Some(1001),
            "Invalid role assignments found",
            ErrorKind::Invalid,
        ),
        (
            400,
            Some(1006),
            "processing member, please try again",
            ErrorKind::Invalid,
        ),
        (400, Some(429), "add limit reached", ErrorKind::Invalid),
        (405, None, "", ErrorKind::Invalid),
        (422, None, "", ErrorKind::Invalid),
        (429, Some(10000), "More than 1200 requests", ErrorKind::Throttled),
        (408, None, "", ErrorKind::Transient),
        (500, None, "", ErrorKind::Transient),
        (502, None, "", ErrorKind::Transient),
        (524, None, "", ErrorKind::Transient),
        (525, None, "", ErrorKind::Unexpected),
        (307, None, "", ErrorKind::Unexpected),
        (200, Some(1), "odd", ErrorKind::Unexpected),
    ];
    for (status, code, message, expected) in cases {
        assert_eq!(
            kind(status, code, message),
            expected,
            "{status} {code:?} {message}"
        );
    }
}

fn error(kind: ErrorKind) -> Error {
    let (code, ray) = (Some(10000), Some("9f0c1d2e3b4a5968-AMS".to_owned()));
    let what = "the account API tokens";
    ApiError {
        kind,
        what,
        status: 403,
        code,
        message: "Forbidden".into(),
        ray,
    }
    .into()
}

/// What a person reads: the code, the text and the hint of each error.
fn shown(error: &Error) -> String {
    format!("{}\n{error}\nhint: {}", error.code(), error.hint())
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let what = "the members";
    let host = || "api.cloudflare.com".to_owned();
    let texts: Vec<_> = [
        error(ErrorKind::BadCredential),
        error(refused()),
        error(ErrorKind::NotPermitted {
            missing: vec![Permission::AccessOrganizationsRead],
        }),
        error(ErrorKind::NotFound),
        error(ErrorKind::AlreadyExists),
        error(ErrorKind::Invalid),
        error(ErrorKind::Throttled),
        error(ErrorKind::Transient),
        error(ErrorKind::Unexpected),
        Error::Unreachable {
            what,
            source: http_client::Error::Dns { host: host() },
        },
        Error::Unreachable {
            what,
            source: http_client::Error::Connect {
                host: host(),
                reason: "connection refused".into(),
            },
        },
        Error::Undecodable {
            what,
            reason: "it is not JSON but \"<html>\"...".into(),
        },
        Error::MalformedCredential,
    ]
    .iter()
    .map(shown)
    .collect();
    insta::assert_snapshot!(texts.join("\n\n"), @r#"
    cloudflare-credential-rejected
    Cloudflare does not accept the credential: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check the token or key: copied whole, not expired, not rolled since, not sent as the other kind

    cloudflare-permission-missing
    the credential may not read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: give the token the permission "Account API Tokens: Read", which is needed to read the account API tokens; a user's token or key also needs that user to be an administrator of the account

    cloudflare-permission-missing
    the credential may not read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: give the token the permission "Access: Organizations, Identity Providers, and Groups: Read", which is needed to read the account API tokens; a user's token or key also needs that user to be an administrator of the account

    cloudflare-not-found
    Cloudflare does not find the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check the account id, and whether the account API tokens still exist: Cloudflare knows nothing there

    cloudflare-already-exists
    Cloudflare already has this among the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: read the list again: somebody else may have been faster

    cloudflare-request-refused
    Cloudflare refuses the request for the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: this is not for you to solve: report it with the text above

    cloudflare-rate-limit
    Cloudflare's rate limit is used up while reading the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: wait five minutes; other programs that use the same credential or user spend from the same budget

    cloudflare-unavailable
    Cloudflare cannot give the account API tokens at the moment: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: try again in a few minutes; www.cloudflarestatus.com tells of larger failures

    cloudflare-unexpected-answer
    Cloudflare gave an unexpected answer for the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check that the base URL is that of Cloudflare's API; if it is, report the text above

    http-host-unknown
    cannot read the members: cannot find the host api.cloudflare.com
    hint: check the address for a typing mistake, and that this machine can resolve names

    http-unreachable
    cannot read the members: cannot connect to api.cloudflare.com: connection refused
    hint: check the address and port, and that a firewall or proxy lets this machine out

    cloudflare-answer-unreadable
    the answer for the members cannot be understood: it is not JSON but "<html>"...
    hint: check that the base URL is that of Cloudflare's API and that no proxy answers in its place

    cloudflare-credential-rejected
    the credential contains characters that cannot be sent, such as a line break
    hint: copy the token or key again, without spaces or line breaks
    "#);
}
