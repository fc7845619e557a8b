//! What is on a page, as it is read out to somebody who cannot see it.

use std::fmt;
use std::time::Duration;

use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::Page;
use super::devtools::at;
use super::trouble::Trouble;

/// How many things are told when one is not found.
const TOLD: usize = 60;

/// The smallest part of a page that shows a text, or is called so. A string says why there is none.
const PART: &str = r"text => {
  const kinds = ['tr', 'li', 'form', 'fieldset', 'section', 'article', 'dialog', 'details', 'aside', 'nav', 'main',
    ...['row', 'listitem', 'region', 'group', 'dialog', 'form', 'tabpanel'].map(role => `[role=${role}]`)];
  const says = part => part.getAttribute('aria-label') === text
    || part.innerText.replace(/\s+/g, ' ').includes(text);
  const all = [...document.querySelectorAll(kinds)].filter(part => part.checkVisibility() && says(part));
  const smallest = all.filter(one => !all.some(other => other !== one && one.contains(other)));
  return smallest.length === 1 ? smallest[0] : `${smallest.length} parts of the page show “${text}”`;
}";

/// Hands an element from the developer tools to the driver, who take no element from each other otherwise.
const LEAVE: &str = "function () { globalThis[Symbol.for('rollcall.test')] = this; }";
const TAKE: &str = "const key = Symbol.for('rollcall.test'); const found = globalThis[key]; \
                    delete globalThis[key]; return found;";

/// Something with a role and a name, such as `button “Save”`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is, in the words of ARIA.
    pub role: String,
    /// What it is called, whatever the name comes from.
    pub name: String,
    disabled: bool,
    node: u64,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}”", self.role, self.name)
    }
}

impl Thing {
    /// From what the developer tools tell of a node, unless nobody is told of it.
    fn read(node: &Value) -> Option<Self> {
        let text = |name: &str| at(node, name).as_str().unwrap_or_default().to_owned();
        let properties = at(node, "/properties").as_array().into_iter().flatten();
        let mut disabled = properties.filter(|property| at(property, "/name") == "disabled");
        (at(node, "/ignored") == false).then_some(Self {
            role: text("/role/value"),
            name: text("/name/value"),
            disabled: disabled.any(|property| at(property, "/value/value") == true),
            node: at(node, "/backendDOMNodeId").as_u64()?,
        })
    }
}

impl Page {
    /// The smallest row, list item, form, section or the like of the whole page that shows a text; everything that is done
    /// with what comes back is done in there.
    pub fn within(&self, text: &str) -> Self {
        let part = Some(text.to_owned());
        Self { part, ..self.clone() }
    }

    /// All of it.
    pub fn whole(&self) -> Self {
        let part = None;
        Self { part, ..self.clone() }
    }

    /// The same, waiting so long at most.
    pub fn patient(&self, patience: Duration) -> Self {
        Self {
            patience,
            ..self.clone()
        }
    }

    /// What the next key goes to.
    ///
    /// # Panics
    /// When the browser does not say.
    #[track_caller]
    pub fn focused(&self) -> impl Future<Output = Thing> {
        self.told(self.until(async || {
            let object = self.object("document.activeElement ?? document.body").await?;
            let parameters = json!({ "objectId": object, "fetchRelatives": false });
            let tree = self.devtools("Accessibility.getPartialAXTree", parameters).await;
            let tree = tree.map_err(Trouble::looking)?;
            Thing::read(at(&tree, "/nodes/0"))
                .ok_or_else(|| Trouble::NotYet("nothing has the focus".to_owned()))
        }))
    }

    /// The one thing of these roles that has this name and can be used.
    pub(super) async fn usable(&self, roles: &[&str], name: &str) -> Result<Element, Trouble> {
        let found = self.called(roles, name).await?;
        match found.as_slice() {
            [one] if one.disabled => Err(Trouble::NotYet(format!("{one} cannot be used"))),
            [one] => self.element(one).await,
            [] => Err(self.missing(roles, name).await?),
            more => Err(Trouble::NotYet(format!(
                "{} things are called so, say `within` what: {}",
                more.len(),
                list(more)
            ))),
        }
    }

    /// Everything of these roles that has this name. The browser is asked for the name first, since a page may be long; but
    /// it knows some things, such as fields for files, by another name than it tells.
    async fn called(&self, roles: &[&str], name: &str) -> Result<Vec<Thing>, Trouble> {
        let found = self.things(roles, Some(name)).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let mut all = self.things(roles, None).await?;
        all.retain(|thing| thing.name == name);
        Ok(all)
    }

    async fn missing(&self, roles: &[&str], name: &str) -> Result<Trouble, Trouble> {
        let others = self.things(roles, None).await?;
        let what = roles.first().copied().unwrap_or_default();
        Ok(Trouble::NotYet(format!(
            "there is no {what} “{name}”; there is: {}",
            list(&others)
        )))
    }

    async fn things(&self, roles: &[&str], name: Option<&str>) -> Result<Vec<Thing>, Trouble> {
        let root = self.root().await?;
        let parameters = match name {
            Some(name) => json!({ "objectId": root, "accessibleName": name }),
            None => json!({ "objectId": root }),
        };
        let tree = self.devtools("Accessibility.queryAXTree", parameters).await;
        let tree = tree.map_err(Trouble::looking)?;
        let nodes = at(&tree, "/nodes").as_array().into_iter().flatten();
        Ok(nodes
            .filter_map(Thing::read)
            .filter(|thing| roles.contains(&thing.role.as_str()))
            .collect())
    }

    async fn element(&self, thing: &Thing) -> Result<Element, Trouble> {
        let parameters = json!({ "backendNodeId": thing.node });
        let resolved = self.devtools("DOM.resolveNode", parameters).await;
        let resolved = resolved.map_err(Trouble::looking)?;
        let parameters =
            json!({ "objectId": at(&resolved, "/object/objectId"), "functionDeclaration": LEAVE });
        let left = self.devtools("Runtime.callFunctionOn", parameters).await;
        left.map_err(Trouble::looking)?;
        let taken = self.client.execute(TAKE, Vec::new()).await;
        let taken = taken.map_err(Trouble::looking)?;
        let reference = taken
            .as_object()
            .and_then(|fields| fields.values().next()?.as_str());
        let reference = reference.ok_or_else(|| Trouble::NotYet(format!("{thing} has gone")))?;
        Ok(Element::from_element_id(
            self.client.clone(),
            reference.to_owned().into(),
        ))
    }

    /// What is looked at, as the developer tools name it.
    pub(super) async fn root(&self) -> Result<String, Trouble> {
        match &self.part {
            None => self.object("document").await,
            Some(text) => self.object(&format!("({PART})({})", json!(text))).await,
        }
    }

    async fn object(&self, expression: &str) -> Result<String, Trouble> {
        let parameters = json!({ "expression": expression });
        let answer = self.devtools("Runtime.evaluate", parameters).await;
        let answer = answer.map_err(Trouble::looking)?;
        match at(&answer, "/result/objectId") {
            Value::String(id) => Ok(id.clone()),
            _ => Err(Trouble::NotYet(match at(&answer, "/result/value").as_str() {
                Some(why) => why.to_owned(),
                None => answer.to_string(),
            })),
        }
    }
}

fn list(things: &[Thing]) -> String {
    let told: Vec<_> = things.iter().take(TOLD).map(Thing::to_string).collect();
    match told.as_slice() {
        [] => "nothing of the kind".to_owned(),
        told => told.join(", "),
    }
}
