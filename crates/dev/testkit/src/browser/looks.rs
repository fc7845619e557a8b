//! How the page is looked at.

use std::path::Path;

use fantoccini::error::CmdError;
use serde_json::json;

use super::Page;

/// The widths that pages are made for: a desk's and a telephone's.
const WIDTHS: [u32; 2] = [1280, 360];
/// How high the window is.
const HEIGHT: u32 = 900;
/// Lets every movement end, since colours on their way are not the page's.
pub(super) const AT_REST: &str = "for (const movement of document.getAnimations()) \
     { try { movement.finish() } catch { movement.cancel() } }";

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
        self.told(async move { Ok(self.resize(pixels).await?) })
    }

    /// Pictures of the whole page, light and dark, wide and narrow, as `NAME-dark-360.png` and so on in a folder. Leaves it
    /// light and wide.
    ///
    /// # Panics
    /// When they cannot be taken or written.
    #[track_caller]
    pub fn pictures(&self, folder: &Path, name: &str) -> impl Future<Output = ()> {
        self.told(async move {
            for width in WIDTHS.into_iter().rev() {
                self.resize(width).await?;
                for (dark, look) in [(true, "dark"), (false, "light")] {
                    self.prefer(dark).await?;
                    self.client.execute(AT_REST, Vec::new()).await?;
                    self.take(&folder.join(format!("{name}-{look}-{width}.png")))
                        .await?;
                }
            }
            Ok(())
        })
    }

    async fn resize(&self, pixels: u32) -> Result<(), CmdError> {
        let parameters =
            json!({ "width": pixels, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", parameters)
            .await?;
        Ok(())
    }

    pub(super) async fn prefer(&self, dark: bool) -> Result<(), CmdError> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await?;
        Ok(())
    }
}
