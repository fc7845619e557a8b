//! Lines over a connection that may become encrypted.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufStream};
use tokio_rustls::TlsAcceptor;

/// What can be read from and written to.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for S {}

/// A connection, line by line.
pub(super) struct Wire {
    stream: BufStream<Box<dyn Stream>>,
    pub(super) encrypted: bool,
}

impl Wire {
    pub(super) fn plain(stream: impl Stream + 'static) -> Self {
        Self {
            stream: BufStream::new(Box::new(stream)),
            encrypted: false,
        }
    }

    /// Goes on under TLS. What was sent ahead of it in the clear is dropped, as RFC 3207 wants it.
    pub(super) async fn encrypt(self, acceptor: &TlsAcceptor) -> io::Result<Self> {
        let stream: Box<dyn Stream> = Box::new(acceptor.accept(self.stream.into_inner()).await?);
        Ok(Self {
            stream: BufStream::new(stream),
            encrypted: true,
        })
    }

    /// The next line without its end; `None` at the end of the connection.
    pub(super) async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        self.stream.read_until(b'\n', &mut line).await?;
        let whole = line.strip_suffix(b"\r\n");
        Ok(whole.map(|line| String::from_utf8_lossy(line).into_owned()))
    }

    /// The letter up to the line with a single dot, without the dots that were put before others.
    pub(super) async fn letter(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut letter = Vec::new();
        loop {
            let mut line = Vec::new();
            self.stream.read_until(b'\n', &mut line).await?;
            match line.as_slice() {
                b".\r\n" => return Ok(Some(letter)),
                line if !line.ends_with(b"\n") => return Ok(None),
                line => letter.extend(line.strip_prefix(b".").unwrap_or(line)),
            }
        }
    }

    pub(super) async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.stream.write_all(answer.as_bytes()).await?;
        self.stream.write_all(b"\r\n").await?;
        self.stream.flush().await
    }
}
