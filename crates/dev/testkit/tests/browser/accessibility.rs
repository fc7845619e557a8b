//! Pages that some cannot use are found out.

use crate::site::{failure, open, open_with};

const GOOD: &str = "<main><h1>Sign in</h1><form><label>E-mail <input type=email autocomplete=email></label>
                    <button>Sign in</button></form></main>";

const STYLE: &str = "
    @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } h1 { color: #333 } }";

#[tokio::test]
#[ignore = "needs a browser"]
async fn a_page_that_everybody_can_use_breaks_no_rule() {
    let browser = open(GOOD).await;
    assert_eq!(browser.accessible().await, []);
    browser.must_be_accessible().await;
    assert_eq!(
        browser.complaints().await,
        [""; 0],
        "the page's own rules are not in the way"
    );
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn what_is_wrong_is_told_with_its_place_and_what_would_be_right() {
    let body = "<main><h1>Sign in</h1><form><input id=mail><button><svg width=30 height=30></svg></button></form></main>";
    let browser = open(body).await;
    let violations = browser.accessible().await;
    let rules: Vec<_> = violations
        .iter()
        .map(|violation| violation.rule.as_str())
        .collect();
    assert_eq!(rules, ["button-name", "label"]);
    assert_eq!(violations[1].impact, "critical");
    assert_eq!(violations[1].nodes[0].selector, "#mail");
    let told = violations[1].to_string();
    assert!(told.contains("label (critical): "), "{told}");
    assert!(
        told.contains("\n  #mail\n    <input id=\"mail\">\n    Fix any of the following:"),
        "{told}"
    );
}

#[tokio::test]
#[ignore = "needs a browser"]
async fn the_dark_look_is_checked_too() {
    let browser = open_with(GOOD, "", STYLE).await;
    assert_eq!(browser.accessible().await, [], "it is fine while it is light");
    let said = failure(browser.must_be_accessible()).await;
    assert!(said.contains("dark: color-contrast (serious): "), "{said}");
    assert!(!said.contains("light: "), "{said}");
}
