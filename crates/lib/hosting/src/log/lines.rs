//! Bytes into lines.

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _};

/// The most bytes of a line; the rest of a longer one is passed over.
const LONGEST: usize = 64 << 10;

/// The next line without its end; `None` when there is none any more.
pub(super) async fn next(log: &mut (impl AsyncBufRead + Unpin)) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let mut begun = false;
    loop {
        let piece = log.fill_buf().await.ok().filter(|piece| !piece.is_empty());
        let Some(piece) = piece else {
            return begun.then_some(line);
        };
        begun = true;
        let end = piece.iter().position(|byte| *byte == b'\n');
        let (text, read) = match end {
            Some(end) => (piece.get(..end).unwrap_or_default(), end + 1),
            None => (piece, piece.len()),
        };
        let room = LONGEST.saturating_sub(line.len()).min(text.len());
        line.extend_from_slice(text.get(..room).unwrap_or_default());
        log.consume(read);
        if end.is_some() {
            return Some(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::BufReader;

    use super::*;

    async fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut log = BufReader::with_capacity(7, bytes);
        let mut all = Vec::new();
        while let Some(line) = next(&mut log).await {
            all.push(line);
        }
        all
    }

    #[tokio::test]
    async fn lines_are_told_apart_wherever_pieces_end() {
        let found = lines(b"one\n\nthree is longer than a piece\nlast").await;
        let expected: [&[u8]; 4] = [b"one", b"", b"three is longer than a piece", b"last"];
        assert_eq!(found, expected);
        assert!(lines(b"").await.is_empty());
    }

    #[tokio::test]
    async fn the_rest_of_a_long_line_is_passed_over() {
        let mut bytes = vec![b'x'; LONGEST + 100];
        bytes.extend_from_slice(b"\nnext\n");
        let found = lines(&bytes).await;
        assert_eq!(found[0].len(), LONGEST);
        assert_eq!(found[1], b"next");
        assert_eq!(found.len(), 2);
    }
}
