//! What others send, made fit for the log: short, and in one line.

/// The most characters that are shown.
const SHOWN: usize = 500;

/// The text without anything that begins a new line or moves the cursor.
pub(crate) fn one_line(text: &str) -> String {
    let shown = text.chars().take(SHOWN);
    shown.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_writes_a_line_of_their_own_into_the_log() {
        assert_eq!(one_line("a\nINFO all is well\u{1b}[2J"), "a INFO all is well [2J");
        assert_eq!(one_line(&"ä".repeat(600)).chars().count(), 500);
    }
}
