//! Whatever goes wrong with one call of a listing: it ends whole, or with the right error.

use std::time::Duration;

use cloudflare::endpoint::Members;
use cloudflare::{Error, ErrorKind};
use cloudflare_sim::{Endpoint, Fault, Options, Running, Spec, When};

use crate::setup::{account, client, simulator};

const MEMBERS: &str = "/accounts/*/members";

async fn sim() -> Running {
    simulator(Spec::with_members(160), Options::unlimited()).await
}

async fn read(sim: &Running) -> Result<usize, Error> {
    let (members, outcome) = client(sim)
        .list(Members {
            account: account(sim),
        })
        .collect()
        .await?;
    assert!(outcome.settled);
    Ok(members.len())
}

fn passing() -> Vec<Fault> {
    let (code, message) = (1000, "fault switch".to_owned());
    let mut faults: Vec<_> = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]
        .map(|status| Fault::Status {
            status,
            code,
            message: message.clone(),
            retry_after: Some(0),
        })
        .into();
    faults.extend([
        Fault::Html {
            status: 502,
            retry_after: Some(0),
        },
        Fault::Problem {
            status: 504,
            retry_after: Some(0),
        },
        Fault::Slow {
            pieces: 3,
            pause: Duration::from_millis(5),
        },
    ]);
    faults
}

#[tokio::test]
async fn what_passes_costs_a_call_and_nothing_else() {
    let sim = sim().await;
    for fault in passing() {
        for page in 1..=4 {
            sim.faults().clear();
            sim.journal().clear();
            sim.faults().add(When::call(page).of(MEMBERS), fault.clone());
            assert_eq!(read(&sim).await.unwrap(), 160, "{fault:?} at {page}");
            let repeated = usize::from(!matches!(fault, Fault::Slow { .. }));
            assert_eq!(
                sim.journal().count(Endpoint::Members),
                4 + repeated,
                "{fault:?} at {page}"
            );
        }
    }
}

#[tokio::test]
async fn a_broken_connection_is_repeated() {
    for fault in [Fault::Reset, Fault::Truncated] {
        let sim = sim().await;
        sim.faults().add(When::call(2).of(MEMBERS), fault.clone());
        assert_eq!(read(&sim).await.unwrap(), 160, "{fault:?}");
    }
}

#[tokio::test]
async fn what_does_not_pass_is_an_error_that_says_what_it_is() {
    for (fault, kind) in [
        (Fault::status(400), ErrorKind::Invalid),
        (Fault::status(401), ErrorKind::BadCredential),
        (Fault::status(404), ErrorKind::NotFound),
        (Fault::status(409), ErrorKind::AlreadyExists),
        (Fault::status(422), ErrorKind::Invalid),
        (Fault::status(525), ErrorKind::Unexpected),
        (
            Fault::Html {
                status: 200,
                retry_after: None,
            },
            ErrorKind::Unexpected,
        ),
        (Fault::Garbage, ErrorKind::Unexpected),
        (Fault::Empty, ErrorKind::Unexpected),
    ] {
        for page in [1, 3] {
            let sim = sim().await;
            sim.faults().add(When::call(page).of(MEMBERS), fault.clone());
            let error = read(&sim).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{fault:?} at {page}: {error}");
        }
    }
}

#[tokio::test]
async fn what_stays_broken_is_an_error_after_four_attempts() {
    let sim = sim().await;
    let fault = Fault::Html {
        status: 503,
        retry_after: Some(0),
    };
    sim.faults().add(When::every().of(MEMBERS), fault);
    let error = read(&sim).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transient);
    assert_eq!(sim.journal().count(Endpoint::Members), 4);
}
