//! What would keep somebody from using a page, by the rules of WCAG that a program can check.

use std::fmt::{self, Write as _};

use serde_json::{Value, json};

use super::Page;
use super::devtools::at;
use super::trouble::Trouble;
use crate::environment::variable;

/// The environment variable that names axe-core's `axe.min.js`.
const AXE: &str = "ROLLCALL_TEST_AXE";

/// The levels A and AA of WCAG 2.0, 2.1 and 2.2.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/// Lets every movement end, since colours on their way are not the page's, and then looks.
const RUN: &str = "const [rules, done] = arguments; \
     for (const movement of document.getAnimations()) { try { movement.finish() } catch { movement.cancel() } } \
     axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }) \
       .then(found => done(found.violations), error => done(String(error)));";

/// A rule that a page breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's id, such as `color-contrast`.
    pub rule: String,
    /// How bad it is: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<Node>,
}

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// A CSS selector that finds it.
    pub selector: String,
    /// It, as HTML.
    pub html: String,
    /// What is wrong, and what would be right.
    pub fix: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.impact, self.help)?;
        for node in &self.nodes {
            write!(f, "\n  {}\n    {}", node.selector, node.html)?;
            for line in node.fix.lines().filter(|line| !line.trim().is_empty()) {
                write!(f, "\n    {}", line.trim())?;
            }
        }
        Ok(())
    }
}

impl Page {
    /// Every rule that the whole page breaks, as it looks now.
    ///
    /// # Panics
    /// When `ROLLCALL_TEST_AXE` does not name the rules, or they cannot be run.
    #[track_caller]
    pub fn accessible(&self) -> impl Future<Output = Vec<Violation>> {
        self.told(self.violations())
    }

    /// Makes sure that the whole page breaks no rule, neither light nor dark. Leaves it light.
    ///
    /// # Panics
    /// When it breaks one.
    #[track_caller]
    pub fn must_be_accessible(&self) -> impl Future<Output = ()> {
        self.told(async {
            let mut told = String::new();
            for (dark, look) in [(true, "dark"), (false, "light")] {
                self.prefer(dark).await?;
                for violation in self.violations().await? {
                    write!(told, "\n{look}: {violation}").ok();
                }
            }
            match told.as_str() {
                "" => Ok(()),
                _ => Err(Trouble::Never(format!("the page is not accessible:{told}"))),
            }
        })
    }

    async fn violations(&self) -> Result<Vec<Violation>, Trouble> {
        if self.client.execute("return typeof axe", Vec::new()).await? != "object" {
            // The driver runs it as its own, whatever the page allows to run.
            self.client.execute(&rules()?, Vec::new()).await?;
        }
        match self.client.execute_async(RUN, vec![json!(RULES)]).await? {
            Value::Array(found) => Ok(found.iter().map(Violation::read).collect()),
            other => Err(Trouble::Never(format!("the rules cannot be run: {other}"))),
        }
    }
}

impl Violation {
    fn read(found: &Value) -> Self {
        let nodes = at(found, "/nodes").as_array().into_iter().flatten();
        Self {
            rule: text(at(found, "/id")),
            impact: text(at(found, "/impact")),
            help: text(at(found, "/help")),
            nodes: nodes.map(Node::read).collect(),
        }
    }
}

impl Node {
    fn read(found: &Value) -> Self {
        let path = at(found, "/target").as_array().into_iter().flatten();
        Self {
            selector: path.map(text).collect::<Vec<_>>().join(" "),
            html: text(at(found, "/html")),
            fix: text(at(found, "/failureSummary")),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn rules() -> Result<String, Trouble> {
    let missing = |why: &str| {
        Trouble::Never(format!(
            "{AXE} does not name axe-core's axe.min.js ({why}): `.ci/browser FOLDER` fetches it"
        ))
    };
    let path = variable(AXE).ok_or_else(|| missing("it is not set"))?;
    std::fs::read_to_string(&path).map_err(|error| missing(&format!("{path}: {error}")))
}
