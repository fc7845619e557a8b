//! Reads the container, within limits, and says exactly what is wrong with a bad one.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use super::copy::{CopyError, bounded};
use super::frame::{Frame, HEADER_MAX};
use super::{MAGIC_V1, MAGIC_V3};
use crate::{Error, Limits, pebble};

/// Unpacks the v1 file at `path` into `out`, the file at `to`; returns how many bytes it was.
pub(crate) fn unpack(path: &Path, limits: &Limits, to: &Path, out: &mut impl Write) -> Result<u64, Error> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::Missing(path.to_owned()),
        _ => Error::io("read", path)(error),
    })?;
    if !file.metadata().map_err(Error::io("read", path))?.is_file() {
        return Err(Error::NotAFile(path.to_owned()));
    }
    let mut source = BufReader::with_capacity(128 * 1024, file);
    check_magic(path, &mut source)?;
    Unpacking {
        path,
        to,
        limits,
        source,
        unpacked: 0,
    }
    .frames(out)
}

fn check_magic(path: &Path, source: &mut BufReader<File>) -> Result<(), Error> {
    let mut magic = Vec::new();
    source
        .take(MAGIC_V1.len() as u64)
        .read_to_end(&mut magic)
        .map_err(Error::io("read", path))?;
    if magic == MAGIC_V1 {
        Ok(())
    } else if magic == MAGIC_V3 {
        Err(Error::Pebble {
            path: path.to_owned(),
            description: Box::new(pebble::describe(source)),
        })
    } else if magic.is_empty() {
        Err(Error::Empty(path.to_owned()))
    } else {
        Err(Error::NotC1z(path.to_owned()))
    }
}

struct Unpacking<'a> {
    path: &'a Path,
    to: &'a Path,
    limits: &'a Limits,
    source: BufReader<File>,
    unpacked: u64,
}

impl Unpacking<'_> {
    fn frames(mut self, out: &mut impl Write) -> Result<u64, Error> {
        let mut first = true;
        loop {
            let header = self.peek()?;
            if header.is_empty() {
                return Ok(self.unpacked);
            }
            match Frame::look(&header) {
                Frame::Data { content_size, window } => {
                    self.check_declared(content_size, window)?;
                    self.frame(out)?;
                }
                Frame::Skippable(size) => self.skip(u64::from(size) + 8)?,
                Frame::CutOff => return Err(Error::Truncated(self.path.to_owned())),
                Frame::Unknown if first => return Err(Error::NotZstd(self.path.to_owned())),
                Frame::Unknown => return Err(Error::TrailingData(self.path.to_owned())),
            }
            first = false;
        }
    }

    /// The next bytes, which stay to be read.
    fn peek(&mut self) -> Result<Vec<u8>, Error> {
        let mut header = Vec::new();
        let place = self.source.stream_position().map_err(self.cannot_read())?;
        (&mut self.source)
            .take(HEADER_MAX as u64)
            .read_to_end(&mut header)
            .map_err(self.cannot_read())?;
        self.source
            .seek(SeekFrom::Start(place))
            .map_err(self.cannot_read())?;
        Ok(header)
    }

    /// Refuses before decoding what the frame's own header announces as too large.
    fn check_declared(&self, content_size: Option<u64>, window: Option<u64>) -> Result<(), Error> {
        let declared = self.unpacked.saturating_add(content_size.unwrap_or(0));
        if declared > self.limits.decoded_bytes {
            return Err(Error::DeclaredTooLarge {
                path: self.path.to_owned(),
                declared,
                limit: self.limits.decoded_bytes,
            });
        }
        if window.unwrap_or(0) > self.window_limit() {
            return Err(self.window_error());
        }
        Ok(())
    }

    fn frame(&mut self, out: &mut impl Write) -> Result<(), Error> {
        let allowed = self.limits.decoded_bytes - self.unpacked;
        let path = self.path;
        let decoded = self
            .decoder()
            .and_then(|mut decoder| bounded(&mut decoder, out, allowed));
        match decoded {
            Ok(length) => {
                self.unpacked += length;
                Ok(())
            }
            Err(CopyError::TooMuch) => Err(Error::TooLarge {
                path: path.to_owned(),
                limit: self.limits.decoded_bytes,
            }),
            Err(CopyError::Write(error)) => Err(Error::io("write", self.to)(error)),
            Err(CopyError::Read(error)) => Err(self.decoding_error(error)),
        }
    }

    fn decoder(&mut self) -> Result<zstd::Decoder<'static, &mut BufReader<File>>, CopyError> {
        let window_log = self.limits.window_log.min(Limits::MAX_WINDOW_LOG);
        let mut decoder = zstd::Decoder::with_buffer(&mut self.source).map_err(CopyError::Read)?;
        decoder.window_log_max(window_log).map_err(CopyError::Read)?;
        Ok(decoder.single_frame())
    }

    /// What zstd's words mean; it gives no codes through this interface.
    fn decoding_error(&self, error: io::Error) -> Error {
        let path = self.path.to_owned();
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Error::Truncated(path);
        }
        if error.raw_os_error().is_some() {
            return Error::io("read", &path)(error);
        }
        match error.to_string().as_str() {
            "Restored data doesn't match checksum" => Error::Checksum(path),
            "Frame requires too much memory for decoding" => self.window_error(),
            detail => Error::Corrupt {
                path,
                detail: detail.to_owned(),
            },
        }
    }

    fn skip(&mut self, length: u64) -> Result<(), Error> {
        let skipped =
            io::copy(&mut (&mut self.source).take(length), &mut io::sink()).map_err(self.cannot_read())?;
        if skipped < length {
            return Err(Error::Truncated(self.path.to_owned()));
        }
        Ok(())
    }

    fn window_limit(&self) -> u64 {
        1 << self.limits.window_log.min(Limits::MAX_WINDOW_LOG)
    }

    fn window_error(&self) -> Error {
        Error::WindowTooLarge {
            path: self.path.to_owned(),
            limit: self.window_limit(),
        }
    }

    fn cannot_read(&self) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = self.path.to_owned();
        move |error| Error::io("read", &path)(error)
    }
}
