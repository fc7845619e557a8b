//! Text from records, made fit for a terminal.

mod clean;
mod count;
mod shorten;
mod time;
mod wrap;

pub use clean::clean;
pub(crate) use clean::is_harmless;
pub(crate) use count::{count, grouped, people};
pub(crate) use shorten::{Ending, shorten};
pub use time::ago;
pub(crate) use time::{day, duration, moment};
pub(crate) use wrap::wrap;

/// Columns that the text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
