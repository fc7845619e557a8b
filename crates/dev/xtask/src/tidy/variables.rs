//! Whether the variables that `deploy/` sets are ones that our programs read.

use std::collections::BTreeSet;
use std::path::Path;

/// What the names of our variables begin with.
const PREFIXES: [&str; 2] = ["BATON_", "ROLLCALL_"];

/// Where the names of flags and variables are written down.
const READERS: [&str; 2] = ["crates/lib/runner/src", "crates/bin"];

/// Every variable in `deploy/` that nobody reads.
pub(super) fn check(root: &Path) -> Vec<String> {
    let code: String = READERS
        .iter()
        .flat_map(|folder| super::budgets::sources(&root.join(folder)))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let mut findings = Vec::new();
    for path in files(&root.join("deploy")) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        let unread = names(&text).into_iter().filter(|name| !is_read(name, &code));
        findings.extend(unread.map(|name| format!("{shown}: no program reads {name}")));
    }
    findings
}

/// Whether the code names the variable, or the flag that it stands for.
fn is_read(name: &str, code: &str) -> bool {
    let flag = name.strip_prefix("BATON_").unwrap_or(name);
    let flag = flag.to_lowercase().replace('_', "-");
    code.contains(&format!("\"{name}\"")) || code.contains(&format!("\"{flag}\""))
}

fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    words
        .filter(|word| PREFIXES.iter().any(|prefix| word.starts_with(prefix)))
        .collect()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_read_by_its_own_name_or_as_a_flag() {
        let code = r#"Field::text("client-id", ""); const HOST: &str = "BATON_C1_API_HOST";"#;
        let found = names("BATON_CLIENT_ID: x\n# BATON_C1_API_HOST=y SOME_BATON_X -e ROLLCALL_MOON=1");
        let unread: Vec<_> = found.into_iter().filter(|name| !is_read(name, code)).collect();
        assert_eq!(unread, ["ROLLCALL_MOON"]);
    }
}
