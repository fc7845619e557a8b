//! Which server takes the letters, as a person writes it.

use std::fmt;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// Where programs hand in mail (RFC 6409), and where they do so under TLS from the first byte (RFC 8314).
const PORT: u16 = 587;
const TLS_PORT: u16 = 465;

/// How nobody but the server can read what is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    /// From the first byte.
    Tls,
    /// Asked for with STARTTLS, or nothing is sent.
    StartTls,
    /// Not at all: the server is on this machine, or somebody has said so.
    None,
}

/// A mail server and how to sign in to it.
#[derive(Clone)]
pub struct SmtpServer {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    pub(super) user: Option<(String, SecretString)>,
}

/// Why a text names no mail server. The text is never repeated: it may have a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServer {
    /// Not a URL with a host.
    #[error(
        "this is no address of a mail server: write it as `smtp://USER:PASSWORD@HOST:PORT`, with signs such as `@`, \
         `/` and `%` in the password as `%40`, `%2F` and `%25`"
    )]
    Form,
    /// Another protocol.
    #[error(
        "the address of a mail server begins with `smtp://`, or with `smtps://` if it speaks TLS from the start"
    )]
    Scheme,
    /// Half of what it takes to sign in.
    #[error("the address of the mail server has only one of user and password: write both or neither")]
    HalfUser,
    /// Something behind the host.
    #[error(
        "behind host and port, the address of a mail server has nothing but `?tls=none` or `?tls=starttls`"
    )]
    Rest,
    /// Encrypted and not.
    #[error("`smtps://` is always encrypted: leave `?tls=` away, or write `smtp://`")]
    Contradiction,
    /// What was given as a certificate authority is none.
    #[error(
        "the certificate authority of the mail server is no PEM file: give the certificate that begins with \
         `-----BEGIN CERTIFICATE-----`"
    )]
    Authority,
}

impl SmtpServer {
    /// Reads `smtp://USER:PASSWORD@HOST:PORT` or `smtps://...`, without user and port if need be. Behind `smtp://`
    /// nothing is sent before STARTTLS, unless the server is on this machine; `?tls=starttls` asks for it there, too,
    /// and `?tls=none` does without elsewhere.
    ///
    /// # Errors
    /// Says what is wrong, and never repeats it.
    pub fn parse(text: &SecretString) -> Result<Self, InvalidServer> {
        let url = Url::parse(text.expose_secret().trim()).map_err(|_| InvalidServer::Form)?;
        let is_tls = match url.scheme() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(InvalidServer::Scheme),
        };
        let host = host(&url)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(InvalidServer::Rest);
        }
        Ok(Self {
            encryption: encryption(is_tls, url.query(), &host)?,
            port: url.port().unwrap_or(if is_tls { TLS_PORT } else { PORT }),
            user: user(&url)?,
            host,
        })
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpServer")
            .field("server", &self.to_string())
            .field("encryption", &self.encryption)
            .field("signs_in", &self.user.is_some())
            .finish_non_exhaustive()
    }
}

/// Host and port, which are no secret.
impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

fn host(url: &Url) -> Result<String, InvalidServer> {
    let host = url.host_str().ok_or(InvalidServer::Form)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    if host.is_empty() || !host.bytes().all(is_host) {
        return Err(InvalidServer::Form);
    }
    Ok(host.to_owned())
}

fn encryption(is_tls: bool, query: Option<&str>, host: &str) -> Result<Encryption, InvalidServer> {
    match (is_tls, query) {
        (true, None) => Ok(Encryption::Tls),
        (false, None) if is_this_machine(host) => Ok(Encryption::None),
        (false, None | Some("tls=starttls")) => Ok(Encryption::StartTls),
        (false, Some("tls=none")) => Ok(Encryption::None),
        (true, Some("tls=none" | "tls=starttls")) => Err(InvalidServer::Contradiction),
        (_, Some(_)) => Err(InvalidServer::Rest),
    }
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn user(url: &Url) -> Result<Option<(String, SecretString)>, InvalidServer> {
    let decoded = |text| {
        percent_decode_str(text)
            .decode_utf8()
            .map_err(|_| InvalidServer::Form)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None | Some("")) => Err(InvalidServer::HalfUser),
        (name, Some(password)) => {
            let (name, password) = (decoded(name)?, decoded(password)?);
            Ok(Some((name.into_owned(), password.into_owned().into())))
        }
    }
}
