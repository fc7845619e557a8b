//! Shortening to a number of terminal columns.

use super::width;

/// What stands at the end of shortened text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// `…`, where the terminal can show it.
    Ellipsis,
    /// `..`, everywhere.
    Dots,
}

impl Ending {
    fn text(self, limit: usize) -> &'static str {
        match (self, limit) {
            (_, 0) => "",
            (Self::Ellipsis, _) => "…",
            (Self::Dots, 1) => ".",
            (Self::Dots, _) => "..",
        }
    }
}

/// The text, when it fits into `limit` columns, or else its beginning and an ending, which then fit.
pub(crate) fn shorten(text: &str, limit: usize, ending: Ending) -> String {
    // A column is never more than a few characters; the rest of a very long text need not be measured.
    let head: String = text
        .chars()
        .take(limit.saturating_mul(4).saturating_add(1))
        .collect();
    if head.len() == text.len() && width(text) <= limit {
        return head;
    }
    let ending = ending.text(limit);
    let mut shortened = head;
    while shortened.pop().is_some() {
        let whole = format!("{}{ending}", shortened.trim_end());
        if width(&whole) <= limit {
            return whole;
        }
    }
    ending.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_fits() {
        assert_eq!(shorten("Ada", 3, Ending::Ellipsis), "Ada");
    }

    #[test]
    fn ends_what_does_not() {
        assert_eq!(shorten("Ada Lovelace", 6, Ending::Ellipsis), "Ada L…");
        assert_eq!(shorten("Ada Lovelace", 5, Ending::Ellipsis), "Ada…");
        assert_eq!(shorten("Ada Lovelace", 6, Ending::Dots), "Ada..");
    }

    #[test]
    fn counts_wide_letters_as_two() {
        assert_eq!(shorten("山田太郎", 5, Ending::Ellipsis), "山田…");
        assert_eq!(shorten("山田", 1, Ending::Ellipsis), "…");
        assert_eq!(shorten("山田", 0, Ending::Ellipsis), "");
    }
}
