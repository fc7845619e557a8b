//! How long our files and functions are, and how long they may be.

use std::fmt;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::Visit;

/// Lines of code a file may have, tests not counted.
const FILE_BUDGET: usize = 400;
/// Lines a function may have.
const FUNCTION_BUDGET: usize = 60;
/// Lines a `main.rs` of a program may have.
const MAIN_BUDGET: usize = 60;

/// The lengths of everything that we ship.
pub(super) struct Survey {
    files: Vec<(PathBuf, usize)>,
    functions: Vec<(PathBuf, String, usize)>,
    unreadable: Vec<String>,
}

/// Measures all files under `crates/*/*/src`; generated code and tests are not ours to shorten.
pub(super) fn survey(root: &Path) -> Survey {
    let mut survey = Survey {
        files: Vec::new(),
        functions: Vec::new(),
        unreadable: Vec::new(),
    };
    for path in sources(&root.join("crates")) {
        survey.measure(root, &path);
    }
    survey
}

impl Survey {
    fn measure(&mut self, root: &Path, path: &Path) {
        let name = path.strip_prefix(root).unwrap_or(path).to_owned();
        let parsed = std::fs::read_to_string(path)
            .map_err(|error| error.to_string())
            .and_then(|text| {
                let file = syn::parse_file(&text).map_err(|error| error.to_string())?;
                Ok((text, file))
            });
        match parsed {
            Ok((text, file)) => {
                let mut functions = Functions::default();
                functions.visit_file(&file);
                self.files
                    .push((name.clone(), code_lines(&text, functions.tests_from)));
                self.functions.extend(
                    functions
                        .found
                        .into_iter()
                        .map(|(function, lines)| (name.clone(), function, lines)),
                );
            }
            Err(error) => self.unreadable.push(format!("{}: {error}", name.display())),
        }
    }

    /// What is over budget.
    pub(super) fn findings(&self) -> Vec<String> {
        let long_files = self.files.iter().filter_map(|(path, lines)| {
            let budget = if path.ends_with("src/main.rs") {
                MAIN_BUDGET
            } else {
                FILE_BUDGET
            };
            (*lines > budget).then(|| {
                format!(
                    "{}: {lines} lines of code, the budget is {budget}",
                    path.display()
                )
            })
        });
        let long_functions = self
            .functions
            .iter()
            .filter(|(_, _, lines)| *lines > FUNCTION_BUDGET)
            .map(|(path, function, lines)| {
                format!(
                    "{}: `{function}` has {lines} lines, the budget is {FUNCTION_BUDGET}",
                    path.display()
                )
            });
        long_files
            .chain(long_functions)
            .chain(self.unreadable.iter().cloned())
            .collect()
    }
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut files: Vec<usize> = self.files.iter().map(|(_, lines)| *lines).collect();
        let mut functions: Vec<usize> = self.functions.iter().map(|(_, _, lines)| *lines).collect();
        writeln!(
            f,
            "{:<10} {:>6} {:>7} {:>6} {:>6}",
            "", "count", "median", "p90", "max"
        )?;
        write_row(f, "files", &mut files)?;
        write_row(f, "functions", &mut functions)
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, label: &str, lengths: &mut [usize]) -> fmt::Result {
    lengths.sort_unstable();
    let at = |share: usize| {
        lengths
            .get(lengths.len().saturating_sub(1) * share / 100)
            .copied()
            .unwrap_or(0)
    };
    writeln!(
        f,
        "{label:<10} {:>6} {:>7} {:>6} {:>6}",
        lengths.len(),
        at(50),
        at(90),
        at(100)
    )
}

/// Finds functions outside test modules, and where a trailing test module begins.
#[derive(Default)]
struct Functions {
    found: Vec<(String, usize)>,
    tests_from: Option<usize>,
}

impl Functions {
    fn add(&mut self, name: &syn::Ident, whole: proc_macro2::Span) {
        self.found
            .push((name.to_string(), whole.end().line + 1 - whole.start().line));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, item.block.span());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, item.block.span());
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.attrs.iter().any(is_test_only) {
            self.tests_from.get_or_insert(item.span().start().line);
        } else {
            syn::visit::visit_item_mod(self, item);
        }
    }
}

fn is_test_only(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|word| word == "test")
}

/// Lines that are neither blank nor comment, up to the tests.
fn code_lines(text: &str, tests_from: Option<usize>) -> usize {
    let shipped = text.lines().take(tests_from.map_or(usize::MAX, |line| line - 1));
    shipped
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

/// All Rust files under `src` folders, tests and generated code left out, in a stable order.
pub(super) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let skipped = ["tests", "generated", "target", "benches", "examples"]
                .iter()
                .any(|name| path.ends_with(name));
            if path.is_dir() && !skipped {
                waiting.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
