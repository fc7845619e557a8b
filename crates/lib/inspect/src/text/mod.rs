//! Text from records, made fit for a terminal.

mod clean;
mod count;
mod shorten;
mod time;

pub use clean::clean;
pub use count::{count, grouped, people};
pub use shorten::{Ending, shorten};
pub use time::{ago, day, duration, moment};

/// Columns that the text takes on a terminal.
pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
