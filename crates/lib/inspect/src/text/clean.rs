//! Keeps escape sequences and invisible characters away from the terminal.

use std::borrow::Cow;

/// What stands for a character that must not be shown.
const REPLACEMENT: char = '\u{fffd}';

/// The text on one line, without anything that moves the cursor, colours, reorders or hides.
///
/// Names come from other people. An escape sequence in one could rewrite the screen of whoever reviews
/// it, and a direction mark could make it read as another name.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| fate(letter) == Fate::Keep) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// Whether the character may be written to a terminal as it is.
pub(crate) fn is_harmless(letter: char) -> bool {
    !letter.is_control() && !is_invisible(letter)
}

fn shown(letter: char) -> Option<char> {
    match fate(letter) {
        Fate::Keep => Some(letter),
        Fate::Space => Some(' '),
        Fate::Drop => None,
        Fate::Replace => Some(REPLACEMENT),
    }
}

#[derive(PartialEq)]
enum Fate {
    Keep,
    Space,
    Drop,
    Replace,
}

fn fate(letter: char) -> Fate {
    match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Fate::Space,
        // Joiners and variation selectors only choose between forms of a visible character.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Fate::Drop,
        _ if !is_harmless(letter) => Fate::Replace,
        _ => Fate::Keep,
    }
}

/// Characters without a shape: direction marks, zero-width spaces, fillers, tags.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_ordinary_names_alone() {
        for name in ["Zoë Müller", "山田 太郎", "O'Brien", "محمد"] {
            assert!(matches!(clean(name), Cow::Borrowed(same) if same == name));
        }
    }

    #[test]
    fn defuses_escape_sequences() {
        assert_eq!(clean("\u{1b}[31mred\u{9b}2J"), "\u{fffd}[31mred\u{fffd}2J");
        assert_eq!(clean("a\r\nb\tc"), "a  b c");
        assert_eq!(clean("\u{202e}gro.elpmaxe"), "\u{fffd}gro.elpmaxe");
        assert_eq!(clean("pay\u{200b}pal"), "pay\u{fffd}pal");
    }
}
