//! `rollcall demo`: a company that does not exist, read like one that does.

mod console;
mod reading;

use std::io;
use std::path::{Path, PathBuf};

use c1z::ReadOptions;
use inspect::{Ink, Screen};

use crate::args::Demo;
use crate::failure::Failure;
use crate::terminal;

/// What to try on the file, and what each shows.
const NEXT: [(&str, &str); 5] = [
    ("access chidi", "what one person can do, and why"),
    ("grants -t role", "who has which role"),
    ("resources -t api_token", "the tokens"),
    ("findings -o json", "what stands out, for programs"),
    ("export xlsx --out access.xlsx", "everything, for a spreadsheet"),
];

/// Reads the simulated account into a file, and shows who has what.
pub(crate) fn run(demo: &Demo) -> Result<(), Failure> {
    if demo.console {
        return tokio::runtime::Runtime::new()?.block_on(Box::pin(console::run(demo.listen)));
    }
    let file = place(demo)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let read = runtime.block_on(reading::read(&file))?;
    terminal::with_screen(|screen| {
        screen.gap()?;
        screen.paragraph(Ink::Plain, "", &read)?;
        screen.gap()?;
        inspect::overview(&file, &ReadOptions::default(), screen)?;
        Ok(suggest(&file, screen)?)
    })?;
    Ok(())
}

/// The file to write: a new one, because the made-up account must not end up among real ones.
fn place(demo: &Demo) -> Result<PathBuf, Failure> {
    match &demo.file {
        Some(file) if file.exists() => Err(Failure::new(
            format!(
                "{} exists already, and the demo writes to a new file only",
                file.display()
            ),
            "name another path, or remove that file first",
        )),
        Some(file) => Ok(file.clone()),
        None => {
            let folder = tempfile::Builder::new().prefix("rollcall-demo-").tempdir()?;
            Ok(folder.keep().join("demo.c1z"))
        }
    }
}

/// Commands to copy: never shortened, whatever the terminal's width.
fn suggest(file: &Path, screen: &mut Screen<'_>) -> io::Result<()> {
    let file = file.display();
    writeln!(screen.out, "The file is {file}. Try:")?;
    writeln!(
        screen.out,
        "\n  {}\n  rollcall demo --console",
        screen.look.paint(Ink::Faint, "# the same in the browser")
    )?;
    for (command, shows) in NEXT {
        writeln!(
            screen.out,
            "\n  {}",
            screen.look.paint(Ink::Faint, &format!("# {shows}"))
        )?;
        writeln!(screen.out, "  rollcall inspect {command} -f {file}")?;
    }
    Ok(())
}
