//! Signing in with a provider: who comes in, who does not, and what an answer is worth in another browser.

use bytes::Bytes;
use chrono::TimeDelta;
use governance::repository::{AuditFilter, People as _, Write};
use governance::{Email, Operator, OperatorSource, Role, SignIn};
use http::Request;
use reqwest::Method;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use testkit::oidc_provider::{Algorithm, CLIENT_ID, CLIENT_SECRET, Misbehaviour, OidcProvider, Person, ada};

use crate::world::{Answer, Browser, World, answer};

/// A console that has a provider.
struct Company {
    world: World,
    provider: OidcProvider,
    admin: Operator,
    by_admin: Browser,
}

/// What a browser has while its person is at the provider.
struct Away {
    cookie: String,
    /// Where the provider sends it back to.
    back: String,
}

impl Company {
    /// With these boxes ticked.
    async fn new(boxes: &[&str]) -> Self {
        let world = World::new().await;
        let provider = OidcProvider::start(Algorithm::Es256, world.now().timestamp()).await;
        let admin = world.person("Grace", &[Role::SuperAdministrator]).await;
        let (by_admin, _) = world.signed_in(&admin).await;
        let company = Self {
            provider: provider.unwrap(),
            world,
            admin,
            by_admin,
        };
        company.save(boxes, "example.com").await;
        let on = company.admin_posts("/single-sign-on/on", &[]).await;
        assert_eq!(on.location(), Some("/single-sign-on"), "{}", on.text);
        company
    }

    async fn save(&self, boxes: &[&str], domains: &str) {
        let issuer = self.provider.issuer();
        let mut fields = vec![
            ("name", "Example login"),
            ("issuer", issuer.as_str()),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("domains", domains),
        ];
        fields.extend(boxes.iter().map(|name| (*name, "on")));
        let saved = self.admin_posts("/single-sign-on", &fields).await;
        assert_eq!(saved.location(), Some("/single-sign-on"), "{}", saved.text);
    }

    async fn admin_posts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.world.post(&self.by_admin, path, fields).await
    }

    /// Goes to the provider, which sends the browser back at once.
    async fn leave(&self) -> Away {
        let nobody = Browser::without_session();
        let begun = self.world.get(&nobody, "/sign-in/sso?to=%2Fapps").await;
        assert_eq!(begun.status, 303, "{}", begun.text);
        self.visit(begun.location().unwrap(), &begun).await
    }

    async fn visit(&self, address: &str, begun: &Answer) -> Away {
        let request = Request::get(address).body(Bytes::new()).unwrap();
        let client = http_client::Client::new(http_client::Options::default()).unwrap();
        let sent = client.send(request).await.unwrap();
        let back = sent.headers()[LOCATION].to_str().unwrap();
        let back = back.strip_prefix(&self.world.origin()).unwrap().to_owned();
        let cookie = on_its_way(begun).unwrap();
        Away { cookie, back }
    }

    async fn back(&self, away: &Away) -> Answer {
        self.back_in(&Browser::without_session(), away).await
    }

    async fn back_in(&self, browser: &Browser, away: &Away) -> Answer {
        let request = self.world.request(browser, Method::GET, &away.back);
        answer(request.header(COOKIE, &away.cookie)).await
    }

    async fn sign_on(&self) -> Answer {
        let away = self.leave().await;
        self.back(&away).await
    }

    async fn is_refused(&self, status: u16, because: &str) {
        let before = self.world.database.operators().await.unwrap();
        let refused = self.sign_on().await;
        assert_eq!(refused.status, status, "{}", refused.text);
        assert!(refused.text.contains(because), "{}", refused.text);
        assert!(refused.text.contains("Back to sign-in"));
        let cookies = refused.headers.get_all(SET_COOKIE).iter();
        let cookies: Vec<_> = cookies.map(|value| value.to_str().unwrap().to_owned()).collect();
        assert!(
            cookies.iter().all(|cookie| cookie.contains("Max-Age=0")),
            "{cookies:?}"
        );
        assert_eq!(self.world.database.operators().await.unwrap(), before);
    }

    async fn with_address(&self, email: &str) -> Option<Operator> {
        let email = Email::parse(email).unwrap();
        let found = self.world.database.operator_with(&email).await.unwrap();
        found.map(|found| found.value)
    }

    /// What was written down lately, the newest first.
    async fn trail(&self, count: usize) -> Vec<String> {
        let tests = governance::Actor::command("tests");
        let newest = self
            .world
            .office
            .audit(&tests, &AuditFilter::default(), 0, 100)
            .await;
        let (newest, _) = newest.unwrap();
        let said = newest.iter().take(count).map(|entry| {
            let draft = &entry.draft;
            let why = draft.reason.as_deref().unwrap_or_default();
            format!("{} {} {}: {why}", draft.actor, draft.says(), draft.object.name)
        });
        said.collect()
    }
}

fn on_its_way(begun: &Answer) -> Option<String> {
    let mut cookies = begun.headers.get_all(SET_COOKIE).iter();
    let cookie = cookies.find(|value| value.as_bytes().starts_with(b"__Host-rollcall-sign-in="))?;
    let text = cookie.to_str().unwrap();
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(text.contains(part), "{text}");
    }
    Some(text.split(';').next().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_let_in_becomes_a_user_once() {
    let company = Company::new(&["admits", "believes"]).await;
    let first = company.sign_on().await;
    assert_eq!(first.location(), Some("/apps"), "{}", first.text);
    let browser = first.session();
    assert_eq!(company.world.get(&browser, "/account").await.status, 200);
    let again = company.sign_on().await;
    assert_eq!(again.location(), Some("/apps"));
    let ada = company.with_address("ada@example.com").await.unwrap();
    assert_eq!(
        (ada.name.as_str(), ada.roles.to_string()),
        ("Ada Moreau", "User".to_owned())
    );
    assert_eq!(company.world.database.operators().await.unwrap().len(), 2);
    assert_eq!(
        company.trail(3).await,
        [
            "Ada Moreau signed in Ada Moreau: by single sign-on",
            "Ada Moreau signed in Ada Moreau: by single sign-on",
            "Ada Moreau added the user Ada Moreau: first single sign-on",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn our_second_factor_is_asked_for_unless_the_providers_is_believed_and_there() {
    let company = Company::new(&["admits"]).await;
    // It is not believed.
    assert_eq!(company.sign_on().await.location(), Some("/second-factor"));
    company.save(&["admits", "believes"], "example.com").await;
    assert_eq!(company.sign_on().await.location(), Some("/apps"));
    // It is, and there is none.
    let methods = vec!["pwd".to_owned()];
    company.provider.admit(Person { methods, ..ada() });
    let half = company.sign_on().await;
    assert_eq!(half.location(), Some("/second-factor"));
    let account = company.world.get(&half.session(), "/account").await;
    assert_eq!(account.location(), Some("/sign-in?to=%2Faccount"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_worth_nothing_in_another_browser_or_later() {
    let company = Company::new(&["admits", "believes"]).await;
    let (mine, theirs) = (company.leave().await, company.leave().await);
    let stray = async |away: Away| {
        let answer = company.back(&away).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert!(answer.text.contains("was not begun in this browser"));
        assert_eq!(company.with_address("ada@example.com").await, None);
    };
    let cookie = String::new();
    stray(Away {
        cookie,
        back: mine.back.clone(),
    })
    .await;
    let cookie = "__Host-rollcall-sign-in=AAAA".to_owned();
    stray(Away {
        cookie,
        back: mine.back.clone(),
    })
    .await;
    // Somebody has the browser of another come back with their own answer.
    let cookie = theirs.cookie.clone();
    stray(Away {
        cookie,
        back: mine.back.clone(),
    })
    .await;
    let later = company.leave().await;
    company.world.later(TimeDelta::minutes(10));
    stray(later).await;
    let fresh = company.leave().await;
    assert_eq!(company.back(&fresh).await.location(), Some("/apps"));
    // The provider takes a code once.
    assert_eq!(company.back(&fresh).await.status, 502);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_alone_leads_to_no_account() {
    let company = Company::new(&["admits", "believes"]).await;
    let ada_here = company.world.person("Ada", &[Role::SuperAdministrator]).await;
    company.is_refused(403, "that is not linked").await;
    company.provider.admit(Person {
        email_verified: false,
        ..ada()
    });
    company.is_refused(403, "is verified").await;
    let email = "ada@example.com.evil.example".to_owned();
    company.provider.admit(Person { email, ..ada() });
    company.is_refused(403, "do not come in here").await;
    let known = company.world.database.identities(&ada_here.id).await.unwrap();
    assert_eq!(known, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_unknown_stays_out_unless_they_are_let_in() {
    let company = Company::new(&["believes"]).await;
    company.is_refused(403, "You have no account here yet").await;
    assert_eq!(
        company.trail(1).await[0],
        "somebody was not let in : single sign-on: you have no account here yet: ask who runs this Rollcall to add you"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_invited_comes_in_and_nobody_else_with_their_address() {
    let company = Company::new(&["believes"]).await;
    let fields = [
        ("name", "Ada"),
        ("email", "ada@example.com"),
        ("role", "auditor"),
        ("way", "provider"),
    ];
    let added = company.admin_posts("/users", &fields).await;
    assert_eq!(added.status, 303, "{}", added.text);
    assert_eq!(company.sign_on().await.location(), Some("/apps"));
    let ada_here = company.with_address("ada@example.com").await.unwrap();
    assert!(ada_here.is_active());
    assert_eq!(ada_here.roles.to_string(), "Auditor");
    assert!(matches!(ada_here.source, OperatorSource::OpenId { .. }));
    // The address was given to somebody else meanwhile.
    let subject = "eve-1".to_owned();
    company.provider.admit(Person { subject, ..ada() });
    company.is_refused(403, "that is not linked").await;
    // And whoever has another one now is still the same.
    let email = "ada.moreau@example.com".to_owned();
    company.provider.admit(Person { email, ..ada() });
    assert_eq!(company.sign_on().await.location(), Some("/apps"));
    assert_eq!(company.with_address("ada.moreau@example.com").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_deactivated_stays_out() {
    let company = Company::new(&["admits", "believes"]).await;
    company.sign_on().await;
    let ada_here = company.with_address("ada@example.com").await.unwrap();
    let path = format!("/users/{}/deactivate", ada_here.id);
    company.admin_posts(&path, &[]).await;
    company.is_refused(403, "Your account here is deactivated").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_does_wrong_lets_nobody_in() {
    let company = Company::new(&["admits", "believes"]).await;
    for wrong in [
        Misbehaviour::WrongNonce,
        Misbehaviour::Unsigned,
        Misbehaviour::Forged,
        Misbehaviour::WrongAudience,
        Misbehaviour::OtherIssuer,
        Misbehaviour::Expired,
    ] {
        company.provider.misbehave(wrong);
        company.is_refused(502, "is not to be believed").await;
    }
    company.provider.misbehave(Misbehaviour::Cancelled);
    company.is_refused(400, "cancelled or not allowed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_not_asked_without_end() {
    let company = Company::new(&[]).await;
    let nobody = Browser::without_session();
    for _ in 0..20 {
        let stray = company
            .world
            .get(&nobody, "/sign-in/sso/back?state=x&code=y")
            .await;
        assert_eq!(stray.status, 400);
    }
    assert_eq!(company.world.get(&nobody, "/sign-in/sso/back").await.status, 429);
    assert_eq!(company.world.get(&nobody, "/sign-in/sso").await.status, 429);
    assert_eq!(company.provider.calls("/token"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_do_everything_leaves_a_trace_when_they_come_past_the_provider() {
    let company = Company::new(&["believes"]).await;
    company.world.signed_in(&company.admin).await;
    assert_eq!(
        company.trail(2).await,
        [
            "Grace signed in without single sign-on: Grace: by password",
            "Grace signed in Grace: by password",
        ]
    );
    company.admin_posts("/single-sign-on/off", &[]).await;
    company.world.signed_in(&company.admin).await;
    assert_eq!(
        company.trail(2).await[1],
        "Grace turned off single sign-on with Example login: "
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_off_nobody_is_sent_there() {
    let company = Company::new(&["admits", "believes"]).await;
    let nobody = Browser::without_session();
    let away = company.leave().await;
    let page = company.world.get(&nobody, "/sign-in").await;
    assert!(page.text.contains("Sign in with Example login"));
    company.admin_posts("/single-sign-on/off", &[]).await;
    let page = company.world.get(&nobody, "/sign-in").await;
    assert!(!page.text.contains("Example login"));
    assert_eq!(company.world.get(&nobody, "/sign-in/sso").await.status, 403);
    assert_eq!(company.back(&away).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_is_for_its_provider_and_for_nobody_to_see() {
    let company = Company::new(&[]).await;
    let page = company.world.get(&company.by_admin, "/single-sign-on").await;
    assert!(!page.text.contains(CLIENT_SECRET));
    assert!(
        page.text
            .contains(&format!("{}/sign-in/sso/back", company.world.origin()))
    );
    let fields = [
        ("name", "Another"),
        ("issuer", "https://elsewhere.example.com"),
        ("client_id", CLIENT_ID),
    ];
    let elsewhere = company.admin_posts("/single-sign-on", &fields).await;
    assert!(
        elsewhere.text.contains("belongs to the other issuer"),
        "{}",
        elsewhere.text
    );
    let mut everybody = vec![("admits", "on"), ("client_secret", "another")];
    everybody.extend(fields);
    let everybody = company.admin_posts("/single-sign-on", &everybody).await;
    assert!(
        everybody.text.contains("Say from which domains"),
        "{}",
        everybody.text
    );
    let tested = company.admin_posts("/single-sign-on/test", &[]).await;
    assert!(tested.text.contains("answers as one"), "{}", tested.text);
    company.admin_posts("/single-sign-on/remove", &[]).await;
    let kept = company.world.database.single_sign_on().await.unwrap();
    assert_eq!(kept, None);
}

const PASSWORD: &str = "four plain words of mine";

/// Somebody who has a password here.
async fn with_password(company: &Company) -> (Operator, Browser) {
    let operator = company.world.person("Ada", &[Role::Auditor]).await;
    let hash = company.world.hashed(PASSWORD);
    let sign_in = SignIn {
        password: Some(hash),
        ..SignIn::none(operator.id.clone())
    };
    company.world.write(&[Write::PutSignIn(sign_in)]).await;
    let (browser, _) = company.world.signed_in(&operator).await;
    (operator, browser)
}

/// Where the page in between leads.
fn onwards(page: &str) -> String {
    let (_, rest) = page.split_once("href=\"http://127.0.0.1").unwrap();
    let (rest, _) = rest.split_once('"').unwrap();
    format!("http://127.0.0.1{rest}")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_links_themselves_comes_in_by_it_from_then_on() {
    let company = Company::new(&["believes"]).await;
    let (operator, browser) = with_password(&company).await;
    let wrong = [("link-password", "another password")];
    let wrong = company.world.post(&browser, "/account/link", &wrong).await;
    assert!(wrong.text.contains("This is not your password."));
    assert_eq!(on_its_way(&wrong), None);
    let right = [("link-password", PASSWORD)];
    let begun = company.world.post(&browser, "/account/link", &right).await;
    let away = company.visit(&onwards(&begun.text), &begun).await;
    // It counts in the session in which it was begun, and in no other.
    let (elsewhere, _) = company.world.signed_in(&operator).await;
    assert_eq!(company.back_in(&elsewhere, &away).await.status, 400);
    assert_eq!(company.world.database.identities(&operator.id).await.unwrap(), []);
    let begun = company.world.post(&browser, "/account/link", &right).await;
    let away = company.visit(&onwards(&begun.text), &begun).await;
    let linked = company.back_in(&browser, &away).await;
    assert_eq!(linked.location(), Some("/account"), "{}", linked.text);
    let signed_on = company.sign_on().await;
    assert_eq!(signed_on.location(), Some("/apps"));
    let known = company.world.database.identities(&operator.id).await.unwrap();
    assert_eq!(known.len(), 1);
    // Somebody else cannot be the same.
    company.provider.admit(ada());
    let begun = company.world.post(&browser, "/account/unlink", &[]).await;
    assert_eq!(begun.location(), Some("/account"));
    company.is_refused(403, "that is not linked").await;
}
