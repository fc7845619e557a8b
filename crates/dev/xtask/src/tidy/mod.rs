//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Which crate may know which (`storeys`), how long files and functions may be (`budgets`), and whether what `deploy/`
//! sets is read by anybody (`variables`).

mod budgets;
mod storeys;
mod variables;

use crate::{Outcome, workspace};

/// Checks the whole tree; prints the measures of our own code, fails with every finding.
#[expect(
    clippy::print_stdout,
    reason = "the measures are for the person who runs the task"
)]
pub(crate) fn run() -> Outcome {
    let root = workspace::root();
    let survey = budgets::survey(&root);
    println!("{survey}");
    let findings = [storeys::check(&root)?, survey.findings(), variables::check(&root)].concat();
    if findings.is_empty() {
        Ok(())
    } else {
        Err(findings.join("\n").into())
    }
}
