//! Keys by the names that are printed on them.

use fantoccini::key::Key;

use super::trouble::Trouble;

const NAMES: [(&str, Key); 16] = [
    ("Alt", Key::Alt),
    ("Backspace", Key::Backspace),
    ("Control", Key::Control),
    ("Delete", Key::Delete),
    ("Down", Key::Down),
    ("End", Key::End),
    ("Enter", Key::Enter),
    ("Escape", Key::Escape),
    ("Home", Key::Home),
    ("Left", Key::Left),
    ("PageDown", Key::PageDown),
    ("PageUp", Key::PageUp),
    ("Right", Key::Right),
    ("Shift", Key::Shift),
    ("Tab", Key::Tab),
    ("Up", Key::Up),
];

/// The keys of a chord such as `Shift+Tab`, `Space`, `Control+k` or `/`, in the order in which they go down.
pub(super) fn chord(written: &str) -> Result<Vec<char>, Trouble> {
    written.split('+').map(key).collect()
}

fn key(name: &str) -> Result<char, Trouble> {
    let known = NAMES.iter().find(|(known, _)| *known == name);
    let mut letters = name.chars();
    match (known, letters.next(), letters.next()) {
        (Some((_, key)), ..) => Ok(char::from(*key)),
        (None, Some(letter), None) => Ok(letter),
        _ if name == "Space" => Ok(' '),
        _ => Err(Trouble::Never(format!("no key is called {name:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_by_name_or_are_letters() {
        let tab = char::from(Key::Tab);
        assert_eq!(chord("Shift+Tab").unwrap(), [char::from(Key::Shift), tab]);
        assert_eq!(chord("Space").unwrap(), [' ']);
        assert_eq!(chord("Control+k").unwrap(), [char::from(Key::Control), 'k']);
        assert!(chord("Strg").is_err());
        assert!(chord("").is_err());
    }
}
