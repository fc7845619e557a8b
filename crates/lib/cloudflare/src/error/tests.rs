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

fn all_are(expected: &ErrorKind, cases: &[(u16, Option<i64>, &str)]) {
    for (status, code, message) in cases {
        assert_eq!(
            kind(*status, *code, message),
            *expected,
            "{status} {code:?} {message}"
        );
    }
}

#[test]
fn credentials_and_permissions_are_told_apart() {
    all_are(
        &ErrorKind::BadCredential,
        &[
            (401, Some(1000), "Invalid API Token"),
            (400, Some(6003), "Invalid request headers"),
            (400, Some(9106), "Authentication failed"),
            (400, Some(10001), "Unable to authenticate request"),
            (403, Some(9103), "Unknown X-Auth-Key or X-Auth-Email"),
        ],
    );
    all_are(
        &refused(),
        &[
            (403, Some(10000), "Authentication error"),
            (403, None, "Forbidden"),
            (200, Some(9109), "Unauthorized to access requested resource"),
        ],
    );
}

#[test]
fn things_that_are_not_there_or_there_already_are_told() {
    all_are(
        &ErrorKind::NotFound,
        &[
            (404, Some(1003), "gone"),
            (410, None, "Gone"),
            (400, Some(7003), "Could not route"),
        ],
    );
    all_are(
        &ErrorKind::AlreadyExists,
        &[
            (409, Some(1), "conflict"),
            (400, Some(1008), "x"),
            (400, Some(1), "Account member already exists for email address"),
        ],
    );
}

#[test]
fn a_wrong_address_is_told_from_a_missing_permission_by_its_text() {
    all_are(
        &ErrorKind::AddressRefused,
        &[(
            403,
            Some(9109),
            "Cannot use the access token from location: 198.51.100.7",
        )],
    );
}

#[test]
fn what_passes_and_what_does_not_are_told_apart() {
    all_are(
        &ErrorKind::Invalid,
        &[
            (400, Some(1001), "Invalid role assignments found"),
            (400, Some(1006), "processing member, please try again"),
            (400, Some(429), "add limit reached"),
            (405, None, ""),
            (422, None, ""),
        ],
    );
    all_are(
        &ErrorKind::Throttled,
        &[(429, Some(10000), "More than 1200 requests")],
    );
    all_are(
        &ErrorKind::Transient,
        &[(408, None, ""), (500, None, ""), (502, None, ""), (524, None, "")],
    );
    all_are(
        &ErrorKind::Unexpected,
        &[(525, None, ""), (307, None, ""), (200, Some(1), "odd")],
    );
}

fn error(kind: ErrorKind) -> Error {
    let (code, ray) = (Some(10000), Some("9f0c1d2e3b4a5968-AMS".to_owned()));
    let what = "the account API tokens";
    ApiError {
        kind,
        act: Act::Read,
        what,
        status: 403,
        code,
        message: "Forbidden".into(),
        ray,
    }
    .into()
}

/// What a person reads: the code, the text and the hint of each error.
fn shown(errors: &[Error]) -> String {
    let texts = errors
        .iter()
        .map(|error| format!("{}\n{error}\nhint: {}", error.code(), error.hint()));
    texts.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do() {
    let errors = [
        ErrorKind::BadCredential,
        refused(),
        ErrorKind::NotPermitted {
            missing: vec![Permission::AccessOrganizationsRead],
        },
        ErrorKind::NotPermitted { missing: Vec::new() },
        ErrorKind::AddressRefused,
        ErrorKind::NotFound,
        ErrorKind::AlreadyExists,
        ErrorKind::Invalid,
        ErrorKind::Throttled,
        ErrorKind::Transient,
        ErrorKind::Unexpected,
    ];
    insta::assert_snapshot!(shown(&errors.map(error)), @r#"
    cloudflare-credential-rejected
    Cloudflare does not accept the credential: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check the token or key: copied whole, not expired, not rolled since, not sent as the other kind

    cloudflare-permission-missing
    the credential may not read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: give the token the permission "Account API Tokens: Read", which is needed to read the account API tokens; a user's token or key also needs that user to be an administrator of the account

    cloudflare-permission-missing
    the credential may not read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: give the token the permission "Access: Organizations, Identity Providers, and Groups: Read", which is needed to read the account API tokens; a user's token or key also needs that user to be an administrator of the account

    cloudflare-permission-missing
    the credential may not read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: let an administrator of the account look at what the credential may do

    cloudflare-address-refused
    the token may not be used from this machine's address: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: add this address to those that the token may be used from (Client IP Address Filtering in the token's settings), or run this where one of them is

    cloudflare-not-found
    Cloudflare does not find the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check the account id, and that nobody has removed the account API tokens: Cloudflare knows nothing there

    cloudflare-already-exists
    Cloudflare already has this among the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: read the list again: somebody else may have been faster

    cloudflare-request-refused
    Cloudflare refuses the request for the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: this is not for you to solve: report it with the text above

    cloudflare-rate-limit
    Cloudflare's rate limit does not let us read the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: wait five minutes; other programs that use the same credential or user spend from the same budget

    cloudflare-unavailable
    Cloudflare cannot give the account API tokens at the moment: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: try again in a few minutes; www.cloudflarestatus.com tells of larger failures

    cloudflare-unexpected-answer
    Cloudflare gave an unexpected answer for the account API tokens: Forbidden (status 403, code 10000, ray 9f0c1d2e3b4a5968-AMS)
    hint: check that the base URL is that of Cloudflare's API; if it is, report the text above
    "#);
}

#[test]
fn what_gives_no_answer_says_what_happened_and_what_to_do() {
    let what = "the members";
    let host = "api.cloudflare.com".to_owned();
    let (reason, odd) = (
        "connection refused".to_owned(),
        "it is not JSON but \"<html>\"...".to_owned(),
    );
    let errors = [
        Error::Unreachable {
            act: Act::Read,
            what,
            source: http_client::Error::Dns { host: host.clone() },
        },
        Error::Unreachable {
            act: Act::Read,
            what,
            source: http_client::Error::Connect { host, reason },
        },
        Error::Undecodable { what, reason: odd },
        Error::MalformedCredential,
    ];
    insta::assert_snapshot!(shown(&errors), @r#"
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
