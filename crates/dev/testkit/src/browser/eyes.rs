//! What a person sees.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::Url;

use super::Page;
use super::devtools::at;
use super::hands::TYPED;
use super::trouble::Trouble;

impl Page {
    /// Opens a page.
    ///
    /// # Panics
    /// When nothing answers there.
    #[track_caller]
    pub fn goto(&self, url: &str) -> impl Future<Output = ()> {
        self.told(async { Ok(self.client.goto(url).await?) })
    }

    /// Opens the same page anew.
    ///
    /// # Panics
    /// When nothing answers there any more.
    #[track_caller]
    pub fn reload(&self) -> impl Future<Output = ()> {
        self.told(async { Ok(self.client.refresh().await?) })
    }

    /// Waits until a text is to be seen.
    ///
    /// # Panics
    /// When it does not appear.
    #[track_caller]
    pub fn see(&self, text: &str) -> impl Future<Output = ()> {
        self.told(self.until(async move || {
            let there = self.said().await?.contains(text);
            let missing = || Trouble::NotYet(format!("“{text}” is not to be seen"));
            there.then_some(()).ok_or_else(missing)
        }))
    }

    /// Waits until a text is not to be seen any more.
    ///
    /// # Panics
    /// When it stays.
    #[track_caller]
    pub fn see_no(&self, text: &str) -> impl Future<Output = ()> {
        self.told(self.until(async move || {
            let gone = !self.said().await?.contains(text);
            let still = || Trouble::NotYet(format!("“{text}” is still to be seen"));
            gone.then_some(()).ok_or_else(still)
        }))
    }

    /// All that is to be seen now, with one space between words.
    ///
    /// # Panics
    /// When there is no such page or part.
    #[track_caller]
    pub fn text(&self) -> impl Future<Output = String> {
        self.told(self.until(async || self.said().await))
    }

    /// What is in a field.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn value(&self, label: &str) -> impl Future<Output = String> {
        self.told(self.until(async move || {
            let field = self.usable(&TYPED, label).await?;
            let value = field.prop("value").await.map_err(Trouble::looking)?;
            Ok(value.unwrap_or_default())
        }))
    }

    /// What the page calls itself.
    ///
    /// # Panics
    /// When the browser does not say.
    #[track_caller]
    pub fn title(&self) -> impl Future<Output = String> {
        self.told(async { Ok(self.client.title().await?) })
    }

    /// Where the page is.
    ///
    /// # Panics
    /// When the browser does not say.
    #[track_caller]
    pub fn url(&self) -> impl Future<Output = Url> {
        self.told(async { Ok(self.client.current_url().await?) })
    }

    /// A picture of the whole page, also of what one would have to scroll to, as a PNG file.
    ///
    /// # Panics
    /// When it cannot be taken or written.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) -> impl Future<Output = ()> {
        self.told(self.take(path))
    }

    pub(super) async fn said(&self) -> Result<String, Trouble> {
        let parameters = json!({
            "objectId": self.root().await?,
            "functionDeclaration": "function () { return (this.body ?? this).innerText; }",
            "returnByValue": true,
        });
        let answer = self.devtools("Runtime.callFunctionOn", parameters).await;
        match at(&answer.map_err(Trouble::looking)?, "/result/value") {
            Value::String(text) => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => Err(Trouble::NotYet("the page shows nothing yet".to_owned())),
        }
    }

    pub(super) async fn take(&self, path: &Path) -> Result<(), Trouble> {
        let measures = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        let side = |name: &str| at(&measures, &format!("/cssContentSize/{name}")).clone();
        let clip = json!({ "x": 0, "y": 0, "width": side("width"), "height": side("height"), "scale": 1 });
        let parameters = json!({ "captureBeyondViewport": true, "clip": clip });
        let taken = self.devtools("Page.captureScreenshot", parameters).await?;
        let picture = STANDARD.decode(at(&taken, "/data").as_str().unwrap_or_default());
        let picture = picture.map_err(|error| Trouble::Never(error.to_string()))?;
        std::fs::write(path, picture).map_err(|error| Trouble::Never(format!("{}: {error}", path.display())))
    }
}
