//! Text for people.

use std::io::{IsTerminal, Write, stderr};

use terminal_size::{Width, terminal_size_of};

/// Says it on standard error. On a terminal lines are broken between words; elsewhere they stay as they are, for whoever greps.
pub(crate) fn say(text: &str) {
    let width = stderr()
        .is_terminal()
        .then(|| terminal_size_of(stderr()))
        .flatten();
    let text = match width {
        Some((Width(width), _)) => fit(text, width.into()),
        None => text.to_owned(),
    };
    stderr().write_all(text.as_bytes()).unwrap_or_default();
}

/// Control characters become spaces: names from the source do nothing to a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Breaks each line between words; what does not fit stands under it, a little further in.
pub(crate) fn fit(text: &str, width: usize) -> String {
    text.split('\n')
        .map(|line| fit_line(line, width))
        .collect::<Vec<_>>()
        .join("\n")
}

fn fit_line(line: &str, width: usize) -> String {
    let start = line.len() - line.trim_start().len();
    let indent = " ".repeat(start + 2);
    textwrap::fill(
        line,
        textwrap::Options::new(width.max(20))
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false),
    )
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn lines_break_between_words_and_keep_their_place() {
        let text =
            "error: the account belongs to the organization\n  hint: review it in its own dashboard\n\nlast";
        insta::assert_snapshot!(fit(text, 30), @r"
        error: the account belongs to
          the organization
          hint: review it in its own
            dashboard

        last
        ");
    }

    #[test]
    fn a_path_stays_whole() {
        let path = "/a/very/long/path/that/somebody/wants-to/copy/sync.c1z";
        assert_eq!(fit(path, 20), path);
    }
}
