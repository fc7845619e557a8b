//! How the page is looked at.

use fantoccini::error::CmdError;
use serde_json::json;

use super::Page;

/// How high the window is.
const HEIGHT: u32 = 900;

impl Page {
    /// Whether the person prefers dark pages.
    ///
    /// # Panics
    /// When the browser does not do it.
    #[track_caller]
    pub fn dark(&self, dark: bool) -> impl Future<Output = ()> {
        self.told(async move { Ok(self.prefer(dark).await?) })
    }

    /// How wide the window is.
    ///
    /// # Panics
    /// When the browser does not do it.
    #[track_caller]
    pub fn width(&self, pixels: u32) -> impl Future<Output = ()> {
        self.told(async move {
            let parameters =
                json!({ "width": pixels, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", parameters)
                .await?;
            Ok(())
        })
    }

    pub(super) async fn prefer(&self, dark: bool) -> Result<(), CmdError> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await?;
        Ok(())
    }
}
