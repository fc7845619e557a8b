//! What the terminal can show.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use inspect::{InspectError, Look, Screen};

/// Runs with standard output and standard error as the screen.
pub(crate) fn with_screen(
    run: impl FnOnce(&mut Screen<'_>) -> Result<(), InspectError>,
) -> Result<(), InspectError> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut screen = Screen {
        out: &mut out,
        remarks: &mut io::stderr(),
        look: look(),
    };
    run(&mut screen)?;
    Ok(out.flush()?)
}

fn look() -> Look {
    if !io::stdout().is_terminal() {
        return Look::PLAIN;
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Look {
        width: Some(width.max(1)),
        colour: !is_set("NO_COLOR") && !says("TERM", "dumb"),
        unicode: speaks_unicode(),
    }
}

/// Says no only where the locale names another encoding.
fn speaks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find(|name| is_set(name));
    let locale = locale.and_then(env::var_os).unwrap_or_else(|| "UTF-8".into());
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn says(name: &str, value: &str) -> bool {
    env::var_os(name).is_some_and(|said| said == value)
}
