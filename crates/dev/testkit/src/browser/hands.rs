//! What a person does.

use std::path::Path;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::Value;

use super::trouble::Trouble;
use super::{Page, keys};

/// What is clicked.
const CLICKED: [&str; 9] = [
    "button",
    "link",
    "menuitem",
    "menuitemcheckbox",
    "menuitemradio",
    "option",
    "tab",
    "DisclosureTriangle",
    "DisclosureTriangleGrouped",
];
/// What is written into.
pub(super) const TYPED: [&str; 8] = [
    "textbox",
    "searchbox",
    "spinbutton",
    "combobox",
    "Date",
    "DateTime",
    "InputTime",
    "ColorWell",
];
/// What is ticked.
const TICKED: [&str; 3] = ["checkbox", "radio", "switch"];
/// What one of several is picked from.
const PICKED_FROM: [&str; 2] = ["combobox", "listbox"];

/// Writes into a field whose parts (day, month, hours…) come in the order of the person's language, in the order of ISO.
/// Says whether it is such a field.
const WRITE_PARTS: &str = "const [field, text] = arguments; \
     if (!['date', 'time', 'datetime-local', 'month', 'week', 'color'].includes(field.type)) return false; \
     field.focus(); field.value = text; \
     for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); \
     return true;";
/// Where to click to tick something: itself, or its label where that stands for it.
const TARGET: &str = "const [box] = arguments; const { width, height } = box.getBoundingClientRect(); \
     const seen = box.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 1 && height > 1; \
     return seen ? box : box.labels?.[0] ?? box;";
const IS_TICKED: &str =
    "const [box] = arguments; return box.checked ?? box.getAttribute('aria-checked') === 'true';";
const OPTION: &str = "const [list, text] = arguments; \
     return [...list.options].find(option => option.label.trim() === text) ?? null;";

impl Page {
    /// Clicks a button, a link, a tab or the like.
    ///
    /// # Panics
    /// When there is no such thing, or it cannot be clicked.
    #[track_caller]
    pub fn click(&self, name: &str) -> impl Future<Output = ()> {
        self.told(self.until(async move || Ok(self.usable(&CLICKED, name).await?.click().await?)))
    }

    /// Writes into a field, in place of what was there. Dates and times are written as in ISO 8601.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn fill(&self, label: &str, text: &str) -> impl Future<Output = ()> {
        self.told(self.until(async move || {
            let field = self.usable(&TYPED, label).await?;
            if self.run(WRITE_PARTS, &[element(&field)?, text.into()]).await? == true {
                return Ok(());
            }
            let control = char::from(Key::Control);
            let over = format!("{control}a{control}{}{text}", char::from(Key::Delete));
            Ok(field.send_keys(&over).await?)
        }))
    }

    /// Ticks a box or a choice, unless it is ticked.
    ///
    /// # Panics
    /// When there is no such thing, or it does not stay ticked.
    #[track_caller]
    pub fn choose(&self, label: &str) -> impl Future<Output = ()> {
        self.told(self.tick(label, true))
    }

    /// Unticks a box, if it is ticked.
    ///
    /// # Panics
    /// When there is no such thing, or it stays ticked.
    #[track_caller]
    pub fn unchoose(&self, label: &str) -> impl Future<Output = ()> {
        self.told(self.tick(label, false))
    }

    /// Picks an option from a list.
    ///
    /// # Panics
    /// When there is no such list or option.
    #[track_caller]
    pub fn pick(&self, label: &str, option: &str) -> impl Future<Output = ()> {
        self.told(self.until(async move || {
            let list = self.usable(&PICKED_FROM, label).await?;
            let found = self.run(OPTION, &[element(&list)?, option.into()]).await?;
            let missing = || Trouble::NotYet(format!("“{label}” has no option “{option}”"));
            Ok(self.reference(&found).ok_or_else(missing)?.click().await?)
        }))
    }

    /// Hands a file over.
    ///
    /// # Panics
    /// When no file is asked for under this label.
    #[track_caller]
    pub fn attach(&self, label: &str, file: &Path) -> impl Future<Output = ()> {
        self.told(self.until(async move || {
            let field = self.usable(&["button"], label).await?;
            Ok(field.send_keys(&file.display().to_string()).await?)
        }))
    }

    /// Presses a key, or several at once: `Enter`, `Shift+Tab`, `/`.
    ///
    /// # Panics
    /// When no key is called so.
    #[track_caller]
    pub fn press(&self, key: &str) -> impl Future<Output = ()> {
        self.told(async move {
            let keys = keys::chord(key)?;
            let down = keys.iter().map(|&value| KeyAction::Down { value });
            let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
            let none = KeyActions::new("keyboard".to_owned());
            let all = down.chain(up).fold(none, KeyActions::then);
            Ok(self.client.perform_actions(all).await?)
        })
    }

    async fn tick(&self, label: &str, wanted: bool) -> Result<(), Trouble> {
        self.until(async || {
            let (ticked, is) = self.ticked(label).await?;
            if is != wanted {
                let target = self.run(TARGET, &[element(&ticked)?]).await?;
                self.reference(&target).unwrap_or(ticked).click().await?;
            }
            Ok(())
        })
        .await?;
        // A page may take its time to answer a click, and another one would take the first back.
        self.until(async || match self.ticked(label).await? {
            (_, is) if is == wanted => Ok(()),
            _ if wanted => Err(Trouble::NotYet(format!("“{label}” is not ticked"))),
            _ => Err(Trouble::NotYet(format!("“{label}” is ticked"))),
        })
        .await
    }

    async fn ticked(&self, label: &str) -> Result<(Element, bool), Trouble> {
        let ticked = self.usable(&TICKED, label).await?;
        let is = self.run(IS_TICKED, &[element(&ticked)?]).await? == true;
        Ok((ticked, is))
    }

    async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, Trouble> {
        let answer = self.client.execute(script, arguments.to_vec()).await;
        answer.map_err(Trouble::looking)
    }

    /// The element that a script gave.
    pub(super) fn reference(&self, given: &Value) -> Option<Element> {
        let id = given.as_object()?.values().next()?.as_str()?;
        Some(Element::from_element_id(
            self.client.clone(),
            id.to_owned().into(),
        ))
    }
}

fn element(element: &Element) -> Result<Value, Trouble> {
    serde_json::to_value(element).map_err(|error| Trouble::Never(error.to_string()))
}
