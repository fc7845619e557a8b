//! From the link of the first start to being signed in, and what is in the way of whoever guesses.

use authn::{Step, TokenKind, TotpSecret};
use chrono::TimeDelta;
use governance::repository::{AuditFilter, Ledger as _, Write};
use governance::{Link, LinkId, LinkPurpose, Role, SessionScope};
use secrecy::ExposeSecret as _;

use crate::world::{Answer, Browser, World};

const PASSWORD: &str = "a hedgehog under nine umbrellas";

/// Somebody who has just been through the first start.
struct SetUp {
    world: World,
    key: TotpSecret,
    codes: Vec<String>,
    /// All sessions that they were given on their way.
    sessions: Vec<Browser>,
}

/// What a page has between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before:?} in {text}"));
    rest.split_once(after).unwrap().0
}

/// What can be copied from a page.
fn copied(text: &str) -> String {
    between(between(text, "class=\"copy-box\"", "</div>"), "<code>", "</code>").to_owned()
}

impl SetUp {
    async fn new() -> Self {
        let world = World::new().await;
        let (token, hash) = world.new_token(TokenKind::Link);
        assert!(world.office.offer_first_start(hash).await.unwrap());
        let link = format!("/set-up/{}", token.to_text().expose_secret());
        let nobody = Browser::without_session();
        assert_eq!(world.get(&nobody, &link).await.status, 200);
        let fields = [
            ("name", "Ada"),
            ("email", "ada@example.com"),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let begun = world.post(&nobody, &link, &fields).await;
        assert_eq!(begun.location(), Some("/second-factor"), "{}", begun.text);
        // The link is not good any more.
        assert_eq!(world.get(&nobody, &link).await.status, 404);
        let half = begun.session();
        let page = world.get(&half, "/second-factor").await;
        let key = TotpSecret::parse(&copied(&page.text).into()).unwrap();
        let code = key.code(Step::at(world.now()));
        let whole = world.post(&half, "/second-factor", &[("code", &code)]).await;
        assert_eq!(whole.status, 200, "{}", whole.text);
        let codes = copied(&whole.text).lines().map(str::to_owned).collect();
        let sessions = vec![half, whole.session()];
        world.later(TimeDelta::seconds(30));
        Self {
            world,
            key,
            codes,
            sessions,
        }
    }

    fn code(&self) -> String {
        self.key.code(Step::at(self.world.now()))
    }

    async fn password(&self, password: &str, to: &str) -> Answer {
        let fields = [("email", "ada@example.com"), ("password", password), ("to", to)];
        self.world
            .post(&Browser::without_session(), "/sign-in", &fields)
            .await
    }

    /// A browser of which the password was right.
    async fn half(&self) -> Browser {
        let answer = self.password(PASSWORD, "/").await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.session()
    }

    async fn is_in(&self, browser: &Browser) -> bool {
        self.world.get(browser, "/account").await.status == 200
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_gives_a_new_session_and_ends_the_one_before() {
    let set_up = SetUp::new().await;
    let [half, whole] = [&set_up.sessions[0], &set_up.sessions[1]];
    assert_ne!(half.cookie(), whole.cookie());
    assert!(!set_up.is_in(half).await);
    assert!(set_up.is_in(whole).await);

    let half = set_up.half().await;
    assert!(!set_up.is_in(&half).await);
    let signed_in = set_up
        .world
        .post(
            &half,
            "/sign-in/code",
            &[("code", &set_up.code()), ("to", "/apps")],
        )
        .await;
    assert_eq!(signed_in.location(), Some("/apps"));
    let again = signed_in.session();
    assert_ne!(again.cookie(), half.cookie());
    assert!(set_up.is_in(&again).await);
    // The session of the password alone is over.
    let stale = set_up.world.get(&half, "/sign-in/code").await;
    assert_eq!(stale.location(), Some("/sign-in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_for_this_host_alone_and_for_no_script() {
    let set_up = SetUp::new().await;
    let answer = set_up.password(PASSWORD, "/").await;
    let cookie = answer.cookie().unwrap();
    let (value, attributes) = cookie.split_once(';').unwrap();
    assert!(value.starts_with("__Host-rollcall="), "{value}");
    assert_eq!(attributes, " Path=/; Secure; HttpOnly; SameSite=Lax");
    let out = set_up.world.post(&set_up.sessions[1], "/sign-out", &[]).await;
    let gone = "__Host-rollcall=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
    assert_eq!(out.cookie(), Some(gone));
    assert!(!set_up.is_in(&set_up.sessions[1]).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_and_a_recovery_code_are_good_once() {
    let set_up = SetUp::new().await;
    let world = &set_up.world;
    let send = async |code: String| {
        let half = set_up.half().await;
        let answer = world.post(&half, "/sign-in/code", &[("code", &code)]).await;
        answer.status == 303
    };
    let code = set_up.code();
    assert!(send(code.clone()).await);
    assert!(!send(code).await);
    assert!(send(set_up.codes[0].clone()).await);
    assert!(!send(set_up.codes[0].clone()).await);
    assert!(send(set_up.codes[1].clone()).await);
    let used = AuditFilter {
        text: Some("recovery-code-used".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(world.database.audit_newest(&used, 0, 10).await.unwrap().1, 2);
}

/// Two who come with the same recovery code at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_a_recovery_code_lets_one_in() {
    let set_up = SetUp::new().await;
    let (first, second) = (set_up.half().await, set_up.half().await);
    let fields = [("code", set_up.codes[0].as_str())];
    let (first, second) = tokio::join!(
        set_up.world.post(&first, "/sign-in/code", &fields),
        set_up.world.post(&second, "/sign-in/code", &fields)
    );
    let let_in = [first, second]
        .iter()
        .filter(|answer| answer.status == 303)
        .count();
    assert_eq!(let_in, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passwords_the_right_one_waits_too() {
    let set_up = SetUp::new().await;
    for _ in 0..5 {
        assert_eq!(set_up.password("wrong", "/").await.status, 200);
    }
    // Trying on changes nothing, whatever is tried.
    for _ in 0..3 {
        assert_eq!(set_up.password(PASSWORD, "/").await.status, 200);
    }
    set_up.world.later(TimeDelta::seconds(119));
    assert_eq!(set_up.password(PASSWORD, "/").await.status, 200);
    set_up.world.later(TimeDelta::seconds(1));
    assert_eq!(set_up.password(PASSWORD, "/").await.status, 303);
}

/// Whoever guesses learns nothing from what is said.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_wrong_address_are_the_same() {
    let set_up = SetUp::new().await;
    let wrong = set_up.password("wrong", "/").await;
    let fields = [("email", "eve@example.com"), ("password", "wrong"), ("to", "/")];
    let nobody = Browser::without_session();
    let unknown = set_up.world.post(&nobody, "/sign-in", &fields).await;
    let unknown_text = unknown.text.replace("eve@example.com", "ada@example.com");
    let same = |text: &str| without_question(text);
    assert_eq!(
        (wrong.status, same(&wrong.text)),
        (unknown.status, same(&unknown_text))
    );
}

/// A page without what it asks authenticators for, which is another thing each time.
fn without_question(page: &str) -> String {
    let mut page = page.to_owned();
    for before in [r#"data-challenge=""#, r#"name="asked" value=""#] {
        let (start, rest) = page.split_once(before).unwrap();
        let (_, end) = rest.split_once('"').unwrap();
        page = format!("{start}{end}");
    }
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_so_many_tries_and_then_a_wait() {
    let set_up = SetUp::new().await;
    let nobody = Browser::without_session();
    let fields = [("email", "eve@example.com"), ("password", "wrong")];
    for _ in 0..20 {
        assert_eq!(set_up.world.post(&nobody, "/sign-in", &fields).await.status, 200);
    }
    let refused = set_up.world.post(&nobody, "/sign-in", &fields).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.headers["retry-after"], "300");
    assert_eq!(set_up.password(PASSWORD, "/").await.status, 429);
    set_up.world.later(TimeDelta::minutes(5));
    assert_eq!(set_up.password(PASSWORD, "/").await.status, 303);
}

/// A link to the form leads to a page of ours, whatever is asked for.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_elsewhere() {
    let set_up = SetUp::new().await;
    for to in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ] {
        let escaped: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
        let page = set_up
            .world
            .get(&Browser::without_session(), &format!("/sign-in?to={escaped}"))
            .await;
        assert!(!page.text.contains("evil.example"), "{to:?}");
        let half = set_up.password(PASSWORD, to).await;
        assert_eq!(half.location(), Some("/sign-in/code?to=%2F"), "{to:?}");
        let fields = [("code", set_up.code()), ("to", to.to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let whole = set_up.world.post(&half.session(), "/sign-in/code", &fields).await;
        assert_eq!(whole.location(), Some("/"), "{to:?}");
        set_up.world.later(TimeDelta::minutes(5));
    }
    let wanted = set_up.password(PASSWORD, "/connectors?q=a&page=2").await;
    assert_eq!(
        wanted.location(),
        Some("/sign-in/code?to=%2Fconnectors%3Fq%3Da%26page%3D2")
    );
}

/// A welcome is for whom it was written to, also in a browser in which somebody is signed in already.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_once_in_any_browser() {
    use secrecy::ExposeSecret as _;
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let grace = world.person("Grace", &[Role::User]).await;
    let (browser, _) = world.signed_in(&ada).await;
    let (token, hash) = world.new_token(TokenKind::Link);
    let link = Link {
        id: LinkId::new(world.now(), [9; 16]),
        token: hash,
        purpose: LinkPurpose::Welcome(grace.id.clone()),
        created_at: world.now(),
        expires_at: world.now() + TimeDelta::days(3),
        used_at: None,
    };
    world.write(&[Write::AddLink(link)]).await;
    let path = format!("/welcome/{}", token.to_text().expose_secret());
    let page = world.get(&browser, &path).await;
    assert!(page.text.contains(&browser.csrf()), "{}", page.text);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let chosen = world.post(&browser, &path, &fields).await;
    assert_eq!(chosen.location(), Some("/second-factor"), "{}", chosen.text);
    assert_eq!(world.post(&browser, &path, &fields).await.status, 404);
    let (_, half) = (browser, chosen.session());
    assert_eq!(world.get(&half, "/second-factor").await.status, 200);
    assert_eq!(world.get(&half, "/").await.status, 303);
    let sessions = world.with_session(&grace, SessionScope::AwaitingCode).await;
    assert_eq!(world.get(&sessions.0, "/second-factor").await.status, 303);
}
