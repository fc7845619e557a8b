//! A certificate of our own making: for a first try, and for networks where only a few machines need to believe it.
//!
//! An authority is made once and kept; connectors are pointed at it. The certificate that it signs is made anew when it
//! is about to run out, or for other hosts, and nobody has to be pointed at anything again.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};

use super::TlsError;

/// How long a certificate is good for: as long as programs accept.
const CERTIFICATE_YEARS: i32 = 1;
/// How long the authority is.
const AUTHORITY_YEARS: i32 = 10;
/// How old a certificate may be when it is made anew.
const RENEW_AFTER: TimeDelta = TimeDelta::days(300);

/// The files of a certificate.
pub(super) struct Made {
    pub(super) authority: PathBuf,
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

/// The files, made where they are missing or too old.
pub(super) fn renew(folder: &Path, hosts: &[String], now: DateTime<Utc>) -> Result<Made, TlsError> {
    let made = Made {
        authority: folder.join("authority.pem"),
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    let authority_key = folder.join("authority-key.pem");
    fs::create_dir_all(folder).map_err(|error| file_error(folder, error))?;
    if !(made.authority.exists() && authority_key.exists()) {
        make_authority(&made.authority, &authority_key, now)?;
    }
    let note = folder.join("certificate.txt");
    let wanted = format!("{}\n{}\n", hosts.join(" "), now.format("%Y-%m-%d"));
    if !is_current(&note, hosts, now) || !made.key.exists() || !made.certificate.exists() {
        make_certificate(&made, &authority_key, hosts, now)?;
        write(&note, wanted.as_bytes())?;
    }
    Ok(made)
}

/// Beside the certificate it is noted for whom it was made, and when.
fn is_current(note: &Path, hosts: &[String], now: DateTime<Utc>) -> bool {
    let note = fs::read_to_string(note).unwrap_or_default();
    let mut lines = note.lines();
    let same_hosts = lines.next() == Some(hosts.join(" ").as_str());
    let made = lines
        .next()
        .and_then(|date| chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").ok());
    same_hosts && made.is_some_and(|date| now.date_naive() - date < RENEW_AFTER)
}

fn make_authority(certificate: &Path, key: &Path, now: DateTime<Utc>) -> Result<(), TlsError> {
    let pair = KeyPair::generate()?;
    let made = authority_params(now).self_signed(&pair)?;
    write(key, pair.serialize_pem().as_bytes())?;
    write(certificate, made.pem().as_bytes())
}

/// What makes it an authority. Who signs with it needs its name and key, which stay what they are, and not its dates.
fn authority_params(now: DateTime<Utc>) -> CertificateParams {
    let mut params = params("Rollcall's own authority", now, AUTHORITY_YEARS);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn make_certificate(
    made: &Made,
    authority_key: &Path,
    hosts: &[String],
    now: DateTime<Utc>,
) -> Result<(), TlsError> {
    let issuer = Issuer::new(authority_params(now), KeyPair::from_pem(&read(authority_key)?)?);
    let pair = KeyPair::generate()?;
    let mut params = params("Rollcall", now, CERTIFICATE_YEARS);
    params.subject_alt_names = CertificateParams::new(hosts.to_vec())?.subject_alt_names;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let certificate = params.signed_by(&pair, &issuer)?;
    write(&made.key, pair.serialize_pem().as_bytes())?;
    write(&made.certificate, certificate.pem().as_bytes())
}

/// Good from the day before, for machines whose clock is behind.
fn params(name: &str, now: DateTime<Utc>, years: i32) -> CertificateParams {
    let from = now - TimeDelta::days(1);
    let day = |date: DateTime<Utc>, years: i32| {
        // The 28th exists in every month.
        let day = u8::try_from(date.day().min(28)).unwrap_or(1);
        date_time_ymd(date.year() + years, u8::try_from(date.month()).unwrap_or(1), day)
    };
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, name);
    let mut params = CertificateParams::default();
    params.distinguished_name = subject;
    params.not_before = day(from, 0);
    params.not_after = day(from, years);
    params
}

fn read(file: &Path) -> Result<String, TlsError> {
    fs::read_to_string(file).map_err(|error| file_error(file, error))
}

/// Written beside and renamed, and for nobody else to read.
fn write(file: &Path, content: &[u8]) -> Result<(), TlsError> {
    write_privately(file, content).map_err(|error| file_error(file, error))
}

fn write_privately(file: &Path, content: &[u8]) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(&beside)?;
    target.write_all(content)?;
    target.sync_all()?;
    fs::rename(beside, file)
}

fn file_error(file: &Path, source: io::Error) -> TlsError {
    TlsError::File {
        file: file.display().to_string(),
        source,
    }
}
