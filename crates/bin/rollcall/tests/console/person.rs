//! Somebody at a browser of their own, with an authenticator app.

use std::ops::Deref;
use std::time::Duration;

use authn::{Step, TotpSecret};
use model::Clock as _;
use runner::SystemClock;
use testkit::browser::Browser;

use crate::world::World;

/// Everybody's password. They are in worlds of their own.
pub(crate) const PASSWORD: &str = "four plain words of mine";
/// How often it is looked whether the next code is shown.
const PAUSE: Duration = Duration::from_millis(200);

/// Somebody who uses the console.
pub(crate) struct Person {
    browser: Browser,
    app: Option<TotpSecret>,
    last: Option<Step>,
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Person {
    /// Somebody who has not been here yet.
    pub(crate) async fn new() -> Self {
        let browser = Browser::start().await;
        browser.width(1280).await;
        Self {
            browser,
            app: None,
            last: None,
        }
    }

    /// Ada, who sets the console up and is in it.
    pub(crate) async fn ada(world: &mut World) -> Self {
        let mut ada = Self::new().await;
        let link = world.set_up_link().await;
        ada.goto(&link).await;
        ada.fill("Your name", "Ada Moreau").await;
        ada.fill("E-mail", "ada@example.com").await;
        ada.choose_password().await;
        ada.add_second_factor().await;
        ada
    }

    /// Chooses a password, on the page that asks for one.
    pub(crate) async fn choose_password(&self) {
        self.fill("Password", PASSWORD).await;
        self.fill("Password again", PASSWORD).await;
        self.click("Continue").await;
    }

    /// Puts the key that the page shows into the app, and comes in.
    pub(crate) async fn add_second_factor(&mut self) {
        self.keep_recovery_codes().await;
    }

    /// The same; gives one of the codes for when the app is lost.
    pub(crate) async fn keep_recovery_codes(&mut self) -> String {
        self.see("Add your second factor").await;
        let key = self.within("Or enter this key").text().await;
        self.app = Some(TotpSecret::parse(&key.into()).unwrap());
        let code = self.code().await;
        self.fill("Code", &code).await;
        self.click("Continue").await;
        self.see("Keep these codes").await;
        let shown = self.text().await;
        self.click("I have kept them").await;
        self.see("Hello, ").await;
        let (_, codes) = shown.rsplit_once("Recovery codes ").unwrap();
        codes.split(' ').next().unwrap().to_owned()
    }

    /// The next code of the app that was not typed yet. One is good for a while before and after its time.
    pub(crate) async fn code(&mut self) -> String {
        let now = || Step::at(SystemClock.now());
        let fresh = self.last.map_or(0, |last| last.number() + 1);
        let next = Step::from_number(fresh.max(now().number()));
        while now().number() + 1 < next.number() {
            tokio::time::sleep(PAUSE).await;
        }
        self.last = Some(next);
        self.app.as_ref().unwrap().code(next)
    }

    /// Opens an area of the console.
    pub(crate) async fn open(&self, area: &str) {
        self.within("Main").click(area).await;
        self.within("Breadcrumb").see(area).await;
    }

    /// Makes sure that no page broke a rule of its own, and none lacked anything, since this was asked last.
    pub(crate) async fn must_be_content(&self) {
        assert_eq!(self.complaints().await, [""; 0]);
    }
}
