//! What stands in a row below a column.

use crate::Html;

/// What stands in a row below a column.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub(super) body: Html,
    /// What it says more, smaller and below.
    pub(super) sub: Html,
    /// Whether it is nothing but text, so that it may be made a link.
    pub(super) is_text: bool,
    /// The words alone, for what is read out about its row.
    pub(super) words: String,
}

impl Cell {
    /// Nothing, shown as a dash.
    pub fn none() -> Self {
        Self::default()
    }

    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        let words = text.into();
        Self {
            body: Html::text(&words),
            sub: Html::default(),
            is_text: true,
            words,
        }
    }

    /// A whole number, with its thousands set apart.
    pub fn number(number: u64) -> Self {
        Self::text(grouped(number))
    }

    /// A piece: a chip, a time, links.
    pub fn piece(piece: impl Into<Html>) -> Self {
        Self {
            body: piece.into(),
            ..Self::default()
        }
    }

    /// Says more, smaller and below.
    pub fn below(mut self, sub: impl Into<Html>) -> Self {
        self.sub = sub.into();
        self
    }
}

/// 1234567 as people write it.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 7, 999, 1000, 30_000, 1_234_567];
        assert_eq!(
            numbers.map(grouped),
            ["0", "7", "999", "1,000", "30,000", "1,234,567"]
        );
    }
}
