//! What the driver hands through to the browser itself.

use std::path::Path;

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Page;
use super::trouble::Trouble;

/// A command that this driver knows beyond the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

/// What stands somewhere in an answer; null where nothing does.
pub(super) fn at<'a>(answer: &'a Value, path: &str) -> &'a Value {
    answer.pointer(path).unwrap_or(&Value::Null)
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Page {
    /// One command of the developer tools.
    pub(super) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, CmdError> {
        let body = json!({ "cmd": command, "params": parameters });
        let path = "goog/cdp/execute";
        self.client.issue_cmd(Extension { path, body }).await
    }

    /// What the page and the browser had to complain about since this was asked last: errors of scripts, what the
    /// page's own rules forbid, what could not be loaded.
    ///
    /// # Panics
    /// When the browser does not answer.
    #[track_caller]
    pub fn complaints(&self) -> impl Future<Output = Vec<String>> {
        self.told(async {
            let body = json!({ "type": "browser" });
            let entries = self.client.issue_cmd(Extension { path: "se/log", body }).await?;
            let entries = entries.as_array().into_iter().flatten();
            let serious =
                entries.filter(|entry| matches!(at(entry, "/level").as_str(), Some("SEVERE" | "WARNING")));
            let messages = serious.filter_map(|entry| at(entry, "/message").as_str());
            Ok::<_, Trouble>(messages.map(str::to_owned).collect())
        })
    }

    /// Whether pages that are opened from now on may run scripts.
    ///
    /// # Panics
    /// When the browser does not do it.
    #[track_caller]
    pub fn scripts(&self, allowed: bool) -> impl Future<Output = ()> {
        self.told(async move {
            let parameters = json!({ "value": !allowed });
            self.devtools("Emulation.setScriptExecutionDisabled", parameters)
                .await?;
            Ok(())
        })
    }

    /// Gives the browser a place for passkeys, whose owner always agrees.
    ///
    /// # Panics
    /// When the browser does not do it.
    #[track_caller]
    pub fn passkeys(&self) -> impl Future<Output = ()> {
        self.told(async {
            self.devtools("WebAuthn.enable", json!({})).await?;
            let options = json!({
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true,
            });
            self.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": options }))
                .await?;
            Ok(())
        })
    }

    pub(super) async fn keep_downloads(&self, folder: &Path) -> Result<(), CmdError> {
        let parameters = json!({ "behavior": "allow", "downloadPath": folder });
        self.devtools("Browser.setDownloadBehavior", parameters).await?;
        Ok(())
    }
}
