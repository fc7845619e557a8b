//! One exchange, however it is made.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response};

use crate::Error;

/// What an exchange ends in.
pub type Answer = Result<Response<Bytes>, Error>;

/// Makes one exchange: no repeating, no pacing. The real one is on sockets; tests bring their own.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and reads the whole answer.
    fn exchange(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>>;
}
