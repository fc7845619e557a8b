//! Forms that did not come from a page of ours change nothing.

use governance::repository::Places as _;
use governance::{Operator, Role};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};

use crate::world::{Answer, Browser, World, answer};

const APP: [(&str, &str); 1] = [("name", "Forged")];

async fn administrator(world: &World) -> (Operator, Browser) {
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (browser, _) = world.signed_in(&ada).await;
    (ada, browser)
}

async fn apps(world: &World) -> usize {
    world.database.apps().await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_ours_is_taken_and_no_other() {
    let world = World::new().await;
    let (ada, browser) = administrator(&world).await;
    let (other_session, _) = world.signed_in(&ada).await;
    let (good, others) = (browser.csrf(), other_session.csrf());
    let mut wrong = good.clone();
    wrong.replace_range(0..1, if good.starts_with('A') { "B" } else { "A" });
    let from = |origin: &str| {
        world
            .bare_form(&browser, "/apps", &good, &APP)
            .header(ORIGIN, origin)
    };
    let said = |site: &str| {
        world
            .form(&browser, "/apps", &good, &APP)
            .header("sec-fetch-site", site)
    };
    let origin = world.origin();
    let forged = [
        ("no token", world.form(&browser, "/apps", "", &APP)),
        ("another token", world.form(&browser, "/apps", &wrong, &APP)),
        ("another session's", world.form(&browser, "/apps", &others, &APP)),
        ("no origin", world.bare_form(&browser, "/apps", &good, &APP)),
        ("null", from("null")),
        ("elsewhere", from("https://evil.example")),
        ("another port", from("https://localhost:1")),
        ("without TLS", from(&origin.replace("https", "http"))),
        ("a longer name", from(&format!("{origin}.evil.example"))),
        ("said to be from another site", said("cross-site")),
        ("said to be from a neighbour", said("same-site")),
        (
            "as text",
            world
                .request(&browser, Method::POST, "/apps")
                .header(ORIGIN, &origin)
                .header(CONTENT_TYPE, "text/plain")
                .body(format!("{}={good}&name=Forged", ui::CSRF_FIELD)),
        ),
        (
            "in the address",
            world
                .request(
                    &browser,
                    Method::POST,
                    &format!("/apps?{}={good}&name=Forged", ui::CSRF_FIELD),
                )
                .header(ORIGIN, &origin)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(""),
        ),
    ];
    for (how, request) in forged {
        let found: Answer = answer(request).await;
        assert_eq!(found.status, 403, "{how}");
        assert!(found.text.contains("This form is not good any more"), "{how}");
        assert_eq!(apps(&world).await, 0, "{how}");
    }
    assert_eq!(answer(said("same-origin")).await.status, 303);
    assert_eq!(apps(&world).await, 1);
}

/// Somebody else's page cannot even sign somebody in, as whoever made it.
#[tokio::test(flavor = "multi_thread")]
async fn signing_in_from_elsewhere_is_refused_too() {
    let world = World::new().await;
    administrator(&world).await;
    let nobody = Browser::without_session();
    let fields = [("email", "ada@example.com"), ("password", "x")];
    let forged = world
        .bare_form(&nobody, "/sign-in", "", &fields)
        .header(ORIGIN, "https://evil.example");
    assert_eq!(answer(forged).await.status, 403);
    assert_eq!(world.post(&nobody, "/sign-in", &fields).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_has_its_bounds() {
    let world = World::new().await;
    let (_, browser) = administrator(&world).await;
    let large = "x".repeat(1 << 20);
    let found = world.post(&browser, "/apps", &[("name", &large)]).await;
    assert_eq!(found.status, 413);
    assert!(found.text.contains("That is too much"));
    let nobody = Browser::without_session();
    let found = world.post(&nobody, "/sign-in", &[("password", &large)]).await;
    assert_eq!(found.status, 413);
}
