//! `rollcall demo`: a company that does not exist, read like one that does.

mod company;
mod console;
mod reading;

use std::io;
use std::path::Path;

use c1z::ReadOptions;
use inspect::{Ink, Screen};
use tokio::runtime::Runtime;

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

/// Opens the console on the simulated account, or reads it into a file.
pub(crate) fn run(demo: &Demo) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    match &demo.file {
        None => runtime.block_on(Box::pin(console::run(demo.listen))),
        Some(file) => show(file, &runtime),
    }
}

/// Reads the account into a new file, and shows who has what.
fn show(file: &Path, runtime: &Runtime) -> Result<(), Failure> {
    if file.exists() {
        // The made-up account must not end up among real ones.
        return Err(Failure::new(
            format!(
                "{} exists already, and the demo writes to a new file only",
                file.display()
            ),
            "name another path, or remove that file first",
        ));
    }
    let read = runtime.block_on(reading::read(file))?;
    terminal::with_screen(|screen| {
        screen.gap()?;
        screen.paragraph(Ink::Plain, "", &read)?;
        screen.gap()?;
        inspect::overview(file, &ReadOptions::default(), screen)?;
        Ok(suggest(file, screen)?)
    })?;
    Ok(())
}

/// Commands to copy: never shortened, whatever the terminal's width.
fn suggest(file: &Path, screen: &mut Screen<'_>) -> io::Result<()> {
    let file = file.display();
    writeln!(screen.out, "The file is {file}. Try:")?;
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
