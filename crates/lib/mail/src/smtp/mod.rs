//! Letters by SMTP (RFC 5321).

mod failure;
mod sending;
mod server;

pub use sending::Smtp;
pub use server::{InvalidServer, SmtpServer};
